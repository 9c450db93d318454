package resolve

import (
	"slices"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// completion plans the call of a completion, and finds what it completes.
func (r *resolver) completion(c *model.Completion) *model.Plan {
	failed := r.diags.Len()
	b, left, up := r.begin(&c.Func, "completion "+c.Name)
	for _, t := range c.Targets {
		r.target(c, t)
	}
	typed := false
	for _, i := range left {
		param := c.Params[i]
		switch {
		case param.Type != "string":
			d := r.diags.Addf(param.Pos, "no provider for %s", r.pkg.Spell(param.Type))
			up.explain(d)
			d.Suggest("a completion takes %s string, other arguments as strings, and what is provided", model.Typed)
		case param.Name == model.Typed:
			typed = true
		default:
			r.known(c, param)
		}
		b.plan.Args[i] = model.Source{Kind: model.FromInput, Param: param}
	}
	if !typed {
		r.diags.Addf(c.Pos, "completion %s does not take what was typed", c.Name).
			Suggest("add a parameter %s string", model.Typed)
	}
	r.end(b, failed)
	return b.plan
}

// target finds what t is of, and checks that it has the argument and no other
// completion of it.
func (r *resolver) target(c *model.Completion, t *model.Target) {
	if !r.owner(t) {
		return
	}
	names := r.completable(t)
	if !slices.Contains(names, t.Argument) {
		d := r.diags.Addf(t.ArgumentPos, "%s has no %s %s", owner(t), t.Kind(), t.Argument)
		switch near := diag.Nearest(t.Argument, names); {
		case near != "":
			d.Suggest("write argument=%s", near)
		case len(names) > 0:
			d.Suggest("valid are %s", strings.Join(names, ", "))
		}
		return
	}
	for _, other := range r.pkg.Completions {
		for _, first := range other.Targets {
			if first == t {
				return
			}
			if first.Argument == t.Argument && first.OfPrompt == t.OfPrompt && first.OfResource == t.OfResource {
				r.diags.Addf(t.DirectivePos, "a second completion of %s %s of %s", t.Kind(), t.Argument, owner(t)).
					Needs(first.DirectivePos, "%s completes it", other.Name).
					Suggest("keep one of them")
				return
			}
		}
	}
}

// owner finds the prompt or resource template that t names: by its Go function,
// or else as clients know it.
func (r *resolver) owner(t *model.Target) bool {
	if t.Prompt != "" {
		names, prompts := []string{}, map[string]*model.Prompt{}
		for _, p := range r.pkg.Prompts {
			names = append(names, r.goName(&p.Func))
			prompts[p.PromptName] = p
		}
		for _, p := range r.pkg.Prompts {
			prompts[r.goName(&p.Func)] = p
		}
		t.OfPrompt = prompts[t.Prompt]
		if t.OfPrompt == nil {
			r.noOwner(t, "prompt", t.Prompt, names)
		}
		return t.OfPrompt != nil
	}
	names, resources := []string{}, map[string]*model.Resource{}
	for _, res := range r.pkg.Resources {
		resources[res.URI] = res
	}
	for _, res := range r.pkg.Resources {
		resources[r.goName(&res.Func)] = res
		if res.Template() {
			names = append(names, r.goName(&res.Func))
		}
	}
	t.OfResource = resources[t.Resource]
	switch {
	case t.OfResource == nil:
		r.noOwner(t, "resource", t.Resource, names)
	case !t.OfResource.Template():
		r.diags.Addf(t.OwnerPos, "resource %s has no variables to complete", t.OfResource.ResourceName).
			Needs(t.OfResource.URIPos, "its URI is %s", t.OfResource.URI).
			Suggest("make the URI a template, or remove the line")
		return false
	}
	return t.OfResource != nil
}

func (r *resolver) noOwner(t *model.Target, kind, name string, valid []string) {
	d := r.diags.Addf(t.OwnerPos, "package %s has no %s %s", r.pkg.Name, kind, name)
	switch near := diag.Nearest(name, valid); {
	case near != "":
		d.Suggest("write %s=%s", kind, near)
	case len(valid) > 0:
		d.Suggest("valid are %s", strings.Join(valid, ", "))
	default:
		d.Suggest("write //mcp:%s on the function whose arguments are meant", kind)
	}
}

// goName names a function as a directive does: Review, or Desk.Review for a method.
func (r *resolver) goName(f *model.Func) string {
	if f.Recv == nil {
		return f.Name
	}
	return strings.TrimPrefix(r.pkg.Spell(f.Recv.Type), "*") + "." + f.Name
}

// owner names what t is of in a diagnostic.
func owner(t *model.Target) string {
	if t.OfPrompt != nil {
		return "prompt " + t.OfPrompt.PromptName
	}
	return "resource " + t.OfResource.ResourceName
}

// completable are the arguments or variables that a completion of t may be for.
func (r *resolver) completable(t *model.Target) (names []string) {
	switch {
	case t.OfPrompt != nil:
		for _, a := range r.named(t.OfPrompt.Plan.Input) {
			names = append(names, a.name)
		}
	case t.OfResource != nil:
		for _, v := range t.OfResource.Variables {
			names = append(names, v.Name)
		}
	}
	return names
}

// known checks that a parameter is another argument of everything that is
// completed.
func (r *resolver) known(c *model.Completion, param *model.Param) {
	if param.Name == "" || param.Name == "_" {
		r.diags.Addf(param.Pos, "this parameter has no name").
			Suggest("name it %s for what was typed, or like another argument", model.Typed)
		return
	}
	for _, t := range c.Targets {
		if t.OfPrompt == nil && t.OfResource == nil {
			continue
		}
		others := slices.DeleteFunc(r.completable(t), func(name string) bool { return name == t.Argument })
		if slices.Contains(others, param.Name) {
			continue
		}
		d := r.diags.Addf(param.Pos, "%s has no other %s %s", owner(t), t.Kind(), param.Name).
			Needs(t.DirectivePos, "%s is completed here", t.Argument)
		switch near := diag.Nearest(param.Name, append(others, model.Typed)); {
		case param.Name == t.Argument:
			d.Suggest("what was typed of it is the parameter %s", model.Typed)
		case near != "":
			d.Suggest("write %s", near)
		default:
			d.Suggest("valid are %s", strings.Join(append([]string{model.Typed}, others...), ", "))
		}
		return
	}
}
