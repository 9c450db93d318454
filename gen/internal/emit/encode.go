package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// encoders writes the functions that the results need.
func (e *emitter) encoders() {
	for i := 0; i < len(e.encode.queue); i++ {
		id := e.encode.queue[i]
		t := e.pkg.Types[id]
		name := e.encode.names[id]
		e.doc(name + " writes " + article(e.described(t)) + ".")
		e.file.Func().Id(name).Params(e.encoderParam(), e.id("v").Add(e.typ(id))).BlockFunc(func(g *jen.Group) {
			switch t.Kind {
			case model.Struct:
			case model.OneOf:
				g.Add(e.writeOneOf(t))
				return
			case model.Mapped:
				for _, code := range e.writeMapped(e.id("v"), t) {
					g.Add(code)
				}
				return
			default:
				g.Add(e.writeStructure(e.id("v"), t))
				return
			}
			g.Add(e.id("e")).Dot("BeginObject").Call()
			for _, f := range t.Fields {
				if !f.Inject {
					g.Add(e.writeField(f))
				}
			}
			g.Add(e.id("e")).Dot("EndObject").Call()
		})
		e.file.Line()
	}
}

func (e *emitter) encoderParam() jen.Code { return e.id("e").Op("*").Add(codecName("Encoder")) }

// writeField writes one member, behind the conditions under which it is left out.
func (e *emitter) writeField(f *model.Field) *jen.Statement {
	t := e.pkg.Types[f.Type]
	value := e.selector(e.id("v"), f)
	write := e.write(value, t)
	if f.OmitEmpty && t.Kind == model.Pointer {
		write = e.writePointee(value, t)
	}
	if f.Quoted {
		write = e.id("e").Dot("Quoted").Call(jen.Func().Params().Add(line(write)))
	}
	body := []jen.Code{e.id("e").Dot("Name").Call(jen.Lit(f.Name)), write}

	var conditions []*jen.Statement
	at := e.id("v")
	for _, step := range f.Path {
		e.into(at, step)
		if step.Pointer {
			conditions = append(conditions, at.Clone().Op("!=").Nil())
		}
	}
	if f.OmitEmpty {
		if c := e.filled(value, t); c != nil {
			conditions = append(conditions, c)
		}
	}
	if f.OmitZero {
		if c := e.nonzero(value, t); c != nil {
			conditions = append(conditions, c)
		}
	}
	if t.Kind == model.Optional && !f.OmitZero { // unset is the same as absent
		conditions = append(conditions, e.nonzero(value, t))
	}
	if len(conditions) == 0 {
		return join(body)
	}
	all := conditions[0]
	for _, c := range conditions[1:] {
		all = all.Op("&&").Add(c)
	}
	return jen.If(all).Block(body...)
}

// writePointee writes what value, a pointer that is not nil, points to.
func (e *emitter) writePointee(value *jen.Statement, t *model.Type) *jen.Statement {
	elem := e.written(e.pkg.Types[t.Elem])
	switch {
	case t.Name != "", elem.Kind == model.Array && elem.Name == "":
		return e.write(value, t)
	case elem.Kind == model.Text, elem.Kind == model.Custom, elem.Kind == model.Big:
		return e.id("e").Dot(marshaler(elem)).Call(value)
	}
	return e.write(jen.Op("*").Add(value), elem)
}

// line is a block of one short statement, on the line of what it belongs to.
func line(statement jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{ ", Close: " }"}, statement)
}

func join(lines []jen.Code) *jen.Statement {
	s := jen.Add(lines[0])
	for _, line := range lines[1:] {
		s.Line().Add(line)
	}
	return s
}

// filled is the condition under which omitempty keeps a member, or nil for always.
func (e *emitter) filled(value *jen.Statement, t *model.Type) *jen.Statement {
	t = e.inGo(t)
	switch t.Kind {
	case model.Bool:
		return value.Clone()
	case model.Int, model.Uint, model.Float, model.Duration:
		return value.Clone().Op("!=").Lit(0)
	case model.String, model.Number:
		return value.Clone().Op("!=").Lit("")
	case model.Slice, model.Array, model.Map, model.Bytes, model.Raw:
		return length(value).Op(">").Lit(0)
	case model.Pointer, model.Any, model.OneOf:
		return value.Clone().Op("!=").Nil()
	case model.Optional, model.Null:
		return nil
	}
	if t.Elem != "" { // a marshaler over a slice, map or array
		return length(value).Op(">").Lit(0)
	}
	return nil
}

