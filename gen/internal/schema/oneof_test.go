package schema

import (
	"slices"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// oneOf is a closed interface whose variants go by their names.
func oneOf(name, discriminator string, variants ...string) *model.Type {
	t := named(name, model.OneOf)
	t.Discriminator = &model.Discriminator{Name: discriminator, Pos: at(3)}
	for i, v := range variants {
		t.Variants = append(t.Variants, &model.Variant{Type: full(v), Value: v[len("sales."):], Pos: at(10 + i)})
	}
	return t
}

// Of a circle through a closed interface, the interface is defined and the structs
// are written out: by themselves they have no discriminator.
func TestOneOfIsDefinedAndItsVariantsAreNot(t *testing.T) {
	t.Parallel()
	w := newWorld(
		oneOf("Expr", "op", "sales.Sum", "sales.Lit"),
		object("Sum", field("terms", "[]sales.Expr", "")),
		object("Lit", field("value", "int", "")),
		object("In", field("sum", "sales.Sum", ""), field("expr", "sales.Expr", "", "omitempty")),
	)
	tool := w.tool("sales.In", "sales.Expr")
	w.run(t)
	same(t, "the argument sum", property(t, tool.InputSchema, "sum"), `{
		"properties": {"terms": {"items": {"$ref": "#/$defs/Expr"}, "type": "array"}},
		"additionalProperties": false, "type": "object", "required": ["terms"]}`)
	same(t, "the argument expr", property(t, tool.InputSchema, "expr"), `{"$ref": "#/$defs/Expr"}`)
	same(t, "the result", tool.OutputSchema, `{
		"$defs": {"Expr": {"oneOf": [
			{"properties": {"op": {"type": "string", "const": "Sum"}, "terms": {"items": {"$ref": "#/$defs/Expr"}, "type": "array"}},
				"type": "object", "required": ["op", "terms"]},
			{"properties": {"op": {"type": "string", "const": "Lit"}, "value": {"type": "integer"}},
				"type": "object", "required": ["op", "value"]}], "type": "object"}},
		"properties": {"result": {"$ref": "#/$defs/Expr"}}, "type": "object", "required": ["result"]}`)
}

func TestOneOfMistakes(t *testing.T) {
	t.Parallel()
	w := newWorld(
		oneOf("Shape", "kind", "sales.Circle", "sales.Line"),
		object("Circle", field("kind", "string", "")),
		object("Line", field("ready", "chan bool", "")),
		object("In", field("shape", "sales.Shape", ""), field("pointer", "*sales.Shape", "")),
	)
	w.tool("sales.In", "sales.Shape")
	got := w.problems()
	want := []string{
		`7:3: Circle has a member "kind", the name by which Shape tells its types apart; the member is here (in.go:7:1); write discriminator=... with a name that no member has`,
		"7:50: in.Pointer: *Shape cannot be an argument: it points to an interface, which can be nil itself; taken by tool do (tool.go:3:6); use Shape; a field that may be absent is tagged omitempty",
		"7:50: in.Shape.(Line).Ready: chan bool cannot be an argument: a channel has no JSON form; taken by tool do (tool.go:3:6); give the field a type with a JSON form, or leave it out with `json:\"-\"`",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
