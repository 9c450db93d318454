package scan

import (
	"fmt"
	"go/types"
	"strconv"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// spell writes a type as the package's source would.
func (u *unit) spell(t types.Type) string { return types.TypeString(t, relativeTo(u.pkg.Types)) }

func relativeTo(local *types.Package) types.Qualifier {
	return func(p *types.Package) string {
		if p == local {
			return ""
		}
		return p.Name()
	}
}

// badResults adds a diagnostic at the results of f, or at its name without any.
func (f *function) badResults(format string, args ...any) *diag.Diagnostic {
	pos := f.pos()
	if results := f.decl.Type.Results; results != nil {
		pos = f.unit.pos(results.Pos())
	}
	return f.unit.diags.Addf(pos, "%s %s %s", f.role(), f.name(), fmt.Sprintf(format, args...))
}

// typeID is the one name of a type: aliases are followed, also inside of others.
func typeID(t types.Type) model.TypeID { return model.TypeID(typeName(t)) }

func typeName(t types.Type) string {
	var b strings.Builder
	writeType(&b, t)
	return b.String()
}

func writeType(b *strings.Builder, t types.Type) {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		b.WriteString(basicName(t))
	case *types.Named:
		writeNamed(b, t)
	case *types.Pointer:
		b.WriteByte('*')
		writeType(b, t.Elem())
	case *types.Slice:
		b.WriteString("[]")
		writeElem(b, t.Elem())
	case *types.Array:
		fmt.Fprintf(b, "[%d]", t.Len())
		writeElem(b, t.Elem())
	case *types.Map:
		b.WriteString("map[")
		writeType(b, t.Key())
		b.WriteByte(']')
		writeType(b, t.Elem())
	case *types.Struct:
		writeStruct(b, t)
	case *types.Interface:
		if t.Empty() {
			b.WriteString("any")
			return
		}
		b.WriteString(types.TypeString(t, (*types.Package).Path))
	default:
		b.WriteString(types.TypeString(t, (*types.Package).Path))
	}
}

// basicName is the name of the type itself where Go has two, as for byte.
func basicName(t *types.Basic) string {
	if t.Kind() == types.UnsafePointer {
		return "unsafe.Pointer"
	}
	return types.Typ[t.Kind()].Name()
}

// writeElem writes []byte as people do.
func writeElem(b *strings.Builder, elem types.Type) {
	if types.Identical(elem, types.Typ[types.Byte]) {
		b.WriteString("byte")
		return
	}
	writeType(b, elem)
}

func writeNamed(b *strings.Builder, t *types.Named) {
	if pkg := t.Obj().Pkg(); pkg != nil {
		b.WriteString(pkg.Path() + ".")
	}
	b.WriteString(t.Obj().Name())
	for i, arg := range typeArgs(t) {
		b.WriteString([]string{"[", ", "}[min(i, 1)])
		writeType(b, arg)
	}
	if t.TypeArgs().Len() > 0 {
		b.WriteByte(']')
	}
}

func typeArgs(t *types.Named) []types.Type {
	var args []types.Type
	for arg := range t.TypeArgs().Types() {
		args = append(args, arg)
	}
	return args
}

func writeStruct(b *strings.Builder, t *types.Struct) {
	b.WriteString("struct{")
	for i := range t.NumFields() {
		if i > 0 {
			b.WriteString("; ")
		}
		if f := t.Field(i); !f.Embedded() {
			b.WriteString(f.Name() + " ")
		}
		writeType(b, t.Field(i).Type())
		if tag := t.Tag(i); tag != "" {
			b.WriteString(" " + strconv.Quote(tag))
		}
	}
	b.WriteByte('}')
}

// invalid reports whether t mentions a type that does not exist. Fields of named
// types are not looked at.
func invalid(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return t.Kind() == types.Invalid
	case *types.Named:
		return invalidAny(typeArgs(t))
	case *types.Pointer:
		return invalid(t.Elem())
	case *types.Slice:
		return invalid(t.Elem())
	case *types.Array:
		return invalid(t.Elem())
	case *types.Chan:
		return invalid(t.Elem())
	case *types.Map:
		return invalid(t.Key()) || invalid(t.Elem())
	case *types.Signature:
		return invalidTuple(t.Params()) || invalidTuple(t.Results())
	}
	return false
}

func invalidTuple(t *types.Tuple) bool {
	for v := range t.Variables() {
		if invalid(v.Type()) {
			return true
		}
	}
	return false
}

func invalidAny(all []types.Type) bool {
	for _, t := range all {
		if invalid(t) {
			return true
		}
	}
	return false
}