// nonzero is the condition under which omitzero keeps a member, or nil for always.
func (e *emitter) nonzero(value *jen.Statement, t *model.Type) *jen.Statement {
	t = e.inGo(t)
	switch {
	case t.Kind == model.OneOf && t.HasIsZero:
		return value.Clone().Op("!=").Nil().Op("&&").Op("!").Add(value.Clone()).Dot("IsZero").Call()
	case t.Kind == model.Big:
		return value.Clone().Dot("Sign").Call().Op("!=").Lit(0)
	case t.ID == "regexp.Regexp":
		return value.Clone().Dot("String").Call().Op("!=").Lit("")
	case t.HasIsZero:
		return jen.Op("!").Add(value.Clone()).Dot("IsZero").Call()
	case (t.Kind == model.Text || t.Kind == model.Custom) && t.Comparable:
		return value.Clone().Op("!=").Op("*").New(e.typ(t.ID)) // whatever it is made of
	case (t.Kind == model.Struct || t.Kind == model.Null || t.Kind == model.URL) && t.Comparable:
		return value.Clone().Op("!=").Parens(e.typ(t.ID).Values())
	case t.Kind == model.Array && t.Comparable:
		return value.Clone().Op("!=").Parens(e.typ(t.ID).Values())
	case t.Kind == model.Struct, t.Kind == model.Array:
		return jen.Op("!").Add(codecName("IsZero")).Call(value.Clone())
	case t.Kind == model.Slice, t.Kind == model.Map, t.Kind == model.Bytes, t.Kind == model.Raw,
		(t.Kind == model.Text || t.Kind == model.Custom) && t.Elem != "":
		return value.Clone().Op("!=").Nil()
	}
	return e.filled(value, t)
}

// write is the statement that writes value, an addressable expression.
func (e *emitter) write(value *jen.Statement, t *model.Type) *jen.Statement {
	t = e.written(t)
	if composite(t) {
		return e.encodeFunc(t.ID).Call(e.id("e"), value)
	}
	return e.writeStructure(value, t)
}

// writeStructure is like write, by what t is made of rather than by its own function.
func (e *emitter) writeStructure(value *jen.Statement, t *model.Type) *jen.Statement {
	enc := func(method string, args ...jen.Code) *jen.Statement { return e.id("e").Dot(method).Call(args...) }
	switch t.Kind {
	case model.Bool:
		return enc("Bool", convert("bool", value, t))
	case model.Int:
		return enc("Int", convert("int64", value, t))
	case model.Uint:
		return enc("Uint", convert("uint64", value, t))
	case model.Float:
		return enc("Float", convert("float64", value, t), jen.Lit(t.Bits))
	case model.String:
		return enc("String", convert("string", value, t))
	case model.Bytes, model.Time, model.URL, model.Duration, model.Raw, model.Number, model.Any:
		return enc(plainWriters[t.Kind], value)
	case model.Text, model.Custom, model.Big:
		// The method may be on the pointer, and a pointer has both kinds.
		return enc(marshaler(t), jen.Op("&").Add(value))
	case model.Slice:
		return codecName("EncodeSlice").Call(e.id("e"), value, e.encodeFunc(t.Elem))
	case model.Array:
		return codecName("EncodeSlice").Call(e.id("e"), value.Clone().Index(jen.Op(":")), e.encodeFunc(t.Elem))
	case model.Map:
		return codecName("EncodeMap").Call(e.id("e"), value, e.mapKey(t.Key), e.encodeFunc(t.Elem))
	case model.Optional:
		return codecName("EncodeOptional").Call(e.id("e"), value, e.encodeFunc(t.Elem))
	case model.Null:
		return codecName("EncodeNullable").Call(e.id("e"), value.Clone().Dot(t.Value), value.Clone().Dot("Valid"), e.encodeFunc(t.Elem))
	}
	return codecName("EncodePointer").Call(e.id("e"), value, e.encodeFunc(t.Elem))
}

var plainWriters = map[model.Kind]string{
	model.Bytes:    "Bytes",
	model.Time:     "Time",
	model.URL:      "URL",
	model.Duration: "Duration",
	model.Raw:      "Raw",
	model.Number:   "Number",
	model.Any:      "Any",
}

// marshaler is the encoder's method for a type that writes itself.
func marshaler(t *model.Type) string {
	if t.Kind == model.Custom || t.ID == "math/big.Int" {
		return "Custom"
	}
	return "Text"
}

// convert makes value of the type that an encoder's method takes.
func convert(want string, value *jen.Statement, t *model.Type) *jen.Statement {
	if string(t.ID) == want {
		return value
	}
	return jen.Id(want).Call(value)
}

// encodeFunc is a function value that writes a type to a *codec.Encoder.
func (e *emitter) encodeFunc(id model.TypeID) *jen.Statement {
	t := e.written(e.pkg.Types[id])
	if composite(t) {
		return jen.Id(e.encode.ask(id, func() string { return e.typed("encode", id) }))
	}
	if method, ok := methods[id]; ok {
		return jen.Params(jen.Op("*").Add(codecName("Encoder"))).Dot(method)
	}
	return jen.Func().Params(e.encoderParam(), e.id("v").Add(e.typ(id))).Add(line(e.writeStructure(e.id("v"), t)))
}

// methods are the encoder's methods that take the type itself.
var methods = map[model.TypeID]string{
	"bool":                     "Bool",
	"int64":                    "Int",
	"uint64":                   "Uint",
	"string":                   "String",
	"[]byte":                   "Bytes",
	"time.Time":                "Time",
	"net/url.URL":              "URL",
	"time.Duration":            "Duration",
	"encoding/json.Number":     "Number",
	"encoding/json.RawMessage": "Raw",
}

// mapKey is the function that turns a map's key into a member name.
func (e *emitter) mapKey(id model.TypeID) *jen.Statement {
	t := e.pkg.Types[id]
	name := "StringKey"
	switch t.Kind {
	case model.Mapped:
		return e.mappedKey(t)
	case model.Int:
		name = "IntKey"
	case model.Uint:
		name = "UintKey"
	case model.Text:
		name = "TextKey"
	}
	return codecName(name).Types(e.typ(id))
}
