package schema

import (
	"slices"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// mapped is a type of a library that looks like another in JSON, by a row with
// functions for the given directions.
func mapped(name, wire, tag string, decode, encode bool) *model.Type {
	t := named("example.com/lib."+name, model.Mapped)
	t.Elem = full(wire)
	t.Row = &model.Row{Doc: "From the row.", Keywords: keywordsAt(tag, 200), Pos: at(2), Own: "own"}
	if decode {
		t.Row.Decode = &model.Converter{PkgPath: home, PkgName: "sales", Name: "Parse" + name}
	}
	if encode {
		t.Row.Encode = &model.Converter{PkgPath: home, PkgName: "sales", Name: "Format" + name}
	}
	return t
}

// rowOf gives a type of a library a row that says something of its schema only.
func rowOf(name string, kind model.Kind, tag string) *model.Type {
	t := named("example.com/lib."+name, kind)
	t.Row = &model.Row{Doc: "From the row.", Keywords: keywordsAt(tag, 200), Pos: at(2)}
	return t
}

func TestRowInSchema(t *testing.T) {
	t.Parallel()
	types := func() []*model.Type {
		return []*model.Type{
			mapped("Money", "string", `pattern=^[0-9]+$,maxLength=9,example=5`, true, true),
			mapped("Limits", "[]int", `minItems=2,maximum=9`, true, true),
			rowOf("Share", model.Float, "minimum=0,exclusiveMaximum=1"),
			rowOf("Code", model.String, "title=Code"),
		}
	}
	tests := []struct{ typ, tag, want string }{
		{"example.com/lib.Money", "", `{"type":"string","maxLength":9,"pattern":"^[0-9]+$","description":"From the row.","examples":["5"]}`},
		{"*example.com/lib.Money", "maxLength=3,description=Mine.", `{"type":"string","maxLength":3,"pattern":"^[0-9]+$","description":"Mine.","examples":["5"]}`},
		{"[]example.com/lib.Money", "maxItems=2,maxLength=3", `{"items":{"type":"string","maxLength":3,"pattern":"^[0-9]+$","description":"From the row.","examples":["5"]},"type":"array","maxItems":2}`},
		{"map[string]example.com/lib.Code", "", `{"additionalProperties":{"type":"string","title":"Code","description":"From the row."},"type":"object"}`},
		{"example.com/lib.Limits", "maxItems=3", `{"items":{"type":"integer","maximum":9},"type":"array","maxItems":3,"minItems":2,"description":"From the row."}`},
		{"example.com/lib.Share", "", `{"type":"number","exclusiveMaximum":1,"minimum":0,"description":"From the row."}`},
		{"example.com/lib.Share", "exclusiveMinimum=0.5,maximum=0.75", `{"type":"number","maximum":0.75,"exclusiveMinimum":0.5,"description":"From the row."}`},
		{"example.com/lib.Code", "title=Mine", `{"type":"string","title":"Mine","description":"From the row."}`},
	}
	for _, tt := range tests {
		t.Run(tt.typ+" "+tt.tag, func(t *testing.T) {
			t.Parallel()
			w := newWorld(append(types(), object("In", field("v", tt.typ, tt.tag)))...)
			tool := w.tool("sales.In", "")
			w.run(t)
			same(t, "schema", property(t, tool.InputSchema, "v"), tt.want)
			allowsItsOwnValues(t, property(t, tool.InputSchema, "v"))
		})
	}
}

func TestRowsThatForbid(t *testing.T) {
	t.Parallel()
	const wider = ", by the row of the type"
	tests := []struct {
		row  *model.Type
		typ  string
		tag  string
		want []string
	}{
		{mapped("T", "string", "minLength=2", true, true), "example.com/lib.T", "minLength=1", []string{"7:110: minLength=1 is below minLength=2" + wider}},
		{mapped("T", "string", "maxLength=2", true, true), "[]example.com/lib.T", "maxLength=3", []string{"7:110: maxLength=3 is above maxLength=2" + wider}},
		{rowOf("T", model.Int, "minimum=2,maximum=4"), "example.com/lib.T", "minimum=5", []string{"7:108: minimum=5 is above maximum=4" + wider}},
		{rowOf("T", model.Int, "exclusiveMinimum=2"), "example.com/lib.T", "exclusiveMinimum=2", nil},
		{rowOf("T", model.Int, "exclusiveMinimum=2"), "example.com/lib.T", "minimum=2", []string{"7:108: minimum=2 is not above exclusiveMinimum=2" + wider}},
		{rowOf("T", model.Int, "multipleOf=2"), "example.com/lib.T", "multipleOf=3", []string{"7:111: multipleOf=3 is no multiple of multipleOf=2" + wider}},
		{rowOf("T", model.Int, "multipleOf=2"), "example.com/lib.T", "multipleOf=4,minimum=3", nil},
		{rowOf("T", model.String, "enum=a,enum=b"), "*example.com/lib.T", "const=c", []string{"7:106: const=c is none of a, b" + wider}},
		{rowOf("T", model.String, "format=uuid"), "example.com/lib.T", "format=date", []string{"7:100: the row of the type has format=uuid already; leave it out, or use a type of your own for the field"}},
		{rowOf("T", model.String, "format=uuid"), "example.com/lib.T", "format=uuid", nil},
		{rowOf("T", model.String, "pattern=^a"), "example.com/lib.T", "example=b", []string{"7:108: example=b is no match of pattern=^a"}},
		{mapped("T", "string", "", false, true), "example.com/lib.T", "", []string{
			"7:50: in.V: lib.T cannot be an argument: its row has no decode=; the row is here (in.go:7:2); taken by tool do (tool.go:3:6); add decode=FUNCTION to the row's mcp tag"}},
		{mapped("T", "chan bool", "", true, true), "example.com/lib.T", "", []string{
			"7:50: in.V: chan bool cannot be an argument: a channel has no JSON form; taken by tool do (tool.go:3:6); give the field a type with a JSON form, or leave it out with `json:\"-\"`"}},
	}
	for _, tt := range tests {
		t.Run(tt.typ+" "+tt.tag, func(t *testing.T) {
			t.Parallel()
			w := newWorld(tt.row, object("In", field("v", tt.typ, tt.tag)))
			w.tool("sales.In", "")
			if got := w.problems(); !slices.Equal(got, tt.want) {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
		})
	}
}

// TestUnusedRow makes sure that a table is checked where nothing has its types.
func TestUnusedRow(t *testing.T) {
	t.Parallel()
	w := newWorld()
	table := newWorld(mapped("Money", "chan bool", "minimum=1", true, false), rowOf("Share", model.Float, "minimum=1,maximum=0,required"))
	w.Table = &model.Table{Types: table.Types, Rows: []model.TypeID{"example.com/lib.Money", "example.com/lib.Share"}}
	want := []string{
		"7:2: the row of lib.Money: chan bool cannot be an argument: a channel has no JSON form; convert a type with a JSON form",
		"7:208: minimum=1 and maximum=0 leave no value; lower minimum or raise maximum",
		"7:220: required is about one member of an object, and a row about all values of a type; put it into the tag of the field",
	}
	if got := w.problems(); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}
