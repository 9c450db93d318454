package schema

import (
	"slices"

	"github.com/invopop/jsonschema"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// oneOf describes the object of one of the variants of t. Its type stands beside, for
// the clients that want one everywhere.
func (d *document) oneOf(t *model.Type) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object"}
	for _, v := range t.Variants {
		s.OneOf = append(s.OneOf, d.variant(t.Discriminator.Name, v))
	}
	return s
}

// variant describes one of them: the struct, with the discriminator in front.
func (d *document) variant(discriminator string, v *model.Variant) *jsonschema.Schema {
	t := d.target(v.Type)
	s := d.object(t)
	s.Description = comment(t)
	s.Properties.Set(discriminator, &jsonschema.Schema{Type: "string", Const: v.Value})
	if err := s.Properties.MoveToFront(discriminator); err != nil {
		panic(err) // it has just been set
	}
	s.Required = append([]string{discriminator}, s.Required...)
	return s
}

// variants checks what t may hold.
func (b *builder) variants(t *model.Type, as use, at place) {
	for _, v := range t.Variants {
		b.clash(t, b.target(v.Type))
		b.reach(v.Type, as, at.step(t.ID, ".("+b.pkg.Spell(v.Type)+")"))
	}
}

// discriminated reports whether what is at that place is a variant, which has the
// discriminator for a member.
func (b *builder) discriminated(at place) bool {
	return slices.ContainsFunc(at.within, func(id model.TypeID) bool { return b.typ(id).Kind == model.OneOf })
}

// clash reports a variant with a member of the discriminator's name.
func (b *builder) clash(t, variant *model.Type) {
	for _, f := range members(variant) {
		if f.Name != t.Discriminator.Name {
			continue
		}
		b.diags.Addf(t.Discriminator.Pos, "%s has a member %q, the name by which %s tells its types apart",
			variant.Name, f.Name, t.Name).
			Needs(f.Pos, "the member is here").
			Suggest("write discriminator=... with a name that no member has")
	}
}

func (b *builder) pointerToOneOf(t *model.Type) *obstacle {
	return &obstacle{
		why: "it points to an interface, which can be nil itself",
		fix: "use " + b.pkg.Spell(t.ID) + "; a field that may be absent is tagged omitempty",
	}
}

// orClosed adds to a way out of an interface the one of closing it, where the user
// can: in the package itself.
func (b *builder) orClosed(t *model.Type, fix string) string {
	if t.Name == "" || t.PkgPath != b.pkg.Path || len(t.Args) > 0 {
		return fix
	}
	return fix + "; or name the structs that it may be: //mcp:oneof on " + t.Name
}
