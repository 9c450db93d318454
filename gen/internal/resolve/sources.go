package resolve

import (
	"cmp"
	"go/token"
	"slices"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// candidate is one way to get a value of a type.
type candidate struct {
	typ      model.TypeID
	source   model.Source
	provider *model.Provider // nil for a field of the //mcp:deps struct
	own      bool            // declared in the package itself
	pos      token.Position
}

// sources indexes everything that the package can be given.
type sources struct {
	pkg    *model.Package
	byType map[model.TypeID][]candidate
	byID   map[string]*model.Provider
}

func newSources(p *model.Package) *sources {
	s := &sources{pkg: p, byType: map[model.TypeID][]candidate{}, byID: map[string]*model.Provider{}}
	if p.Deps != nil {
		s.add(candidate{typ: p.Deps.Type, source: model.Source{Kind: model.FromDeps}, own: true, pos: p.Deps.Pos})
		for _, f := range p.Deps.Fields {
			s.add(candidate{typ: f.Type, source: model.Source{Kind: model.FromDeps, Field: f.Name}, own: true, pos: f.Pos})
		}
	}
	for _, provider := range p.Providers {
		s.byID[provider.ID()] = provider
		kind := model.FromStep
		if provider.Scope == model.ServerScope {
			kind = model.FromServer
		}
		s.add(candidate{
			typ:      provider.Result,
			source:   model.Source{Kind: kind, Provider: provider.ID()},
			provider: provider,
			own:      provider.Own,
			pos:      provider.Pos,
		})
	}
	return s
}

func (s *sources) add(c candidate) { s.byType[c.typ] = append(s.byType[c.typ], c) }

// has reports whether anything at all gives id, directly or as an interface.
func (s *sources) has(id model.TypeID) bool { return len(s.find(id)) > 0 }

// find returns the candidates for id, best tier only: those of exactly that type
// before those that implement it, the package's own before the module's.
func (s *sources) find(id model.TypeID) []candidate {
	if exact := s.nearest(s.byType[id]); len(exact) > 0 {
		return exact
	}
	var implementing []candidate
	for _, typ := range s.pkg.Implements[id] {
		for _, c := range s.byType[typ] {
			c.source.Bind = id
			implementing = append(implementing, c)
		}
	}
	return s.nearest(implementing)
}

// nearest keeps the package's own candidates, where there are any.
func (s *sources) nearest(all []candidate) []candidate {
	var own []candidate
	for _, c := range all {
		if c.own {
			own = append(own, c)
		}
	}
	if len(own) > 0 {
		return own
	}
	return all
}

// lookup finds the one source of param, or reports why there is none.
func (r *resolver) lookup(param *model.Param, up chain) (model.Source, *model.Provider, bool) {
	if kind, ok := builtin(r.pkg, r.pkg.Types[param.Type]); ok {
		source := model.Source{Kind: kind}
		if kind == model.FromAsk {
			source.Param = param
		}
		return source, nil, true
	}
	found := r.sources.find(param.Type)
	switch len(found) {
	case 0:
		if !r.faulty(param.Type) {
			r.missing(param, up)
		}
		return model.Source{}, nil, false
	case 1:
		return found[0].source, found[0].provider, true
	}
	r.ambiguous(param, found, up)
	return model.Source{}, nil, false
}

// faulty reports whether id would be provided if the provider had no mistake.
func (r *resolver) faulty(id model.TypeID) bool {
	return slices.ContainsFunc(r.pkg.Faulty, func(broken model.TypeID) bool {
		return broken == id || slices.Contains(r.pkg.Implements[id], broken)
	})
}

// ambiguous reports a dependency that more than one provider could give.
func (r *resolver) ambiguous(param *model.Param, found []candidate, up chain) {
	found = slices.SortedStableFunc(slices.Values(found), func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.pos.Filename, b.pos.Filename), cmp.Compare(a.pos.Offset, b.pos.Offset))
	})
	d := r.diags.Addf(param.Pos, "%d providers for %s", len(found), r.pkg.Spell(param.Type))
	var types []string
	for _, c := range found {
		d.Needs(c.pos, "%s", c.describe(r.pkg))
		types = append(types, r.pkg.Spell(c.typ))
	}
	up.explain(d)
	types = slices.Compact(types)
	switch {
	case len(types) == len(found):
		d.Suggest("ask for one of them by its own type, %s, or keep only one", strings.Join(types, " or "))
	case !found[0].own:
		d.Suggest("keep only one, or provide %s in package %s itself: that one is nearer", types[0], r.pkg.Name)
	default:
		d.Suggest("keep only one, or give the others types of their own")
	}
}

// missing reports a dependency that nothing provides.
func (r *resolver) missing(param *model.Param, up chain) {
	spelled := r.pkg.Spell(param.Type)
	d := r.diags.Addf(param.Pos, "no provider for %s", spelled)
	up.explain(d)
	t := r.pkg.Types[param.Type]
	switch argument := slices.Contains(up[0].params, param); {
	case t.Kind == model.Pointer && r.sources.has(t.Elem):
		d.Suggest("%s itself is provided: ask for it without the pointer", r.pkg.Spell(t.Elem))
	case r.sources.has("*" + param.Type):
		d.Suggest("*%s is provided: ask for the pointer", spelled)
	case t.Kind == model.Interface && argument && t.Name != "" && t.PkgPath == r.pkg.Path && len(t.Args) == 0:
		d.Suggest("no provided type implements %[1]s: add //mcp:provide to a function that returns one, or //mcp:oneof to %[1]s if callers send it", spelled)
	case t.Kind == model.Interface:
		d.Suggest("no provided type implements %s: add //mcp:provide to a function that returns one", spelled)
	case len(up) > 1 && r.vague(t):
		d.Suggest("a provider gets no arguments: read the %s inside it, or take it from a field of a type that is provided", spelled)
	case argument && pointerToStruct(r.pkg, t) && r.pkg.Types[t.Elem].PkgPath == r.pkg.Path:
		d.Suggest("add //mcp:provide to a function that returns %s, or take %s by value if it holds the arguments", spelled, r.pkg.Spell(t.Elem))
	default:
		d.Suggest("add //mcp:provide to a function that returns %s", spelled)
	}
}

// vague reports whether t is a type of many meanings, such as string, of which no
// provider could say which one it gives.
func (r *resolver) vague(t *model.Type) bool {
	switch t.Kind {
	case model.Struct, model.Interface, model.Unsupported, model.Runtime:
		return false
	case model.Pointer:
		return r.vague(r.pkg.Types[t.Elem])
	}
	return t.Name == "" && t.PkgPath == ""
}
