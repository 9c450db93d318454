package schema

import (
	"encoding/json"

	"github.com/invopop/jsonschema"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// sized is an integer with the bounds of its type, as far as these are of use: 64
// bits are more than most clients can count.
func sized(t *model.Type) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "integer"}
	low, high := integerRange(t)
	narrow := 0 < t.Bits && t.Bits <= 32
	if narrow || t.Kind == model.Uint {
		s.Minimum = json.Number(low.String())
	}
	if narrow {
		s.Maximum = json.Number(high.String())
	}
	return s
}

// What the string of encoding/json's ,string option holds.
const (
	integerText  = `^-?(0|[1-9][0-9]*)$`
	unsignedText = `^(0|[1-9][0-9]*)$`
	numberText   = `^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`
	stringText   = `^"([^"\\\x00-\x1f]|\\(["\\/bfnrt]|u[0-9a-fA-F]{4}))*"$`
)

// quoted describes a value of type id that travels as JSON text in a string. What
// r says of the value inside, other than by naming values, JSON Schema cannot
// express; the decoder checks it.
func (d *document) quoted(id model.TypeID, r *model.Rules) *jsonschema.Schema {
	t := d.target(id)
	r = r.Over(d.base(id))
	s := &jsonschema.Schema{Type: "string", Description: describe(t, r)}
	annotate(s, r)
	switch t.Kind {
	case model.Int:
		s.Pattern = integerText
	case model.Uint:
		s.Pattern = unsignedText
	case model.Float, model.Number:
		s.Pattern = numberText
	case model.String:
		s.Pattern = stringText
	case model.Bool:
		s.Enum = []any{"true", "false"}
	}
	if valid := allowed(t, r); len(valid) > 0 {
		s.Enum, s.Pattern = inString(valid), ""
	}
	if r.Default != nil {
		s.Default = string(r.Default)
	}
	s.Examples = inString(r.Examples)
	return s
}

func inString(values []json.RawMessage) []any {
	var all []any
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}
