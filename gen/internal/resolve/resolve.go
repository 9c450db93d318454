// Package resolve decides, for every parameter, whether the caller sends it or a
// provider gives it, and in which order the providers run. What it cannot decide
// is a diagnostic; what it decides is a [model.Plan], executed as ordinary calls.
package resolve

import (
	"fmt"
	"go/token"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// Package fills the plan of every tool, resource and prompt of p, and p.Open.
// complete reports whether all of them can be carried out. The plan of a function
// with a mistake, or with a provider that has one, still tells what its arguments
// are, so that their mistakes can be told as well.
func Package(p *model.Package, l *diag.List) (complete bool) {
	r := &resolver{pkg: p, diags: l, sources: newSources(p), state: map[*model.Provider]*resolved{}, complete: true}
	for _, t := range p.Tools {
		t.Plan = r.function(&t.Func, "tool "+t.ToolName, nil)
	}
	for _, res := range p.Resources {
		res.Plan = r.function(&res.Func, "resource "+res.ResourceName, res)
	}
	for _, pr := range p.Prompts {
		pr.Plan = r.function(&pr.Func, "prompt "+pr.PromptName, nil)
	}
	for _, c := range p.Completions {
		c.Plan = r.completion(c)
	}
	// A provider that nothing needs yet is checked as well: its mistake is one.
	for _, provider := range p.Providers {
		if provider.Own {
			r.provider(provider, nil)
		}
	}
	return r.complete
}

type resolver struct {
	pkg     *model.Package
	diags   *diag.List
	sources *sources
	state   map[*model.Provider]*resolved
	open    map[*model.Provider]bool // server-scoped providers already in pkg.Open

	complete bool // every plan can be carried out
}

// resolved is what is known of one provider.
type resolved struct {
	visiting bool
	ok       bool
	args     []model.Source
}

// frame is one link of the chain from a function down to what it needs.
type frame struct {
	what string // "tool analyze", "provider NewRepo"
	pos  token.Position
	// Of a tool, resource or prompt: its parameters, any of which may be an argument.
	params []*model.Param
	// Of a provider: itself, and the parameter that is being resolved.
	provider *model.Provider
	param    *model.Param
}

// chain runs from the outermost function to the innermost.
type chain []frame

// explain adds the chain to d, innermost first.
func (c chain) explain(d *diag.Diagnostic) {
	for i := len(c) - 1; i >= 0; i-- {
		d.Needs(c[i].pos, "needed by %s", c[i].what)
	}
}

// function plans the call of f; resource is nil for tools and prompts.
func (r *resolver) function(f *model.Func, what string, resource *model.Resource) *model.Plan {
	failed := r.diags.Len()
	b, left, up := r.begin(f, what)
	b.arguments(f, left, up)
	r.fields(b, up)
	if resource != nil {
		r.variables(resource, b.plan)
	}
	r.end(b, failed)
	return b.plan
}

// end notes whether the plan can be carried out: without a diagnostic since there
// were failed of them.
func (r *resolver) end(b *planner, failed int) {
	if r.diags.Len() > failed || b.failed {
		r.complete = false
	}
}

// begin plans what is injected into f. It returns the parameters that are left.
func (r *resolver) begin(f *model.Func, what string) (b *planner, left []int, up chain) {
	b = &planner{resolver: r, plan: &model.Plan{}, opened: map[*model.Provider]bool{}}
	up = chain{{what: what, pos: f.Pos, params: f.Params}}

	if f.Recv != nil {
		if source, ok := b.dependency(f.Recv, up); ok {
			b.plan.Recv = &source
		}
	}
	b.plan.Args = make([]model.Source, len(f.Params))
	for i, param := range f.Params {
		if !r.injected(param) {
			left = append(left, i)
			continue
		}
		if len(param.Keywords) > 0 {
			r.diags.Addf(param.Keywords[0].Pos, "//mcp:param is for arguments, and %s is not sent by the caller", param.Name).
				Suggest("remove it: nothing of %s is shown to callers", param.Name)
		}
		if source, ok := b.dependency(param, up); ok {
			b.plan.Args[i] = source
		}
	}
	return b, left, up
}

// injected reports whether param is a dependency rather than an argument: a
// built-in, something provided, or a type that could only be provided. A closed
// interface can be sent, so it is a dependency only where something gives exactly it: a
// provided type that implements it says nothing of where values of it come from.
func (r *resolver) injected(param *model.Param) bool {
	t := r.pkg.Types[param.Type]
	if _, ok := builtin(r.pkg, t); ok {
		return true
	}
	if t.Kind == model.Interface || pointerToStruct(r.pkg, t) {
		return true
	}
	return r.sources.has(param.Type) || r.faulty(param.Type)
}

// pointerToStruct tells dependencies from arguments: an argument struct is taken
// by value, so that a forgotten provider is never mistaken for an argument.
func pointerToStruct(p *model.Package, t *model.Type) bool {
	return t.Kind == model.Pointer && p.Types[t.Elem].Kind == model.Struct
}

// tokenInfo is what a verified token says of the caller.
const tokenInfo model.TypeID = "*github.com/modelcontextprotocol/go-sdk/auth.TokenInfo"

// builtin is the source of a type that the runtime itself provides.
func builtin(p *model.Package, t *model.Type) (model.SourceKind, bool) {
	switch {
	case t.Kind == model.Context:
		return model.FromContext, true
	case t.Kind == model.Logger:
		return model.FromLogger, true
	case t.Kind == model.Header:
		return model.FromHeader, true
	case t.Kind == model.Runtime && t.Name == "Progress":
		return model.FromProgress, true
	case t.Kind == model.Runtime && t.Name == "Ask":
		return model.FromAsk, true
	case t.Kind == model.Runtime && t.Name == "ClientLogger":
		return model.FromClient, true
	case t.ID == tokenInfo:
		return model.FromToken, true
	case t.Kind == model.Pointer && p.Types[t.Elem].Kind == model.Runtime && p.Types[t.Elem].Name == "Catalog":
		return model.FromCatalog, true
	case t.Kind == model.Pointer:
		elem := p.Types[t.Elem]
		return model.FromCall, elem.Kind == model.Runtime && elem.Name == "Call"
	}
	return "", false
}

// planner builds one plan.
type planner struct {
	*resolver
	plan   *model.Plan
	opened map[*model.Provider]bool // call-scoped providers already among the steps
	failed bool
}

// dependency finds the source of param and appends the steps that it needs.
func (b *planner) dependency(param *model.Param, up chain) (model.Source, bool) {
	source, provider, ok := b.lookup(param, up)
	if !ok {
		b.failed = true
		return source, false
	}
	if provider == nil {
		return source, true
	}
	state := b.provider(provider, up)
	if !state.ok {
		b.failed = true
		return source, false
	}
	b.step(provider)
	return source, true
}

// step appends provider behind everything that it needs, each once.
func (b *planner) step(provider *model.Provider) {
	if b.opened[provider] {
		return
	}
	b.opened[provider] = true
	state := b.state[provider]
	for _, source := range state.args {
		if needed := b.sources.byID[source.Provider]; needed != nil {
			b.step(needed)
		}
	}
	step := model.Step{Provider: provider, Args: state.args}
	if provider.Scope == model.CallScope {
		b.plan.Steps = append(b.plan.Steps, step)
		return
	}
	if b.open == nil {
		b.open = map[*model.Provider]bool{}
	}
	if !b.open[provider] {
		b.open[provider] = true
		b.pkg.Open = append(b.pkg.Open, step)
	}
}

// provider resolves what one provider needs, once.
func (r *resolver) provider(provider *model.Provider, up chain) *resolved {
	if state, ok := r.state[provider]; ok {
		if state.visiting {
			r.cycle(provider, up)
			state.ok = false // nothing else is worth saying about the circle
		}
		return state
	}
	state := &resolved{visiting: true, ok: true}
	r.state[provider] = state
	for _, param := range provider.Params {
		down := append(up[:len(up):len(up)], frame{
			what: "provider " + provider.Name, pos: provider.Pos, provider: provider, param: param,
		})
		source, needed, ok := r.lookup(param, down)
		if ok && needed != nil {
			ok = r.provider(needed, down).ok
		}
		if ok {
			ok = r.outlives(provider, param, source, needed)
		}
		state.args = append(state.args, source)
		state.ok = state.ok && ok
	}
	state.visiting = false
	return state
}

// outlives checks that a server-scoped provider needs nothing that ends with a call.
func (r *resolver) outlives(provider *model.Provider, param *model.Param, source model.Source, needed *model.Provider) bool {
	if provider.Scope != model.ServerScope {
		return true
	}
	spelled := r.pkg.Spell(param.Type)
	switch source.Kind {
	case model.FromStep:
		r.diags.Addf(param.Pos, "server-scoped provider %s cannot need %s, which lives for one call", provider.Name, spelled).
			Needs(needed.Pos, "%s is provided by %s with scope=call", spelled, needed.Name).
			Needs(provider.Pos, "needed by provider %s with scope=server", provider.Name).
			Suggest("give %s scope=server, or %s scope=call", needed.Name, provider.Name)
		return false
	case model.FromCall, model.FromProgress, model.FromHeader, model.FromToken, model.FromAsk, model.FromClient:
		r.diags.Addf(param.Pos, "server-scoped provider %s cannot need %s, which belongs to one call", provider.Name, spelled).
			Needs(provider.Pos, "needed by provider %s with scope=server", provider.Name).
			Suggest("give %s scope=call, or take %s where the call is handled", provider.Name, spelled)
		return false
	}
	return true
}

// cycle reports the circle that closes when the innermost frame of up needs provider.
func (r *resolver) cycle(provider *model.Provider, up chain) {
	circle := up
	for len(circle) > 0 && circle[0].provider != provider {
		circle = circle[1:]
	}
	// Whichever way the circle was entered, tell it from its first provider on.
	first := 0
	for i := range circle {
		if before(circle[i].pos, circle[first].pos) {
			first = i
		}
	}
	names := ""
	ordered := make([]frame, 0, len(circle))
	for i := range circle {
		link := circle[(first+i)%len(circle)]
		ordered = append(ordered, link)
		names += link.provider.Name + " -> "
	}
	d := r.diags.Addf(ordered[0].param.Pos, "dependency cycle: %s%s", names, ordered[0].provider.Name)
	for _, link := range ordered {
		d.Needs(link.param.Pos, "%s needs %s", link.provider.Name, r.pkg.Spell(link.param.Type))
	}
	for i := len(up) - len(circle) - 1; i >= 0; i-- {
		d.Needs(up[i].pos, "needed by %s", up[i].what)
	}
	d.Suggest("break the circle: let one of them take what it needs later, as a method argument")
}

func before(a, b token.Position) bool {
	if a.Filename != b.Filename {
		return a.Filename < b.Filename
	}
	return a.Offset < b.Offset
}

// describe names a source of a dependency in a diagnostic.
func (c candidate) describe(p *model.Package) string {
	switch {
	case c.provider != nil && c.own:
		return fmt.Sprintf("%s provides %s", c.provider.Name, p.Spell(c.typ))
	case c.provider != nil:
		return fmt.Sprintf("%s.%s provides %s", c.provider.PkgName, c.provider.Name, p.Spell(c.typ))
	case c.source.Field == "":
		return fmt.Sprintf("the //mcp:deps struct is %s", p.Spell(c.typ))
	}
	return fmt.Sprintf("field %s of the //mcp:deps struct has type %s", c.source.Field, p.Spell(c.typ))
}
