package scan

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/directive"
)

// unit is one package while it is scanned.
type unit struct {
	program *program
	pkg     *packages.Package
	folder  *folder
	target  bool
	diags   *diag.List
	broken  bool // does not compile
	// incomplete tells that a table has a mistake in a row that the package asks for.
	incomplete bool

	server    *directive.Server
	deps      *directive.Deps
	depsType  *types.TypeName
	rows      []*row      // of //mcp:types tables, in source order
	functions []*function // with directives, and without mistakes, in source order
	faulty    []*function // providers with mistakes
	plain     []*function // methods without directives, in source order
}

// function is one function with its directives.
type function struct {
	unit   *unit
	decl   *ast.FuncDecl
	object *types.Func
	main   directive.Directive // what the function is: a tool, resource, prompt or provider
	params []*directive.Param
	// completes has every //mcp:complete: one function may serve several arguments.
	completes []*directive.Complete
	skip      bool
	shape     shape
}

func (f *function) signature() *types.Signature { return f.object.Signature() }

// collect reads every directive of the package.
func (u *unit) collect() {
	u.errors()
	u.broken = u.diags.Len() > 0
	u.folder.foreignFile(u.diags)
	u.cgo()
	files := slices.Clone(u.pkg.Syntax)
	slices.SortFunc(files, func(a, b *ast.File) int {
		return cmp.Compare(u.pos(a.FileStart).Filename, u.pos(b.FileStart).Filename)
	})
	for _, file := range files {
		if !u.stub(file) {
			u.file(file)
		}
	}
}

func (u *unit) pos(at token.Pos) token.Position { return u.program.pos(at) }

func (u *unit) stub(file *ast.File) bool {
	return isStub(u.pos(file.FileStart)) && !u.folder.foreign
}

// cgo reports directives in files that are left out because mcpgen, which runs no
// compiler, loads packages without cgo.
func (u *unit) cgo() {
	for _, pos := range u.folder.cgo {
		u.diags.Addf(pos, "this file is built with cgo only, and mcpgen reads packages without cgo").
			Suggest(`move the function to a file that does not import "C"`)
	}
}

// file reads the directives of one file.
func (u *unit) file(file *ast.File) {
	place := map[*ast.CommentGroup]string{} // what stands under a comment that is no place for a directive
	read := map[*ast.CommentGroup]bool{}
	if file.Doc != nil {
		read[file.Doc] = true
		u.packageDoc(file.Doc)
	}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			u.reserved(decl.Name, decl.Recv == nil)
			read[decl.Doc] = true
			u.function(decl)
		case *ast.GenDecl:
			u.genDecl(decl, read, place)
		}
	}
	for _, group := range file.Comments {
		if !read[group] {
			u.misplaced(group, place[group])
		}
	}
}

// reserved reports the user's own declaration of the name that is generated.
func (u *unit) reserved(name *ast.Ident, packageLevel bool) {
	if packageLevel && name.Name == "Register" && u.folder.registers {
		u.diags.Addf(u.pos(name.Pos()), "Register is the function that mcpgen writes for package %s", u.folder.name).
			Suggest("rename it")
	}
}

func (u *unit) genDecl(decl *ast.GenDecl, read map[*ast.CommentGroup]bool, place map[*ast.CommentGroup]string) {
	place[decl.Doc] = "a " + decl.Tok.String() + " declaration"
	if decl.Tok == token.IMPORT {
		place[decl.Doc] = "an import declaration"
	}
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			u.reserved(spec.Name, true)
			doc := typeDoc(decl, spec)
			read[doc] = true
			u.typeDoc(doc, spec)
			ast.Inspect(spec.Type, func(n ast.Node) bool {
				if field, ok := n.(*ast.Field); ok {
					place[field.Doc], place[field.Comment] = "a field or method of a type", "a field or method of a type"
				}
				return true
			})
		case *ast.ValueSpec:
			place[spec.Doc] = "a " + decl.Tok.String() + " declaration"
			for _, name := range spec.Names {
				u.reserved(name, true)
			}
		case *ast.ImportSpec:
			place[spec.Doc] = "an import declaration"
		}
	}
}

// parse reads the directives of a comment.
func (u *unit) parse(doc *ast.CommentGroup) []directive.Directive {
	if doc == nil {
		return nil
	}
	var all []directive.Directive
	for _, c := range doc.List {
		if d := directive.Parse(c.Text, u.pos(c.Slash), u.diags); d != nil {
			all = append(all, d)
		}
	}
	return all
}

// where says where each directive belongs.
var where = map[string]string{
	"tool":     "the doc comment of a function or method",
	"resource": "the doc comment of a function or method",
	"prompt":   "the doc comment of a function or method",
	"param":    "the doc comment of a tool, prompt or resource",
	"complete": "the doc comment of a function or method",
	"provide":  "the doc comment of a function",
	"deps":     "the doc comment of a struct type",
	"oneof":    "the doc comment of an interface type",
	"types":    "the doc comment of a struct type",
	"server":   "the package comment, right above the package clause",
	"skip":     "the doc comment of a method",
}

func (u *unit) misplace(d directive.Directive, on string) {
	origin := d.Origin()
	message := "//mcp:" + origin.Word + " stands alone"
	if on != "" {
		message = "//mcp:" + origin.Word + " is on " + on
	}
	u.diags.Addf(origin.Pos, "%s", message).Suggest("move it to %s", where[origin.Word])
}

// misplaced reports directives in a comment that belongs to nothing which takes any.
func (u *unit) misplaced(group *ast.CommentGroup, on string) {
	for _, c := range group.List {
		if !strings.HasPrefix(c.Text, "//mcp:") {
			continue
		}
		if d := directive.Parse(c.Text, u.pos(c.Slash), u.diags); d != nil {
			u.misplace(d, on)
		}
	}
}

func (u *unit) packageDoc(doc *ast.CommentGroup) {
	for _, d := range u.parse(doc) {
		server, ok := d.(*directive.Server)
		switch {
		case !ok:
			u.misplace(d, "the package comment")
		case u.server != nil:
			u.diags.Addf(server.Pos, "a second //mcp:server in package %s", u.folder.name).Needs(u.server.Pos, "the first is here").
				Suggest("put all keys into one of them")
		default:
			u.server = server
		}
	}
}

func (u *unit) typeDoc(doc *ast.CommentGroup, spec *ast.TypeSpec) {
	for _, d := range u.parse(doc) {
		if _, ok := d.(*directive.OneOf); ok {
			u.oneOf(spec)
			continue
		}
		if table, ok := d.(*directive.Types); ok {
			u.table(table, spec)
			continue
		}
		deps, ok := d.(*directive.Deps)
		if !ok {
			u.misplace(d, "a type declaration")
			continue
		}
		name, _ := u.pkg.TypesInfo.Defs[spec.Name].(*types.TypeName)
		switch {
		case name == nil:
		case !isStruct(name.Type()) || name.IsAlias():
			u.misplace(d, spec.Name.Name+", which is no struct type")
		case spec.TypeParams != nil:
			u.diags.Addf(u.pos(spec.Name.Pos()), "the //mcp:deps struct cannot be generic").Suggest("write the types out")
		case u.deps != nil:
			u.diags.Addf(deps.Pos, "a second //mcp:deps in package %s", u.folder.name).Needs(u.deps.Pos, "the first is here").
				Suggest("put all fields into one struct")
		default:
			u.deps, u.depsType = deps, name
		}
	}
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}
