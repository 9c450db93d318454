package schema

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// setPattern takes in a regular expression that both sides can read: the
// generated decoder as Go does, and clients, as JSON Schema has it, as ECMAScript
// does. A client that cannot compile it drops the tool, or all of them.
func setPattern(_ subject, r *model.Rules, value string) error {
	if _, err := regexp.Compile(value); err != nil {
		return fmt.Errorf("not a regular expression of Go: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	if token, instead := goOnly(value); token != "" {
		return fmt.Errorf("%s is Go's alone, and clients read ECMAScript; write %s", token, instead)
	}
	r.Pattern = value
	return nil
}

// tokens are the parts of a pattern to look at. Every escape is one, so that none
// is taken for another's second half.
var tokens = regexp.MustCompile(`\\x\{|\\.|\(\?P<|\(\?[imsU-]+[:)]|\[:\^?[a-z]+:\]`)

// goOnly finds what ECMAScript would refuse or read differently.
func goOnly(pattern string) (token, instead string) {
	for _, token := range tokens.FindAllString(pattern, -1) {
		switch {
		case token == `\A`:
			return token, "^"
		case token == `\z`:
			return token, "$"
		case token == `\a`:
			return token, `\x07`
		case token == `\x{`:
			return token, "the character itself"
		case token == `\Q`, token == `\C`:
			return token, "an escape for each character"
		case token == "(?P<":
			return token, "(?<"
		case strings.HasPrefix(token, "(?"):
			return token, "both cases, as in [Aa], or the expression without the flag"
		case strings.HasPrefix(token, "[:"):
			return token, "a range such as a-z"
		}
	}
	return "", ""
}
