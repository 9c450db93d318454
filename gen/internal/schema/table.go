package schema

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// table checks the rows of the package's own //mcp:types tables, whether or not
// anything has their types: other packages may.
func (b *builder) table(table *model.Table) {
	w := newBuilder(&model.Package{Path: b.pkg.Path, Name: b.pkg.Name, Types: table.Types}, b.diags)
	for _, id := range table.Rows {
		t := w.typ(id)
		w.rowRules(t)
		if t.Kind != model.Mapped {
			continue
		}
		at := place{path: "the row of " + w.pkg.Spell(id), pos: t.Row.Pos, fix: "convert a type with a JSON form"}
		if t.Row.Decode != nil {
			w.reach(t.Elem, argument, at)
		}
		if t.Row.Encode != nil {
			w.reach(t.Elem, result, at)
		}
	}
}

// rowRules are what the row of t says of every value of the type, nil without a row.
// They are made when first asked for.
func (b *builder) rowRules(t *model.Type) *model.Rules {
	switch {
	case t.Row == nil:
		return nil
	case t.Row.Rules != nil:
		return t.Row.Rules
	}
	t.Row.Rules = &model.Rules{} // for a type that leads back to itself
	var keywords []model.Keyword
	for _, k := range t.Row.Keywords {
		if !ofMembers(k.Key) {
			keywords = append(keywords, k)
			continue
		}
		b.diags.Addf(k.Pos, "%s is about one member of an object, and a row about all values of a type", k.Key).
			Suggest("put it into the tag of the field")
	}
	c := b.claims(t.ID, keywords, b.diags)
	c.row = true
	if c.subject.elem != nil {
		c.itemsBase = b.base(c.subject.Elem)
	}
	r := c.settle()
	r.Description = cmp.Or(r.Description, t.Row.Doc)
	if own := b.pkg.Types[t.Row.Own]; own != nil && own.Format != "" && r.Format == "" {
		r.Format = own.Format
	}
	t.Row.Rules = r
	return r
}

// ofMembers reports whether a keyword says nothing of all values of a type.
func ofMembers(key string) bool { return key == "required" || key == "default" }

// base is what a row says of the type that id leads to, nil without one.
func (b *builder) base(id model.TypeID) *model.Rules {
	t := b.typ(id)
	for range b.pkg.Types {
		if t.Row != nil || t.Kind != model.Pointer && !t.Nullable() {
			break
		}
		t = b.typ(t.Elem)
	}
	return b.rowRules(t)
}

// tableObstacle says why what a table says of a type, or a table that should say
// something, keeps it from travelling.
func (b *builder) tableObstacle(t *model.Type, as use) *obstacle {
	switch {
	case len(t.Tables) > 0:
		no := &obstacle{
			why: "two //mcp:types tables have a row for it",
			fix: "keep one of them, or write a row in package " + b.pkg.Name + ", which goes first",
		}
		for _, pos := range t.Tables {
			no.related = append(no.related, diag.Related{Pos: pos, Message: "a row is here"})
		}
		return no
	case t.SchemaMethod != "":
		return &obstacle{
			why:     "what its method " + t.SchemaMethod + " says of its schema is known only by running it",
			fix:     fmt.Sprintf("say it in a row of a struct marked //mcp:types: _ %s `%s`", b.pkg.Spell(t.ID), suggestedTag(t)),
			related: []diag.Related{{Pos: t.SchemaMethodPos, Message: "the method is here"}},
		}
	case t.Kind != model.Mapped:
		return nil
	case !t.Row.Converts():
		return b.obstacle(b.typ(t.Row.Own), as)
	}
	key, c := "decode", t.Row.Decode
	if as == result {
		key, c = "encode", t.Row.Encode
	}
	related := []diag.Related{{Pos: t.Row.Pos, Message: "the row is here"}}
	switch {
	case c == nil:
		return &obstacle{why: "its row has no " + key + "=", fix: fmt.Sprintf("add %s=FUNCTION to the row's mcp tag", key), related: related}
	case c.Reason != "":
		return &obstacle{
			why:     fmt.Sprintf("its row has %s=%s, which generated code cannot call: %s", key, c.Name, c.Reason),
			fix:     "put table and function where package " + b.pkg.Name + " can import them, with the function exported, or write a row in package " + b.pkg.Name,
			related: related,
		}
	}
	return nil
}

