package scan

import (
	"go/token"
	"go/types"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// typer describes types as one package sees them.
type typer struct {
	program *program
	local   *types.Package
	types   model.Types
	ids     map[types.Type]model.TypeID
	known   map[model.TypeID]types.Type
	// mistakes are what is wrong with the user's own structs and their tags. They
	// count when a value of the type travels: other types may look as they like.
	mistakes map[model.TypeID]*diag.List
	diags    *diag.List // those of the struct that is being described
	rows     *rows      // of //mcp:types tables; nil for none
}

// special are the types that are told apart by their name.
var special = map[string]model.Kind{
	"context.Context":              model.Context,
	"*log/slog.Logger":             model.Logger,
	"net/http.Header":              model.Header,
	"time.Time":                    model.Time,
	"time.Duration":                model.Duration,
	"net/url.URL":                  model.URL,
	"encoding/json.RawMessage":     model.Raw,
	"encoding/json/jsontext.Value": model.Raw, // what RawMessage is an alias of in encoding/json/v2
	"encoding/json.Number":         model.Number,
	"math/big.Int":                 model.Big,
	"math/big.Float":               model.Big,
	"math/big.Rat":                 model.Big,
}

// id describes a type, and all that it reaches, and returns its name.
func (t *typer) id(typ types.Type) model.TypeID {
	typ = types.Unalias(typ)
	if id, ok := t.ids[typ]; ok {
		return id
	}
	id := typeID(typ)
	t.ids[typ] = id
	if t.types[id] == nil {
		node := &model.Type{ID: id, Visible: true}
		t.types[id] = node // before its parts, which may lead back to it
		t.known[id] = typ
		t.describe(node, typ)
	}
	return id
}

func (t *typer) describe(node *model.Type, typ types.Type) {
	node.Comparable = types.Comparable(typ)
	node.HasIsZero = implements(typ, isZeroer)
	named, _ := typ.(*types.Named)
	if named != nil {
		t.name(node, named)
	} else {
		node.Visible = t.visible(typ)
	}
	if row := t.rows.of(t, node); row != nil {
		t.tabled(node, typ, row)
		return
	}
	t.schemaMethod(node, named)
	t.form(node, typ)
}

// form describes how the type itself looks in JSON.
func (t *typer) form(node *model.Type, typ types.Type) {
	named, _ := typ.(*types.Named)
	switch kind, ok := special[string(node.ID)]; {
	case ok:
		node.Kind = kind
	case t.nullable(node, named), t.oneOf(node, named):
	case node.PkgPath == runtimePath:
		node.Kind = model.Runtime
	case t.methods(node, typ):
	default:
		t.underlying(node, typ)
		if named != nil && (node.Kind == model.String || node.Kind == model.Int || node.Kind == model.Uint) && named.Obj().Pkg() != nil {
			node.Enum = t.enum(named)
		}
	}
}

// name fills in what a named type has.
func (t *typer) name(node *model.Type, named *types.Named) {
	object := named.Obj()
	node.Name = object.Name()
	if pkg := object.Pkg(); pkg != nil {
		node.PkgPath, node.PkgName = pkg.Path(), pkg.Name()
		node.Doc = t.program.source(pkg).docs[object.Pos()]
		node.Pos = t.program.pos(object.Pos())
	}
	for _, arg := range typeArgs(named) {
		node.Args = append(node.Args, t.id(arg))
	}
	node.Visible = t.visible(named)
}

// methods recognizes the types that say themselves how they look in JSON.
func (t *typer) methods(node *model.Type, typ types.Type) bool {
	switch typ.Underlying().(type) {
	case *types.Interface, *types.Pointer:
		return false
	}
	for _, way := range []struct {
		kind             model.Kind
		encoder, decoder *types.Interface
	}{{model.Custom, jsonMarshaler, jsonUnmarshaler}, {model.Text, textMarshaler, textUnmarshaler}} {
		node.Marshals, node.Unmarshals = implements(typ, way.encoder), implements(typ, way.decoder)
		if node.Marshals || node.Unmarshals {
			node.Kind = way.kind
			if way.kind == model.Text {
				node.Format = textFormat(node)
			}
			t.empties(node, typ)
			return true
		}
	}
	return false
}

// textFormat is the format of a type that is text, where it has one. An IP address
// has none: ipv4 and ipv6 exclude each other.
func textFormat(node *model.Type) string {
	switch {
	case node.ID == "regexp.Regexp":
		return "regex"
	case node.Name == "UUID" && strings.HasSuffix("/"+node.PkgPath, "/uuid"):
		return "uuid"
	}
	return ""
}

// empties notes the elements of a type that writes itself and can be nil, so that
// omitempty and omitzero leave it out as encoding/json does.
func (t *typer) empties(node *model.Type, typ types.Type) {
	switch u := typ.Underlying().(type) {
	case *types.Slice:
		node.Elem = t.id(u.Elem())
	case *types.Map:
		node.Elem = t.id(u.Elem())
	}
}

// underlying describes what the type is made of.
func (t *typer) underlying(node *model.Type, typ types.Type) {
	switch u := typ.Underlying().(type) {
	case *types.Basic:
		basic(node, u)
	case *types.Pointer:
		node.Kind, node.Elem = model.Pointer, t.id(u.Elem())
	case *types.Slice:
		node.Kind, node.Elem = model.Slice, t.id(u.Elem())
		if types.Identical(u.Elem(), types.Typ[types.Byte]) {
			node.Kind = model.Bytes
		}
	case *types.Array:
		node.Kind, node.Elem, node.Len = model.Array, t.id(u.Elem()), u.Len()
	case *types.Map:
		node.Kind, node.Key, node.Elem = model.Map, t.id(u.Key()), t.id(u.Elem())
		if !t.isKey(node.Key) {
			unsupported(node, "the keys of a JSON object are text, which "+types.TypeString(u.Key(), relativeTo(t.local))+" is not")
		}
	case *types.Struct:
		outer := t.diags
		t.diags = new(diag.List)
		t.mistakes[node.ID] = t.diags
		node.Kind, node.Fields = model.Struct, t.fields(u)
		t.diags = outer
		t.source(node, typ)
	case *types.Interface:
		node.Kind = model.Interface
		if u.Empty() {
			node.Kind = model.Any
		}
		t.source(node, typ)
	case *types.Chan:
		unsupported(node, "a channel has no JSON form")
	case *types.Signature:
		unsupported(node, "a function has no JSON form")
	default:
		unsupported(node, "it has no JSON form")
	}
}

// source is how an unnamed struct or interface is written.
func (t *typer) source(node *model.Type, typ types.Type) {
	if node.Name == "" && node.Kind != model.Any {
		node.Source = types.TypeString(typ, relativeTo(t.local))
	}
}

func unsupported(node *model.Type, reason string) {
	node.Kind, node.Reason = model.Unsupported, reason
}

// bits are the sizes of the basic types that have one.
var bits = map[types.BasicKind]int{
	types.Int8: 8, types.Int16: 16, types.Int32: 32, types.Int64: 64,
	types.Uint8: 8, types.Uint16: 16, types.Uint32: 32, types.Uint64: 64,
	types.Float32: 32, types.Float64: 64,
}

func basic(node *model.Type, b *types.Basic) {
	node.Bits = bits[b.Kind()]
	switch info := b.Info(); {
	case b.Kind() == types.UnsafePointer:
		unsupported(node, "a pointer without a type has no JSON form")
	case info&types.IsComplex != 0:
		unsupported(node, "a complex number has no JSON form")
	case info&types.IsBoolean != 0:
		node.Kind = model.Bool
	case info&types.IsString != 0:
		node.Kind = model.String
	case info&types.IsFloat != 0:
		node.Kind = model.Float
	case info&types.IsUnsigned != 0:
		node.Kind = model.Uint
	case info&types.IsInteger != 0:
		node.Kind = model.Int
	default:
		unsupported(node, "it does not exist")
	}
}

// isKey reports whether a type can be the key of a map that travels as JSON.
func (t *typer) isKey(id model.TypeID) bool {
	switch key := t.types[id]; key.Kind {
	case model.String, model.Int, model.Uint:
		return true
	case model.Text:
		return key.Marshals && key.Unmarshals
	case model.Mapped:
		return t.mapsKeys(key)
	}
	return false
}

// visible reports whether the scanned package can spell a type.
func (t *typer) visible(typ types.Type) bool {
	switch typ := types.Unalias(typ).(type) {
	case *types.Named:
		pkg := typ.Obj().Pkg()
		if pkg != nil && pkg != t.local && (!typ.Obj().Exported() || !mayImport(t.local.Path(), pkg.Path())) {
			return false
		}
		for _, arg := range typeArgs(typ) {
			if !t.visible(arg) {
				return false
			}
		}
	case *types.Pointer:
		return t.visible(typ.Elem())
	case *types.Slice:
		return t.visible(typ.Elem())
	case *types.Array:
		return t.visible(typ.Elem())
	case *types.Chan:
		return t.visible(typ.Elem())
	case *types.Map:
		return t.visible(typ.Key()) && t.visible(typ.Elem())
	case *types.Struct:
		for f := range typ.Fields() {
			if f.Pkg() != t.local && !f.Exported() || !t.visible(f.Type()) {
				return false
			}
		}
	}
	return true
}

// The interfaces that encoding/json asks for.
var (
	bytesAndError = []types.Type{types.NewSlice(types.Typ[types.Byte]), types.Universe.Lookup("error").Type()}
	bytesOnly     = bytesAndError[:1]
	errorOnly     = bytesAndError[1:]

	jsonMarshaler   = oneMethod("MarshalJSON", nil, bytesAndError)
	jsonUnmarshaler = oneMethod("UnmarshalJSON", bytesOnly, errorOnly)
	textMarshaler   = oneMethod("MarshalText", nil, bytesAndError)
	textUnmarshaler = oneMethod("UnmarshalText", bytesOnly, errorOnly)
	isZeroer        = oneMethod("IsZero", nil, []types.Type{types.Typ[types.Bool]})
)

func oneMethod(name string, params, results []types.Type) *types.Interface {
	tuple := func(all []types.Type) *types.Tuple {
		var vars []*types.Var
		for _, t := range all {
			vars = append(vars, types.NewParam(token.NoPos, nil, "", t))
		}
		return types.NewTuple(vars...)
	}
	sig := types.NewSignatureType(nil, nil, nil, tuple(params), tuple(results), false)
	return types.NewInterfaceType([]*types.Func{types.NewFunc(token.NoPos, nil, name, sig)}, nil).Complete()
}

// implements reports whether t or a pointer to it has the methods.
func implements(t types.Type, i *types.Interface) bool {
	if types.IsInterface(t) {
		return types.Implements(t, i)
	}
	return types.Implements(types.NewPointer(t), i)
}
