package scan

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/yosida95/uritemplate/v3"

	"github.com/mcpgen/mcpgen/gen/internal/directive"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

var scheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// checkURI reports a URI or template that clients could not use.
func (u *unit) checkURI(arg directive.Arg) bool {
	uri := arg.Value
	switch {
	case strings.ContainsAny(uri, "{}"):
		if _, err := uritemplate.New(uri); err != nil {
			what, _, _ := strings.Cut(err.Error(), ":")
			u.diags.Addf(arg.Byte(0), "%q is no URI template: %s", uri, what).
				Suggest("write variables as {name}; see RFC 6570")
			return false
		}
	default:
		if _, err := url.Parse(uri); err != nil || strings.ContainsAny(uri, " \t") {
			u.diags.Addf(arg.Byte(0), "%q is no URI", uri).Suggest("write %%20 for a space, and so on")
			return false
		}
	}
	if !scheme.MatchString(uri) {
		u.diags.Addf(arg.Byte(0), "%q has no scheme", uri).Suggest("start it with one, such as %s://", u.folder.name)
		return false
	}
	return true
}

// variables are the variables of a valid template, each where it first appears.
func variables(arg directive.Arg) []model.Variable {
	var all []model.Variable
	for open := 0; ; {
		i := strings.IndexByte(arg.Value[open:], '{')
		if i < 0 {
			return all
		}
		open += i + 1
		end := open + strings.IndexByte(arg.Value[open:], '}')
		if strings.IndexByte("+#./;?&", arg.Value[open]) >= 0 {
			open++
		}
		for spec := range strings.SplitSeq(arg.Value[open:end], ",") {
			v := model.Variable{Name: spec, Pos: arg.Byte(open)}
			v.Name, v.Explode = strings.CutSuffix(v.Name, "*")
			v.Name, _, _ = strings.Cut(v.Name, ":")
			if !slices.ContainsFunc(all, func(w model.Variable) bool { return w.Name == v.Name }) {
				all = append(all, v)
			}
			open += len(spec) + 1
		}
		open = end
	}
}
