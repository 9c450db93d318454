package scan

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/directive"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// function reads one function declaration. It is kept when it is something and
// without mistakes.
func (u *unit) function(decl *ast.FuncDecl) {
	object, _ := u.pkg.TypesInfo.Defs[decl.Name].(*types.Func)
	f := &function{unit: u, decl: decl, object: object}
	mistakes := u.diags.Len()
	ok := f.assign(u.parse(decl.Doc))
	switch {
	case object == nil:
	case f.main != nil:
		ok = f.check() && ok
		_, provider := f.main.(*directive.Provide)
		switch {
		case provider && u.diags.Len() > mistakes:
			// Also for a misspelt key: other packages would take what is left of the
			// directive for all that it says.
			u.faulty = append(u.faulty, f)
		case ok:
			u.functions = append(u.functions, f)
		}
	case decl.Recv != nil && !f.skip:
		u.plain = append(u.plain, f)
	}
}

// assign gives each directive its role. It reports whether they go together.
func (f *function) assign(all []directive.Directive) bool {
	ok := true
	for _, d := range all {
		switch d := d.(type) {
		case *directive.Skip:
			f.skip = true
		case *directive.Param:
			f.params = append(f.params, d)
		case *directive.Deps, *directive.OneOf, *directive.Types, *directive.Server:
			f.unit.misplace(d, "a function")
			ok = false
		case *directive.Complete:
			ok = f.complete(d) && ok
		default:
			if f.main != nil {
				f.second(d.Origin())
				ok = false
				continue
			}
			f.main = d
		}
	}
	for _, p := range f.params {
		if f.main != nil && f.described() {
			continue
		}
		d := f.unit.diags.Addf(p.Pos, "//mcp:param on a function that is no tool, prompt or resource")
		if f.main != nil {
			d.Suggest("remove it: callers never see what a %s needs", f.role())
		} else {
			d.Suggest("add //mcp:tool, or remove it")
		}
		ok = false
	}
	if f.skip && f.main != nil {
		f.unit.diags.Addf(f.main.Origin().Pos, "//mcp:%s and //mcp:skip on one function", f.main.Origin().Word).Suggest("remove one of them")
		ok = false
	}
	return ok
}

// second reports a directive on a function that is something already.
func (f *function) second(d *directive.Source) {
	first := f.main.Origin()
	report := f.unit.diags.Addf(d.Pos, "//mcp:%s on a function that is already a %s", d.Word, f.role()).
		Needs(first.Pos, "//mcp:%s is here", first.Word)
	if d.Word == first.Word {
		report.Suggest("put all keys into one line")
		return
	}
	report.Suggest("write a function for each; one can call the other")
}

// role is what the function is, in words.
func (f *function) role() string {
	switch word := f.main.Origin().Word; word {
	case "provide":
		return "provider"
	case "complete":
		return "completion"
	default:
		return word
	}
}

// described reports whether clients read of the function and its parameters.
func (f *function) described() bool {
	switch f.main.(type) {
	case *directive.Provide, *directive.Complete:
		return false
	}
	return true
}

func (f *function) name() string { return f.decl.Name.Name }

// pos is the place of the function's name.
func (f *function) pos() token.Position { return f.unit.pos(f.decl.Name.Pos()) }

// check reports what generated code could not call. It reports whether it could.
// A function that mentions an undefined type is left out without a word, as the
// type error already says it.
func (f *function) check() bool {
	if f.invalid() {
		return false
	}
	before := f.unit.diags.Len()
	_, provider := f.main.(*directive.Provide)
	f.checkKind()
	f.checkParams()
	if provider {
		f.checkProvider()
	} else {
		f.checkResults()
	}
	sound := f.unit.diags.Len() == before
	if f.described() {
		f.checkParamDirectives()
		f.checkDescription()
	}
	return sound
}

func (f *function) checkDescription() {
	if text := strings.TrimSuffix(f.description(), "."); text == "" || text == f.name() {
		f.unit.diags.Addf(f.pos(), "%s %s has no description", f.role(), f.name()).
			Suggest("write a doc comment: it is what a model reads to choose the %s", f.role())
	}
}

func (f *function) invalid() bool {
	sig := f.signature()
	return sig.Recv() != nil && invalid(sig.Recv().Type()) || invalidTuple(sig.Params()) || invalidTuple(sig.Results())
}

func (f *function) checkKind() {
	sig, diags, name := f.signature(), f.unit.diags, f.name()
	switch {
	case name == "_" || f.decl.Recv == nil && (name == "init" || name == "main" && f.unit.folder.name == "main"):
		diags.Addf(f.pos(), "%s cannot be a %s: no other code can call it", name, f.role()).Suggest("move //mcp:%s to a function of its own", f.main.Origin().Word)
	case sig.TypeParams().Len() > 0:
		diags.Addf(f.pos(), "generic function %s cannot be a %s: generated code would not know its types", name, f.role()).
			Suggest("write a function without type parameters that calls it")
	case sig.RecvTypeParams().Len() > 0:
		diags.Addf(f.pos(), "method %s of a generic type cannot be a %s: generated code would not know its types", name, f.role()).
			Suggest("write a function without type parameters that calls it")
	}
	if sig.Variadic() {
		last := sig.Params().At(sig.Params().Len() - 1)
		diags.Addf(f.unit.pos(last.Pos()), "variadic parameter of %s %s", f.role(), name).
			Suggest("take %s instead", f.unit.spell(last.Type()))
	}
}

func (f *function) checkParams() {
	for i := range f.signature().Params().Len() {
		v := f.signature().Params().At(i)
		if i == 0 || typeName(v.Type()) != "context.Context" {
			continue
		}
		if typeName(f.signature().Params().At(0).Type()) == "context.Context" {
			f.unit.diags.Addf(f.unit.pos(v.Pos()), "a second context.Context of %s %s", f.role(), f.name()).
				Suggest("remove it: there is one context of a call")
			continue
		}
		f.unit.diags.Addf(f.unit.pos(v.Pos()), "context.Context is not the first parameter of %s %s", f.role(), f.name()).
			Suggest("move it to the front")
	}
}

func (f *function) checkParamDirectives() {
	var names []string
	for v := range f.signature().Params().Variables() {
		if v.Name() != "" && v.Name() != "_" {
			names = append(names, v.Name())
		}
	}
	seen := map[string]*directive.Param{}
	for _, p := range f.params {
		switch {
		case p.Name == "":
		case !slices.Contains(names, p.Name):
			d := f.unit.diags.Addf(p.NamePos, "%s %s has no parameter %s", f.role(), f.name(), p.Name)
			if near := diag.Nearest(p.Name, names); near != "" {
				d.Suggest("write %s", near)
			} else if f.takesStruct() {
				d.Suggest("the fields of a struct are described by comments and jsonschema tags")
			} else if len(names) > 0 {
				d.Suggest("valid are %s", strings.Join(names, ", "))
			}
		case seen[p.Name] != nil:
			f.unit.diags.Addf(p.NamePos, "a second //mcp:param %s", p.Name).Needs(seen[p.Name].NamePos, "the first is here").
				Suggest("put everything into one line")
		default:
			seen[p.Name] = p
		}
	}
}

func (f *function) takesStruct() bool {
	for v := range f.signature().Params().Variables() {
		if isStruct(v.Type()) {
			return true
		}
	}
	return false
}

// keywords are what //mcp:param says of a parameter.
func (f *function) keywords(name string) []model.Keyword {
	for _, p := range f.params {
		if p.Name == name {
			return p.Keywords
		}
	}
	return nil
}
