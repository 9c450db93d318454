package schema

import (
	"encoding/json"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// annotate writes what r says about a value without restricting it.
func annotate(s *jsonschema.Schema, r *model.Rules) {
	s.Title = r.Title
	s.ReadOnly, s.WriteOnly, s.Deprecated = r.ReadOnly, r.WriteOnly, r.Deprecated
	for _, e := range r.Extras {
		if s.Extras == nil {
			s.Extras = map[string]any{}
		}
		s.Extras[e.Key] = e.Value
	}
}

// restrict writes which values of type t r allows, and the ones it names.
func restrict(s *jsonschema.Schema, t *model.Type, r *model.Rules) {
	if r.Minimum != "" || r.ExclusiveMinimum != "" {
		s.Minimum = json.Number(r.Minimum) // in the place of the type's own
	}
	if r.Maximum != "" || r.ExclusiveMaximum != "" {
		s.Maximum = json.Number(r.Maximum)
	}
	s.ExclusiveMinimum = json.Number(r.ExclusiveMinimum)
	s.ExclusiveMaximum = json.Number(r.ExclusiveMaximum)
	s.MultipleOf = json.Number(r.MultipleOf)

	set(&s.MinLength, r.MinLength)
	set(&s.MaxLength, r.MaxLength)
	set(&s.MinItems, r.MinItems)
	set(&s.MaxItems, r.MaxItems)
	set(&s.MinProperties, r.MinProperties)
	set(&s.MaxProperties, r.MaxProperties)

	s.UniqueItems = r.UniqueItems
	s.Pattern = r.Pattern
	if r.Format != "" {
		s.Format = r.Format
	}
	s.Enum, s.Examples = values(allowed(t, r)), values(r.Examples)
	if r.Default != nil {
		s.Default = r.Default
	}
}

func set(to **uint64, n *int) {
	if n != nil {
		u := uint64(*n)
		*to = &u
	}
}

func values(all []json.RawMessage) []any {
	var out []any
	for _, v := range all {
		out = append(out, v)
	}
	return out
}

// describe is what callers are told in words about a value of type t: what r says
// or else the comment on the type, and then what the allowed constants mean.
func describe(t *model.Type, r *model.Rules) string {
	text := r.Description
	if text == "" {
		text = comment(t)
	}
	lines := meanings(t, allowed(t, r))
	if text != "" {
		lines = append([]string{text}, lines...)
	}
	return strings.Join(lines, "\n")
}

// comment is what the type says of itself. Types that write their own JSON are
// mostly library types, whose comments speak to programmers.
func comment(t *model.Type) string {
	if words, ok := libraryWords[t.ID]; ok {
		return words
	}
	switch t.Kind {
	case model.Big, model.Text, model.Custom, model.Time, model.URL, model.Number, model.Raw:
		return ""
	}
	return t.Doc
}

// libraryWords say what a value of a library's type looks like, where no format of
// JSON Schema does.
var libraryWords = map[model.TypeID]string{
	"time.Duration":      "A duration such as 1m30s.",
	"net.IP":             "An IP address such as 192.0.2.1 or 2001:db8::1.",
	"net/netip.Addr":     "An IP address such as 192.0.2.1 or 2001:db8::1.",
	"net/netip.AddrPort": "An IP address with a port, such as 192.0.2.1:80 or [2001:db8::1]:80.",
	"net/netip.Prefix":   "A range of IP addresses such as 192.0.2.0/24.",
	"regexp.Regexp":      "A regular expression in the syntax of RE2.",
	"math/big.Float":     "A number of any size, such as 1.5.",
	"math/big.Rat":       "A fraction such as 3/4.",
}

// meanings has a line for each of the allowed constants of t that needs one.
func meanings(t *model.Type, valid []json.RawMessage) []string {
	var lines []string
	for _, e := range t.Enum {
		if !contains(valid, e.Value) {
			continue
		}
		meaning := strings.Fields(e.Doc)
		if t.Kind != model.String { // a bare number tells nobody anything
			name := e.GoName
			if len(meaning) > 0 {
				name += "."
			}
			meaning = append([]string{name}, meaning...)
		}
		if len(meaning) > 0 {
			lines = append(lines, unquote(e.Value)+": "+strings.Join(meaning, " "))
		}
	}
	return lines
}
