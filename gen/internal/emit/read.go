package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// readers are the functions of package codec that take the type as their
// parameter, by kind.
var readers = map[model.Kind]string{
	model.Bool:   "Bool",
	model.Int:    "Int",
	model.Uint:   "Uint",
	model.Float:  "Float",
	model.String: "String",
	model.Bytes:  "Bytes",
	model.Text:   "Text",
	model.Custom: "Custom",
}

// plainReaders are those that read one type only.
var plainReaders = map[model.Kind]string{
	model.Time:     "Time",
	model.URL:      "URL",
	model.Duration: "Duration",
	model.Raw:      "Raw",
	model.Number:   "Number",
	model.Any:      "Any",
}

// own reports whether values of t are read and written by a generated function of
// their own: what has members or choices, and what may hold itself.
func own(t *model.Type) bool {
	return composite(t) || t.Kind == model.Mapped || len(t.Enum) > 0 || t.Row != nil && t.Row.Rules.Restricts()
}

// composite reports whether there is more to writing a t than one call.
func composite(t *model.Type) bool {
	switch t.Kind {
	case model.Struct, model.OneOf, model.Null:
		return true
	case model.Mapped:
		return t.Row.Converts()
	case model.Slice, model.Array, model.Map, model.Pointer:
		return t.Name != ""
	}
	return false
}

// decodeFunc is a function value that reads a type from a *codec.Decoder, and
// checks the rules of elements where there are any. What it declares for them is
// named after the member that holds them.
func (e *emitter) decodeFunc(id model.TypeID, rules *model.Rules, member string) *jen.Statement {
	t := e.pkg.Types[id]
	name, generic := readers[t.Kind]
	switch {
	case t.Kind == model.Big:
		return codecName("Big" + t.Name)
	case t.Kind == model.Mapped && e.inner(t, rules) != nil:
		return jen.Func().Params(e.decoderParam()).Add(e.typ(id)).Add(
			line(jen.Return(e.readMapped(e.id("d"), t, rules, member))),
		)
	case rules != nil && (e.inner(t, rules) != nil || len(e.checks(member, e.id("v"), t, rules)) > 0):
		return jen.Func().Params(e.decoderParam()).Add(e.typ(id)).BlockFunc(func(g *jen.Group) {
			g.Add(e.id("v")).Op(":=").Add(e.read(e.id("d"), t, e.inner(t, rules), member))
			for _, check := range e.checks(member, e.id("v"), t, rules) {
				g.Add(check)
			}
			g.Return(e.id("v"))
		})
	case own(t):
		return jen.Id(e.decode.ask(id, func() string { return e.typed("decode", id) }))
	case generic:
		return codecName(name).Types(e.typ(id))
	case plainReaders[t.Kind] != "":
		return codecName(plainReaders[t.Kind])
	case t.Kind == model.Array:
		return e.arrayFunc(t, nil, member)
	}
	return jen.Func().Params(e.decoderParam()).Add(e.typ(id)).Add(
		line(jen.Return(e.structure(e.id("d"), t, nil, member))),
	)
}

// read is the expression that reads a value of t from the decoder d.
func (e *emitter) read(d *jen.Statement, t *model.Type, elements *model.Rules, member string) *jen.Statement {
	if elements == nil && own(t) {
		return e.decodeFunc(t.ID, nil, member).Call(d)
	}
	if t.Row != nil && t.Kind != model.Mapped && t.Row.Rules.Restricts() {
		return jen.Func().Params(e.decoderParam()).Add(e.typ(t.ID)).Block(e.readRow(t, elements, member)...).Call(d)
	}
	return e.structure(d, t, elements, member)
}

// structure is like read, by what t is made of rather than by its own function.
func (e *emitter) structure(d *jen.Statement, t *model.Type, elements *model.Rules, member string) *jen.Statement {
	switch t.Kind {
	case model.Slice:
		return codecName("Slice").Call(d, e.decodeFunc(t.Elem, elements, member))
	case model.Map:
		return codecName("Map").Call(d, e.decodeFunc(t.Key, nil, member), e.decodeFunc(t.Elem, nil, member))
	case model.Mapped:
		return e.readMapped(d, t, elements, member)
	case model.Pointer:
		return codecName("Pointer").Call(d, e.decodeFunc(t.Elem, e.inside(t.Elem, elements), member))
	case model.Optional:
		return codecName("OrNull").Call(d, e.decodeFunc(t.Elem, e.inside(t.Elem, elements), member))
	case model.Array:
		return e.arrayFunc(t, elements, member).Call(d)
	case model.Null:
		return jen.Func().Params(e.decoderParam()).Params(e.id("v").Add(e.typ(t.ID))).
			Block(e.fillNull(t, elements, member)...).Call(d)
	}
	if name, ok := readers[t.Kind]; ok {
		return codecName(name).Types(e.typ(t.ID)).Call(d)
	}
	return e.decodeFunc(t.ID, nil, member).Call(d)
}

// inside are the rules of what a pointer, or anything else that may hold no value,
// leads to: only those of its elements are left to check there, or those of its JSON.
func (e *emitter) inside(id model.TypeID, elements *model.Rules) *model.Rules {
	if elements == nil || e.wire(e.pkg.Types[id]) {
		return elements
	}
	return &model.Rules{Items: elements}
}

// fillNull are the statements that read a Null type into v and return it.
func (e *emitter) fillNull(t *model.Type, elements *model.Rules, member string) []jen.Code {
	return []jen.Code{
		jen.List(e.id("v").Dot(t.Value), e.id("v").Dot("Valid")).Op("=").
			Add(codecName("Nullable").Call(e.id("d"), e.decodeFunc(t.Elem, e.inside(t.Elem, elements), member))),
		jen.Return(e.id("v")),
	}
}

// arrayFunc is a function value that reads an array.
func (e *emitter) arrayFunc(t *model.Type, elements *model.Rules, member string) *jen.Statement {
	return jen.Func().Params(e.decoderParam()).Params(e.id("v").Add(e.typ(t.ID))).Block(
		e.fill(e.id("v"), t, elements, member),
		jen.Return(e.id("v")),
	)
}

// fill is the statement that reads an array in place.
func (e *emitter) fill(target *jen.Statement, t *model.Type, elements *model.Rules, member string) *jen.Statement {
	return codecName("Array").Call(e.id("d"), target.Index(jen.Op(":")), e.decodeFunc(t.Elem, elements, member))
}
