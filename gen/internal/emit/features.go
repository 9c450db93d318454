package emit

import (
	"iter"

	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// features are what clients have to be told of because something asks for it.
func (e *emitter) features() []jen.Code {
	used := map[model.SourceKind]bool{}
	for _, c := range e.plans {
		for source := range sources(c.plan) {
			used[source.Kind] = true
		}
	}
	for _, step := range e.pkg.Open {
		for _, source := range step.Args {
			used[source.Kind] = true
		}
	}
	var features []jen.Code
	if used[model.FromCatalog] {
		features = append(features, runtimeName("Subscriptions"))
	}
	if used[model.FromClient] {
		features = append(features, runtimeName("ClientLogging"))
	}
	return features
}

// sources are all sources of a plan.
func sources(plan *model.Plan) iter.Seq[model.Source] {
	return func(yield func(model.Source) bool) {
		for _, step := range plan.Steps {
			for _, s := range step.Args {
				if !yield(s) {
					return
				}
			}
		}
		for _, s := range plan.Args {
			if !yield(s) {
				return
			}
		}
		for _, f := range plan.Fields {
			if !yield(f.Source) {
				return
			}
		}
		if plan.Recv != nil {
			yield(*plan.Recv)
		}
	}
}
