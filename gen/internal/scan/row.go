package scan

import (
	"cmp"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// checkRows reports what is wrong with the rows of the package's tables. All tables
// are read by then.
func (u *unit) checkRows() {
	first := map[model.TypeID]*row{}
	for _, r := range u.rows {
		if r.faulty {
			continue
		}
		if before := first[r.id]; before != nil {
			r.mistake(r.pos, "a second row for %s", u.spell(r.typ)).Needs(before.pos, "the first is here").Suggest("keep one of them")
			continue
		}
		first[r.id] = r
		r.check()
	}
}

// check reports a row for a type that takes none, functions that do not fit, and a
// type= that the type cannot be.
func (r *row) check() {
	if why, instead := r.useless(); why != "" {
		r.mistake(r.typePos, "no row for %s: %s", r.unit.spell(r.typ), why).Suggest("%s", instead)
		return
	}
	r.checkDecode()
	r.checkEncode()
	if r.decode != nil || r.encode != nil {
		r.checkWire()
	}
	if !r.faulty {
		r.checkType()
	}
}

// useless says why nobody can need a row for the type, and what to write instead.
func (r *row) useless() (why, instead string) {
	u, t := r.unit, r.bare(r.typ)
	spelled := u.spell(r.typ)
	if p, ok := r.typ.(*types.Pointer); ok {
		return "a pointer goes by the row of what it points to", "write _ " + u.spell(p.Elem())
	}
	named, ok := r.typ.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return "a row is for a type with a name of its own", "declare type Name " + spelled + " and use it in both places"
	}
	switch t.Kind {
	case model.Interface, model.Any:
		return "an interface is a dependency or any value, and never one form of JSON", "remove the row"
	case model.Context, model.Logger, model.Header, model.Runtime:
		return "it never travels", "remove the row"
	case model.Optional, model.Null:
		return "it is its value or null", "write a row for the type of the value"
	}
	for _, f := range u.providers() {
		if typeID(f.shape.result) == r.id {
			return "provider " + f.name() + " returns it, so that callers never send it", "remove the row, or the provider"
		}
	}
	if r.unit.depsType != nil && typeID(r.unit.depsType.Type()) == r.id {
		return "it is the //mcp:deps struct", "remove the row"
	}
	silent := r.doc == "" && len(r.keywords) == 0 && r.json == nil && r.decode == nil && r.encode == nil
	if silent && t.SchemaMethod == "" {
		return "it says nothing", `tag it with jsonschema:"..." or mcp:"decode=...,encode=...", or remove it`
	}
	return "", ""
}

// bare describes a type as it is without any row.
func (r *row) bare(typ types.Type) *model.Type {
	t := r.unit.typer(model.Types{}, nil)
	return t.types[t.id(typ)]
}

// checkDecode wants func(W) T or func(W) (T, error).
func (r *row) checkDecode() {
	if r.decode == nil {
		return
	}
	params, results := r.decode.signature().Params(), resultTypes(r.decode.signature())
	if !r.convert(r.decode, results) || !types.Identical(results[0], r.typ) {
		r.misfit(r.decode, "func(W) "+r.unit.spell(r.typ)+" or func(W) ("+r.unit.spell(r.typ)+", error)")
		return
	}
	r.wire = types.Unalias(params.At(0).Type())
}

// checkEncode wants func(T) W or func(T) (W, error).
func (r *row) checkEncode() {
	if r.encode == nil {
		return
	}
	params, results := r.encode.signature().Params(), resultTypes(r.encode.signature())
	if !r.convert(r.encode, results) || !types.Identical(params.At(0).Type(), r.typ) || isError(results[0]) {
		r.misfit(r.encode, "func("+r.unit.spell(r.typ)+") W or func("+r.unit.spell(r.typ)+") (W, error)")
		return
	}
	wire := types.Unalias(results[0])
	if r.wire == nil {
		r.wire = wire
		return
	}
	if !types.Identical(r.wire, wire) {
		r.mistake(r.encode.pos, "%s returns %s, and %s takes %s", r.encode.Name(), r.unit.spell(wire), r.decode.Name(), r.unit.spell(r.wire)).
			Suggest("let both have the same type, so that callers can send back what they got")
	}
}