// suggestedTag is a tag for a type that nothing is known of but its Go type.
func suggestedTag(t *model.Type) string {
	types := map[model.Kind]string{
		model.Text: "string", model.String: "string", model.Bool: "boolean", model.Int: "integer", model.Uint: "integer",
		model.Float: "number", model.Slice: "array", model.Array: "array", model.Map: "object", model.Struct: "object",
	}
	if name, ok := types[t.Kind]; ok {
		return `jsonschema:"type=` + name + `"`
	}
	return `jsonschema:"type=object"`
}

// narrow reports keywords that allow more than the row of the type does, or what it
// does not: every value of the type has to be one that the row describes.
func (c *claims) narrow() {
	c.narrowTo(c.rules, c.base)
	if c.rules.Items != nil {
		c.narrowTo(c.rules.Items, c.itemsBase)
	}
}

func (c *claims) narrowTo(r, base *model.Rules) {
	if base == nil {
		return
	}
	c.narrowText("pattern", r.Pattern, base.Pattern)
	c.narrowText("format", r.Format, base.Format)
	for _, bound := range []struct{ key, value string }{
		{"minimum", r.Minimum}, {"maximum", r.Maximum},
		{"exclusiveMinimum", r.ExclusiveMinimum}, {"exclusiveMaximum", r.ExclusiveMaximum},
	} {
		if bound.value == "" {
			continue
		}
		edge := *base
		edge.MultipleOf = ""
		if bound.key == "exclusiveMinimum" || bound.key == "exclusiveMaximum" {
			// What is excluded may be the edge of what the row allows.
			edge.Minimum, edge.ExclusiveMinimum = edge.Minimum+edge.ExclusiveMinimum, ""
			edge.Maximum, edge.ExclusiveMaximum = edge.Maximum+edge.ExclusiveMaximum, ""
		}
		if why := outOfBounds(&edge, bound.value); why != "" {
			c.wider(bound.key, why)
		}
	}
	if r.MultipleOf != "" && base.MultipleOf != "" && !divides(base.MultipleOf, r.MultipleOf) {
		c.wider("multipleOf", "no multiple of multipleOf="+base.MultipleOf)
	}
	c.narrowCounts(r, base)
	for _, v := range r.Enum {
		if len(base.Enum) > 0 && !contains(base.Enum, v) {
			k := c.keyword("enum", "const")
			c.diags.Addf(valuePos(k), "%s=%s is none of %s, by the row of the type", k.Key, unquote(v), enumerate(base.Enum))
		}
	}
}

// keyword is the first of these keywords.
func (c *claims) keyword(keys ...string) (k model.Keyword) {
	for _, key := range slices.Backward(keys) {
		if found, ok := c.find(key); ok {
			k = found
		}
	}
	return k
}

// narrowText reports a second text of a kind of which a schema has one.
func (c *claims) narrowText(key, value, base string) {
	if value != "" && base != "" && value != base {
		k, _ := c.find(key)
		c.diags.Addf(k.Pos, "the row of the type has %s=%s already", key, base).
			Suggest("leave it out, or use a type of your own for the field")
	}
}

func (c *claims) narrowCounts(r, base *model.Rules) {
	for _, n := range []struct {
		key            string
		got, low, high *int
		highKey        string
		lowKey         string
	}{
		{"minLength", r.MinLength, base.MinLength, base.MaxLength, "maxLength", "minLength"},
		{"maxLength", r.MaxLength, base.MinLength, base.MaxLength, "maxLength", "minLength"},
		{"minItems", r.MinItems, base.MinItems, base.MaxItems, "maxItems", "minItems"},
		{"maxItems", r.MaxItems, base.MinItems, base.MaxItems, "maxItems", "minItems"},
		{"minProperties", r.MinProperties, base.MinProperties, base.MaxProperties, "maxProperties", "minProperties"},
		{"maxProperties", r.MaxProperties, base.MinProperties, base.MaxProperties, "maxProperties", "minProperties"},
	} {
		switch {
		case n.got == nil:
		case n.low != nil && *n.got < *n.low:
			c.wider(n.key, fmt.Sprintf("below %s=%d", n.lowKey, *n.low))
		case n.high != nil && *n.got > *n.high:
			c.wider(n.key, fmt.Sprintf("above %s=%d", n.highKey, *n.high))
		}
	}
}

// wider reports a bound outside of what the row allows.
func (c *claims) wider(key, why string) {
	k, _ := c.find(key)
	c.diags.Addf(valuePos(k), "%s=%s is %s, by the row of the type", key, k.Value, why)
}
