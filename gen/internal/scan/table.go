package scan

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/directive"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// row is one blank field of a //mcp:types table.
type row struct {
	unit     *unit
	typ      types.Type
	id       model.TypeID
	doc      string
	pos      token.Position // of the blank field
	typePos  token.Position
	keywords []model.Keyword
	json     *model.Keyword // type=, which is not among keywords

	decode, encode *converter
	wire           types.Type // what decode takes and encode returns; nil without either

	faulty bool
}

// converter is a function that a row names.
type converter struct {
	*types.Func
	err bool // returns an error, too
	pos token.Position
}

// signature is that of the function, for its parameters and results.
func (c *converter) signature() *types.Signature { return c.Func.Signature() }

// table reads the rows of a struct marked //mcp:types.
func (u *unit) table(d *directive.Types, spec *ast.TypeSpec) {
	name, _ := u.pkg.TypesInfo.Defs[spec.Name].(*types.TypeName)
	if name == nil {
		return
	}
	s, ok := name.Type().Underlying().(*types.Struct)
	switch {
	case !ok || name.IsAlias():
		u.misplace(d, spec.Name.Name+", which is no struct type")
		return
	case spec.TypeParams != nil:
		u.diags.Addf(u.pos(spec.Name.Pos()), "the //mcp:types struct cannot be generic").Suggest("write a row for each instance")
		return
	}
	t := u.typer(model.Types{}, nil)
	t.diags = u.diags
	for i := range s.NumFields() {
		u.row(t, s.Field(i), s.Tag(i))
	}
}

// row reads one field of a table.
func (u *unit) row(t *typer, f *types.Var, tag string) {
	r := &row{unit: u, typ: types.Unalias(f.Type()), pos: u.pos(f.Pos())}
	r.id, r.typePos = typeID(r.typ), r.pos
	if syntax := t.syntax(f); syntax != nil {
		r.doc = firstText("_", syntax.Doc, syntax.Comment)
		r.typePos = u.pos(syntax.Type.Pos())
	}
	u.rows = append(u.rows, r)
	if f.Name() != "_" {
		r.mistake(r.pos, "field %s of a //mcp:types table is no row", f.Name()).Suggest("write _ %s: a row has no name", u.spell(r.typ))
		return
	}
	if invalid(r.typ) {
		r.faulty = true // a type error says so
		return
	}
	pairs, ok := cutPairs(tag, t.tagPositions(f, tag))
	if !ok {
		r.mistake(t.tagPos(f), "bad struct tag %s", tag).Suggest("write key:\"value\" pairs with one space between them")
	}
	for _, p := range pairs {
		if p.key == "mcp" {
			r.functions(p, f)
			continue
		}
		for _, k := range p.keywords() {
			if k.Key == "type" && r.json == nil {
				r.json = &k
				continue
			}
			r.keywords = append(r.keywords, k)
		}
	}
}

// mistake adds a diagnostic that makes the row one that does not count.
func (r *row) mistake(pos token.Position, format string, args ...any) *diag.Diagnostic {
	r.faulty = true
	return r.unit.diags.Addf(pos, format, args...)
}

// functions reads mcp:"decode=F,encode=G".
func (r *row) functions(tag tagPair, f *types.Var) {
	seen := map[string]bool{}
	for _, k := range splitTag(tag.value, tag.pos, func(string, string) bool { return true }) {
		key, value := strings.TrimSpace(k.Key), strings.TrimSpace(k.Value)
		switch {
		case key != "decode" && key != "encode":
			d := r.mistake(k.Pos, "unknown option %q of a row's mcp tag", key)
			if near := diag.Nearest(key, []string{"decode", "encode"}); near != "" {
				d.Suggest("write %s", near)
			} else {
				d.Suggest(`write mcp:"decode=FUNCTION,encode=FUNCTION"`)
			}
		case seen[key]:
			r.mistake(k.Pos, "%s stands here twice", key).Suggest("keep one of them")
		case value == "":
			r.mistake(k.Pos, "%s has no value", key).Suggest("write %s=FUNCTION", key)
		default:
			c := r.function(value, k.ValuePos, f)
			if key == "decode" {
				r.decode = c
			} else {
				r.encode = c
			}
		}
		seen[key] = true
	}
}

// function finds a function of the package, or of one that its file imports.
func (r *row) function(name string, pos token.Position, f *types.Var) *converter {
	scope, short := r.unit.pkg.Types.Scope(), name
	if qualifier, selected, ok := strings.Cut(name, "."); ok {
		_, object := scope.Innermost(f.Pos()).LookupParent(qualifier, token.NoPos)
		imported, ok := object.(*types.PkgName)
		if !ok {
			r.mistake(pos, "%s names no function: the file imports no package %s", name, qualifier).
				Suggest("name a function of package %s, or import %s", r.unit.folder.name, qualifier)
			return nil
		}
		scope, short = imported.Imported().Scope(), selected
	}
	object, ok := scope.Lookup(short).(*types.Func)
	if ok && (object.Exported() || object.Pkg() == r.unit.pkg.Types) {
		return &converter{Func: object, pos: pos}
	}
	d := r.mistake(pos, "there is no function %s", name)
	var names []string
	for _, other := range scope.Names() {
		if fn, ok := scope.Lookup(other).(*types.Func); ok && (fn.Exported() || fn.Pkg() == r.unit.pkg.Types) {
			names = append(names, other)
		}
	}
	if near := diag.Nearest(short, names); near != "" {
		d.Suggest("did you mean %s?", strings.TrimSuffix(name, short)+near)
	} else {
		d.Suggest("declare func %s", strings.TrimSuffix(name, short)+short)
	}
	return nil
}
