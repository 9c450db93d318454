package schema

import (
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

func TestRecursion(t *testing.T) {
	t.Parallel()
	tree := object("Tree", field("value", "int", ""), field("children", "[]sales.Tree", "description=Below.", "omitempty"))
	tree.Doc = "A node."
	list := named("Nodes", model.Slice)
	list.Elem = full("sales.Node")
	node := object("Node", field("below", "sales.Nodes", "", "omitempty"))
	matryoshka := named("Lists", model.Slice)
	matryoshka.Elem = full("sales.Lists")
	egg := object("Egg", field("hen", "*sales.Hen", ""))
	hen := object("Hen", field("eggs", "map[string]sales.Egg", ""))
	page := object("Page", field("item", "sales.Item", ""), field("next", "*sales.Page[sales.Item,[]string]", ""))
	page.ID, page.Args = full("sales.Page[sales.Item,[]string]"), []model.TypeID{item.ID, "[]string"}
	foreign := object("example.com/other.Tree", field("twin", "*example.com/other.Tree", ""))
	remote := object("example.net/other.Tree", field("twin", "*example.net/other.Tree", ""))
	remote.PkgPath = "example.net/other"

	const itemSchema = `{"properties":{"sku":{"type":"string"},"count":{"type":"integer"}},"additionalProperties":false,"type":"object","required":["sku"],"description":"One line of an order."}`
	tests := []struct {
		name   string
		fields []*model.Field
		want   string // without the root's own words
	}{
		{"struct", []*model.Field{field("t", "sales.Tree", "description=The top.,deprecated")}, `{
			"$defs":{"Tree":{"properties":{"value":{"type":"integer"},"children":{"items":{"$ref":"#/$defs/Tree"},"type":"array","description":"Below."}},
				"additionalProperties":false,"type":"object","required":["value"],"description":"A node."}},
			"properties":{"t":{"$ref":"#/$defs/Tree","description":"The top.","deprecated":true}},`},
		{"through a named slice", []*model.Field{field("t", "sales.Nodes", "")}, `{
			"$defs":{"Node":{"properties":{"below":{"items":{"$ref":"#/$defs/Node"},"type":"array"}},"additionalProperties":false,"type":"object"}},
			"properties":{"t":{"items":{"$ref":"#/$defs/Node"},"type":"array"}},`},
		{"slice of itself", []*model.Field{field("t", "sales.Lists", "minItems=1")}, `{
			"$defs":{"Lists":{"items":{"$ref":"#/$defs/Lists"},"type":"array"}},
			"properties":{"t":{"$ref":"#/$defs/Lists","minItems":1}},`},
		{"each other", []*model.Field{field("t", "sales.Egg", "")}, `{
			"$defs":{
				"Egg":{"properties":{"hen":{"$ref":"#/$defs/Hen"}},"additionalProperties":false,"type":"object"},
				"Hen":{"properties":{"eggs":{"additionalProperties":{"$ref":"#/$defs/Egg"},"type":"object"}},"additionalProperties":false,"type":"object","required":["eggs"]}},
			"properties":{"t":{"$ref":"#/$defs/Egg"}},`},
		{"instance", []*model.Field{field("t", "sales.Page[sales.Item,[]string]", "")}, `{
			"$defs":{"Page_Item_string":{"properties":{"item":` + itemSchema + `,"next":{"$ref":"#/$defs/Page_Item_string"}},"additionalProperties":false,"type":"object","required":["item"]}},
			"properties":{"t":{"$ref":"#/$defs/Page_Item_string"}},`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(tree, list, node, matryoshka, egg, hen, item, page, object("In", tt.fields...))
			tool := w.tool("sales.In", "")
			w.run(t)
			same(t, "schema", tool.InputSchema, tt.want+`"additionalProperties":false,"type":"object","required":["t"]}`)
		})
	}

	t.Run("names", func(t *testing.T) {
		t.Parallel()
		w := newWorld(tree, foreign, remote, object("In",
			field("a", "sales.Tree", ""), field("b", "example.com/other.Tree", ""), field("c", "example.net/other.Tree", "")))
		tool := w.tool("sales.In", "")
		w.run(t)
		for name, ref := range map[string]string{"a": "Tree", "b": "other_Tree", "c": "other_Tree2"} {
			same(t, name, property(t, tool.InputSchema, name), `{"$ref":"#/$defs/`+ref+`"}`)
		}
	})

	t.Run("same bytes", func(t *testing.T) {
		t.Parallel()
		var first string
		for range 10 {
			w := newWorld(tree, foreign, remote, egg, hen, object("In",
				field("a", "sales.Tree", "extras:x-b=1,extras:x-a=2"), field("b", "example.com/other.Tree", ""),
				field("c", "example.net/other.Tree", ""), field("d", "sales.Egg", "")))
			tool := w.tool("sales.In", "")
			w.run(t)
			if first == "" {
				first = tool.InputSchema
			}
			if tool.InputSchema != first {
				t.Fatalf("got %s\nand then %s", first, tool.InputSchema)
			}
		}
	})

	t.Run("root", func(t *testing.T) {
		t.Parallel()
		w := newWorld(tree)
		tool := w.tool("sales.Tree", "*sales.Tree")
		w.run(t)
		for _, schema := range []string{tool.InputSchema, tool.OutputSchema} {
			same(t, "children", property(t, schema, "children"), `{"items":{"$ref":"#/$defs/Tree"},"type":"array","description":"Below."}`)
		}
		s := compile(t, tool.InputSchema)
		deep := map[string]any{"value": 1, "children": []any{map[string]any{"value": 2, "children": []any{map[string]any{"value": "x"}}}}}
		if err := s.Validate(deep); err == nil || !strings.Contains(err.Error(), "/children/0/children/0/value") {
			t.Errorf("validating a bad grandchild: got %v, want an error there", err)
		}
	})

	t.Run("result", func(t *testing.T) {
		t.Parallel()
		w := newWorld(egg, hen)
		tool := w.tool("", "sales.Egg")
		w.run(t)
		same(t, "hen", property(t, tool.OutputSchema, "hen"), `{"anyOf":[{"$ref":"#/$defs/Hen"},{"type":"null"}]}`)
	})
}

// A type that is used twice but does not contain itself has no $ref.
func TestSharedTypesAreInlined(t *testing.T) {
	t.Parallel()
	w := newWorld(item, object("In", field("a", "sales.Item", ""), field("b", "[]sales.Item", "")))
	tool := w.tool("sales.In", "sales.In")
	w.run(t)
	for _, schema := range []string{tool.InputSchema, tool.OutputSchema} {
		if strings.Contains(schema, "$") {
			t.Errorf("got a reference in %s", schema)
		}
	}
}
