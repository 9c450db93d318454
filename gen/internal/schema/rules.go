package schema

import (
	"cmp"
	"encoding/json"
	"go/token"
	"slices"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// fieldRules are the rules of f, made when first asked for: many types may lead
// to the same field.
func (b *builder) fieldRules(f *model.Field) *model.Rules {
	if !b.ruled[f] {
		b.ruled[f] = true
		optional := f.OmitEmpty || f.OmitZero || b.absent(f.Type) || throughPointer(f)
		diags := b.diags
		if f.Foreign {
			diags = &diag.List{} // a library's tags are not the user's to mend
		}
		f.Rules = b.rules(f.Type, f.Doc, f.Keywords, optional, diags)
	}
	return f.Rules
}

// throughPointer reports whether f is promoted through an embedded pointer, which
// is as optional as any other pointer, and its fields with it.
func throughPointer(f *model.Field) bool {
	return slices.ContainsFunc(f.Path, func(e model.Embedded) bool { return e.Pointer })
}

// rules puts together what keywords, comment and type say of one value.
func (b *builder) rules(id model.TypeID, doc string, keywords []model.Keyword, optional bool, diags *diag.List) *model.Rules {
	c := b.claims(id, keywords, diags)
	c.base = b.base(id)
	if c.subject.elem != nil {
		c.itemsBase = c.base.OfItems().Over(b.base(c.subject.Elem))
	}
	r := c.settle()
	r.Description = cmp.Or(r.Description, doc)
	r.Required = r.Required || !optional && r.Default == nil
	return r
}

func (b *builder) claims(id model.TypeID, keywords []model.Keyword, diags *diag.List) *claims {
	return &claims{builder: b, subject: b.subject(id), rules: &model.Rules{}, keywords: keywords, diags: diags}
}

// settle makes the rules of the keywords.
func (c *claims) settle() *model.Rules {
	if c.subject.travels() {
		c.apply()
		c.narrow()
		c.check()
	}
	return c.rules
}

// subject is what keywords speak of: a type without its pointers and, of a slice
// or array, the type of the elements likewise.
type subject struct {
	*model.Type
	elem     *model.Type // nil for what has no elements
	indirect bool        // == on two elements does not compare what they mean
}

func (b *builder) subject(id model.TypeID) subject {
	s := subject{Type: b.target(id)}
	if s.array() {
		s.elem, s.indirect = b.target(s.Elem), b.pointer(s.Elem) || b.typ(s.Elem).Kind == model.Mapped
	}
	return s
}

// travels reports whether s has a form in JSON at all.
func (s subject) travels() bool {
	return !s.is(model.Unsupported, model.Interface, model.Context, model.Logger, model.Header, model.Runtime)
}

func (s subject) array() bool { return s.Kind == model.Slice || s.Kind == model.Array }

// claims is what the keywords of one value say, while it is worked out.
type claims struct {
	*builder
	subject  subject
	rules    *model.Rules
	keywords []model.Keyword
	diags    *diag.List
	// base and itemsBase are what rows of //mcp:types tables say of the type and of its
	// elements.
	base, itemsBase *model.Rules
	row             bool // the keywords are those of a row
}

// items are the rules of the elements, made when first asked for.
func (c *claims) items() *model.Rules {
	if c.rules.Items == nil {
		c.rules.Items = &model.Rules{}
	}
	return c.rules.Items
}

// constants are the values of the constants of t.
func constants(t *model.Type) []json.RawMessage {
	var values []json.RawMessage
	for _, e := range t.Enum {
		values = append(values, e.Value)
	}
	return values
}

// allowed are the values that a value of type t may have under r, where they can
// be listed: those of the tag, which narrow down the constants, or else these. Rules
// do not repeat the constants, as generated code checks them where it reads t.
func allowed(t *model.Type, r *model.Rules) []json.RawMessage {
	if len(r.Enum) > 0 {
		return r.Enum
	}
	return constants(t)
}

// find is the first keyword of that name.
func (c *claims) find(key string) (model.Keyword, bool) {
	i := slices.IndexFunc(c.keywords, func(k model.Keyword) bool { return k.Key == key })
	if i < 0 {
		return model.Keyword{}, false
	}
	return c.keywords[i], true
}

func valuePos(k model.Keyword) token.Position {
	if k.ValuePos.IsValid() {
		return k.ValuePos
	}
	return k.Pos
}