// convert notes whether c returns an error. It reports whether c has the outline of a
// conversion: one value in, one out.
func (r *row) convert(c *converter, results []types.Type) bool {
	sig := c.signature()
	c.err = len(results) == 2 && isError(results[1])
	return sig.TypeParams().Len() == 0 && !sig.Variadic() && sig.Params().Len() == 1 &&
		(len(results) == 1 || c.err)
}

func (r *row) misfit(c *converter, want string) {
	r.mistake(c.pos, "%s is %s", c.Name(), r.unit.spell(unnamedSignature(c.signature()))).
		Suggest("it has to be %s", want)
}

// checkWire reports a type of JSON that is none.
func (r *row) checkWire() {
	if r.wire == nil {
		return
	}
	c := cmp.Or(r.decode, r.encode)
	spelled := r.unit.spell(r.wire)
	t := r.bare(r.wire)
	switch t.Kind {
	case model.Unsupported, model.Interface, model.Context, model.Logger, model.Header, model.Runtime:
		reason := cmp.Or(t.Reason, "it is no value that callers send")
		r.mistake(c.pos, "%s converts %s, which has no JSON form: %s", c.Name(), spelled, reason).Suggest("convert a string, a number or a struct")
		return
	case model.Pointer, model.Optional, model.Null:
		r.mistake(c.pos, "%s converts %s, which may be no value at all", c.Name(), spelled).
			Suggest("convert a value; a field of type *%s is optional anyway", r.unit.spell(r.typ))
		return
	}
	if types.Identical(r.wire, r.typ) {
		r.mistake(c.pos, "%s converts %s into itself", c.Name(), spelled).Suggest("convert another type, or remove the mcp tag")
		return
	}
	if _, named := r.wire.(*types.Named); !named {
		return
	}
	for _, other := range r.unit.visibleRows().all[typeID(r.wire)] {
		r.mistake(c.pos, "%s converts %s, which has a row itself", c.Name(), spelled).Needs(other.pos, "the row is here").
			Suggest("convert what that row makes of it")
		return
	}
}

// wires are the Go types that stand for the types of JSON where a type reads and
// writes its own.
var wires = map[string]types.Type{
	"string":  types.Typ[types.String],
	"integer": types.Typ[types.Int64],
	"number":  types.Typ[types.Float64],
	"boolean": types.Typ[types.Bool],
	"array":   types.NewSlice(anyType),
	"object":  types.NewMap(types.Typ[types.String], anyType),
}

var anyType = types.Universe.Lookup("any").Type()

// jsonTypes are the types of JSON of what has only one.
var jsonTypes = map[model.Kind]string{
	model.Bool: "boolean", model.Int: "integer", model.Uint: "integer", model.Float: "number", model.Number: "number",
	model.String: "string", model.Bytes: "string", model.Time: "string", model.Duration: "string", model.URL: "string",
	model.Text: "string", model.Slice: "array", model.Array: "array", model.Map: "object", model.Struct: "object",
}

// checkType reports a type= that the type cannot be. What writes itself may be any.
func (r *row) checkType() {
	if r.json == nil {
		return
	}
	if r.json.Value == "" || wires[r.json.Value] == nil {
		r.mistake(r.json.ValuePos, "%q is no type of JSON", r.json.Value).
			Suggest("%s", insteadOf(r.json.Value, slices.Sorted(maps.Keys(wires))))
		return
	}
	typ := r.typ
	if r.wire != nil {
		typ = r.wire
	}
	t := r.bare(typ)
	only := jsonTypes[t.Kind]
	if t.Kind == model.Big {
		only = "string"
		if t.Name == "Int" {
			only = "integer"
		}
	}
	if only != "" && only != r.json.Value {
		d := r.mistake(r.json.ValuePos, "type=%s does not fit: %s is always of type %s", r.json.Value, r.unit.spell(typ), only)
		if r.wire == nil {
			d.Suggest(`write type=%s, or convert it with mcp:"decode=...,encode=..."`, only)
		} else {
			d.Suggest("write type=%s, or leave it out", only)
		}
	}
}

// insteadOf completes a diagnostic: the nearest valid word, or all of them.
func insteadOf(got string, valid []string) string {
	if near := diag.Nearest(got, valid); near != "" {
		return "write " + near
	}
	return "valid are " + strings.Join(valid, ", ")
}
