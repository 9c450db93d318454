package differential

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

// disputes are the texts of which our formats and those of the validator differ on
// purpose. They are not in the inputs of the other tests.
var disputes = []struct {
	format string
	covers func(text string) bool
	why    string
}{
	{"email", func(s string) bool { return s[0] == '@' }, "RFC 5321 knows no mailbox without a name"},
	{"email", func(s string) bool { return strings.HasSuffix(s, ".") }, "RFC 5321 ends a domain without a dot"},
	{"hostname", func(s string) bool { return strings.HasSuffix(s, ".") }, "RFC 1123 ends a name without a dot"},
	{"uri", func(s string) bool { return strings.ContainsAny(s, ` \`) }, "RFC 3986 has neither spaces nor backslashes"},
	{"uri-reference", func(s string) bool { return strings.Contains(s, " ") }, "RFC 3986 has no spaces"},
}

// disputed are samples for disputes only.
var disputed = []string{"@example.com", "ada@example.com.", "example.com.", "http://example.com/a b", `http://example.com/a\b`}

// formats are all that are checked.
var formats = []string{
	"date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uri-reference", "uuid", "json-pointer", "regex",
}

func TestFormatsAgree(t *testing.T) {
	t.Parallel()
	seen := map[int]bool{}
	for _, format := range formats {
		schema := compile(`{"format":"` + format + `"}`)
		for _, text := range slices.Concat(samples, disputed) {
			err := schema.Validate(text)
			ours := checkFormat(text, format)
			i := dispute(text, format)
			switch {
			case (ours == nil) == (err == nil):
			case i >= 0:
				seen[i] = true
			default:
				t.Errorf("%q as %s: we say %v, the validator says %v", text, format, ours, err)
			}
		}
	}
	for i, d := range disputes {
		if !seen[i] {
			t.Errorf("nothing shows any more that %s differs although %s", d.format, d.why)
		}
	}
}

func checkFormat(text, format string) error {
	d := codec.NewDecoder([]byte(quote(text)), codec.Options{Strict: true})
	codec.Format(d, codec.String[string](d), format)
	return d.Err()
}

// dispute is the index in disputes of what text is as a format, or -1.
func dispute(text, format string) int {
	for i, d := range disputes {
		if text != "" && d.format == format && d.covers(text) {
			return i
		}
	}
	return -1
}

// agreed holds the answers of undisputed.
var agreed sync.Map

// undisputed are the samples of which all agree whether they have a format.
func undisputed(format string) []string {
	if known, ok := agreed.Load(format); ok {
		return known.([]string)
	}
	all := slices.DeleteFunc(slices.Clone(samples), func(s string) bool { return dispute(s, format) >= 0 })
	agreed.Store(format, all)
	return all
}
