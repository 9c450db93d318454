package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// readOneOf are the statements that read one of the variants of t and return it.
func (e *emitter) readOneOf(t *model.Type) []jen.Code {
	args := []jen.Code{jen.Lit(t.Discriminator.Name)}
	for _, v := range t.Variants {
		args = append(args, jen.Lit(v.Value))
	}
	return []jen.Code{
		jen.Switch(e.id("d").Dot("Variant").Call(args...)).BlockFunc(func(g *jen.Group) {
			for _, v := range t.Variants {
				g.Case(jen.Lit(v.Value)).Block(e.readVariant(v)...)
			}
		}),
		jen.Return(jen.Nil()),
	}
}

func (e *emitter) readVariant(v *model.Variant) []jen.Code {
	object, pointer := e.object(v)
	read := e.decodeFunc(object.ID, nil, "").Call(e.id("d"))
	if !pointer {
		return []jen.Code{jen.Return(read)}
	}
	return []jen.Code{
		e.id("v").Op(":=").Add(read),
		jen.Return(jen.Op("&").Add(e.id("v"))),
	}
}

// object is the struct of a variant; pointer says that the interface holds a pointer
// to it.
func (e *emitter) object(v *model.Variant) (object *model.Type, pointer bool) {
	t := e.pkg.Types[v.Type]
	if t.Kind == model.Pointer {
		return e.pkg.Types[t.Elem], true
	}
	return t, false
}

// writeOneOf is the statement that writes whichever variant of t is in v. A function
// may return a struct or the pointer to it if both implement the interface.
func (e *emitter) writeOneOf(t *model.Type) *jen.Statement {
	v := e.id("v")
	write := func(g *jen.Group, variant *model.Variant, typ, pointer *jen.Statement) {
		object, _ := e.object(variant)
		g.Case(typ).Block(codecName("EncodeVariant").Call(e.id("e"), jen.Lit(t.Discriminator.Name),
			jen.Lit(variant.Value), pointer, e.encodeFunc(object.ID)))
	}
	return jen.Switch(v.Clone().Op(":=").Add(v.Clone()).Assert(jen.Type())).BlockFunc(func(g *jen.Group) {
		for _, variant := range t.Variants {
			object, _ := e.object(variant)
			if variant.ByValue {
				write(g, variant, e.typ(object.ID), jen.Op("&").Add(v.Clone()))
			}
			write(g, variant, jen.Op("*").Add(e.typ(object.ID)), v.Clone())
		}
		g.Default().Block(e.id("e").Dot("NoVariant").Call(jen.Lit(e.pkg.Spell(t.ID)), v.Clone()))
	})
}
