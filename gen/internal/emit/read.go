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
	switch t.Kind {
	case model.Struct:
		return true
	case model.Slice, model.Array, model.Map, model.Pointer:
		return t.Name != ""
	}
	return len(t.Enum) > 0
}

// decodeFunc is a function value that reads a type from a *codec.Decoder, and
// checks the rules of elements where there are any. What it declares for them is
// named after the member that holds them.
func (e *emitter) decodeFunc(id model.TypeID, rules *model.Rules, member string) *jen.Statement {
	t := e.pkg.Types[id]
	name, generic := readers[t.Kind]
	switch {
	case rules != nil && (rules.Items != nil || len(e.checks(member, e.id("v"), t, rules)) > 0):
		return jen.Func().Params(e.decoderParam()).Add(e.typ(id)).BlockFunc(func(g *jen.Group) {
			g.Add(e.id("v")).Op(":=").Add(e.read(e.id("d"), t, rules.Items, member))
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
		return jen.Func().Params(e.decoderParam()).Params(e.id("v").Add(e.typ(id))).Block(
			e.fill(e.id("v"), t, nil, member),
			jen.Return(e.id("v")),
		)
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
	return e.structure(d, t, elements, member)
}

// structure is like read, by what t is made of rather than by its own function.
func (e *emitter) structure(d *jen.Statement, t *model.Type, elements *model.Rules, member string) *jen.Statement {
	switch t.Kind {
	case model.Slice:
		return codecName("Slice").Call(d, e.decodeFunc(t.Elem, elements, member))
	case model.Map:
		return codecName("Map").Call(d, e.decodeFunc(t.Key, nil, member), e.decodeFunc(t.Elem, nil, member))
	case model.Pointer:
		return codecName("Pointer").Call(d, e.decodeFunc(t.Elem, elements, member))
	}
	if name, ok := readers[t.Kind]; ok {
		return codecName(name).Types(e.typ(t.ID)).Call(d)
	}
	return e.decodeFunc(t.ID, nil, member).Call(d)
}

// fill is the statement that reads an array in place.
func (e *emitter) fill(target *jen.Statement, t *model.Type, elements *model.Rules, member string) *jen.Statement {
	return codecName("Array").Call(e.id("d"), target.Index(jen.Op(":")), e.decodeFunc(t.Elem, elements, member))
}
