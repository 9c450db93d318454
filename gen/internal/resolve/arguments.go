package resolve

import (
	"go/token"
	"slices"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// arguments makes the caller's side of the plan from the parameters that are left
// over: one struct, or plain parameters.
func (b *planner) arguments(f *model.Func, left []int, up chain) {
	structAt := slices.IndexFunc(left, func(i int) bool { return b.pkg.Types[f.Params[i].Type].Kind == model.Struct })
	if structAt < 0 {
		for _, i := range left {
			b.plain(f.Params[i], i)
		}
		return
	}
	input := left[structAt]
	b.plan.Input.Struct = f.Params[input].Type
	b.plan.Args[input] = model.Source{Kind: model.FromInput}
	for _, i := range slices.Delete(slices.Clone(left), structAt, structAt+1) {
		param := f.Params[i]
		d := b.diags.Addf(param.Pos, "no provider for %s", b.pkg.Spell(param.Type))
		up.explain(d)
		if b.vague(b.pkg.Types[param.Type]) {
			d.Suggest("the arguments are %s already: make it a field there", b.pkg.Spell(b.plan.Input.Struct))
			continue
		}
		d.Suggest("the arguments are %s already: make it a field there, or add //mcp:provide to a function that returns %s",
			b.pkg.Spell(b.plan.Input.Struct), b.pkg.Spell(param.Type))
	}
	for _, keyword := range f.Params[input].Keywords {
		b.diags.Addf(keyword.Pos, "//mcp:param is for plain parameters, and %s is a struct", f.Params[input].Name).
			Suggest("put %s into the jsonschema tag of the field", keyword.Key)
	}
}

func (b *planner) plain(param *model.Param, at int) {
	if param.Name == "" || param.Name == "_" {
		b.diags.Addf(param.Pos, "an argument needs a name, and this parameter has none").
			Suggest("name it as the caller should send it")
		return
	}
	b.plan.Input.Params = append(b.plan.Input.Params, param)
	b.plan.Args[at] = model.Source{Kind: model.FromInput, Param: param}
}

// fields plans the `mcp:"inject"` fields of the argument struct.
func (r *resolver) fields(b *planner, up chain) {
	input := b.plan.Input.Struct
	if input == "" {
		return
	}
	for _, field := range r.pkg.Types[input].Fields {
		if !field.Inject {
			continue
		}
		source, ok := b.dependency(&model.Param{Name: field.GoName, Type: field.Type, Pos: field.Pos}, up)
		if ok {
			b.plan.Fields = append(b.plan.Fields, model.FieldSource{Field: field, Source: source})
		}
	}
	r.nested(input)
}

// nested reports inject fields below the argument struct, where nothing fills them.
func (r *resolver) nested(root model.TypeID) {
	seen := map[model.TypeID]bool{}
	var walk func(model.TypeID)
	walk = func(id model.TypeID) {
		t := r.pkg.Types[id]
		if id == "" || t == nil || seen[id] {
			return
		}
		seen[id] = true
		walk(t.Elem)
		for _, v := range t.Variants {
			walk(v.Type)
		}
		for _, field := range t.Fields {
			if field.Inject && id != root {
				r.diags.Addf(field.Pos, "only the argument struct itself can have injected fields, and %s is part of it", r.pkg.Spell(id)).
					Suggest("move the field to %s, or make it a parameter", r.pkg.Spell(root))
			}
			if !field.Inject {
				walk(field.Type)
			}
		}
	}
	walk(root)
}

// variables matches the variables of a resource's URI with its arguments.
func (r *resolver) variables(res *model.Resource, plan *model.Plan) {
	arguments := r.named(plan.Input)
	names := make([]string, len(arguments))
	for i, a := range arguments {
		names[i] = a.name
	}
	variables := make([]string, len(res.Variables))
	meant := map[string]bool{} // arguments that a misspelt variable means
	for i, v := range res.Variables {
		variables[i] = v.Name
		if slices.Contains(names, v.Name) {
			continue
		}
		d := r.diags.Addf(v.Pos, "URI variable %s has no parameter", v.Name).
			Needs(res.Pos, "in resource %s", res.ResourceName)
		if near := diag.Nearest(v.Name, names); near != "" {
			meant[near] = true
			d.Suggest("did you mean %s?", near)
		} else {
			d.Suggest("add a parameter %s", v.Name)
		}
	}
	for _, a := range arguments {
		switch {
		case slices.Contains(variables, a.name):
			if !flat(r.pkg, a.typ, true) {
				r.diags.Addf(a.pos, "%s cannot come from a URI: %s is neither text, a number, a boolean nor a list of them", a.name, r.pkg.Spell(a.typ)).
					Suggest("take text and read it in the function")
			}
		case !meant[a.name]:
			r.diags.Addf(a.pos, "%s %s is not in the URI %s, and so can never be sent", a.what, a.name, res.URI).
				Needs(res.URIPos, "the URI of resource %s", res.ResourceName).
				Suggest("add {%s} to the URI", a.name)
		}
	}
}

// argument is one name that a caller may send.
type argument struct {
	what string // "parameter" or "field"
	name string
	typ  model.TypeID
	pos  token.Position
}

func (r *resolver) named(in model.Input) []argument {
	var all []argument
	for _, param := range in.Params {
		all = append(all, argument{"parameter", param.Name, param.Type, param.Pos})
	}
	if in.Struct != "" {
		for _, field := range r.pkg.Types[in.Struct].Fields {
			if !field.Inject {
				all = append(all, argument{"field", field.Name, field.Type, field.Pos})
			}
		}
	}
	return all
}

// flat reports whether a value of the type can be read from text.
func flat(p *model.Package, id model.TypeID, list bool) bool {
	t := p.Types[id]
	switch t.Kind {
	case model.Struct, model.OneOf, model.Map, model.Any, model.Raw, model.Interface, model.Runtime, model.Unsupported:
		return false
	case model.Slice, model.Array:
		return list && flat(p, t.Elem, false)
	case model.Pointer, model.Optional, model.Null, model.Mapped:
		return flat(p, t.Elem, list)
	}
	return true
}
