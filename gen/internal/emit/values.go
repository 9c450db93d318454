package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// values are what generated functions keep between calls: the program's
// dependency struct and the server-scoped providers' values.
type values struct {
	typeName string
	deps     bool
	fields   map[string]string // of a provider's value, by provider
}

func newValues(e *emitter) *values {
	v := &values{deps: e.pkg.Deps != nil, fields: map[string]string{}}
	if !v.deps && len(e.pkg.Open) == 0 {
		return v
	}
	v.typeName = e.names.name("serverValues")
	fields := newNamer("deps", "open")
	for _, step := range e.pkg.Open {
		v.fields[step.Provider.ID()] = e.variable(fields, step.Provider.Result)
	}
	return v
}

func (v *values) needed() bool { return v.typeName != "" }

// serverValues writes the struct and the method that fills it.
func (e *emitter) serverValues() {
	if !e.values.needed() {
		return
	}
	name := e.values.typeName
	e.doc(name + " live as long as the server.")
	e.file.Type().Id(name).StructFunc(func(g *jen.Group) {
		if e.values.deps {
			g.Id("deps").Add(e.typ(e.pkg.Deps.Type))
		}
		for _, step := range e.pkg.Open {
			g.Id(e.values.fields[step.Provider.ID()]).Add(e.typ(step.Provider.Result))
		}
	})
	e.file.Line()
	if len(e.pkg.Open) > 0 {
		e.open()
	}
}

// open writes the method that runs the server-scoped providers.
func (e *emitter) open() {
	e.doc("open provides them, in the order in which they need each other.")
	e.file.Func().
		Params(e.id("v").Op("*").Id(e.values.typeName)).
		Id("open").
		Params(e.id("ctx").Qual("context", "Context"), e.id("scope").Op("*").Add(runtimeName("Scope"))).
		Params(e.id("err").Error()).
		BlockFunc(func(g *jen.Group) {
			in := &block{emitter: e, scope: e.id("scope"), logger: e.id("scope").Dot("Logger").Call(), catalog: e.id("scope").Dot("Catalog").Call()}
			for _, step := range e.pkg.Open {
				target := e.id("v").Dot(e.values.fields[step.Provider.ID()])
				g.If(
					jen.List(target, e.id("err")).Op("=").Add(in.provide(step)),
					e.id("err").Op("!=").Nil(),
				).Block(jen.Return(e.id("err")))
			}
			g.Return(jen.Nil())
		})
	e.file.Line()
}

// block is the inside of a generated function that provides values.
type block struct {
	*emitter
	scope   *jen.Statement    // the *runtime.Scope in reach
	logger  *jen.Statement    // the *slog.Logger in reach
	catalog *jen.Statement    // the *runtime.Catalog in reach
	locals  map[string]string // variable of a call-scoped provider, by provider
	input   func(*model.Param) *jen.Statement
}

// provide writes the call of runtime.Provide or runtime.Open that runs a step.
func (b *block) provide(step model.Step) *jen.Statement {
	p := step.Provider
	call := jen.Qual(p.PkgPath, p.Name).Call(b.sources(step.Args)...)
	results := []jen.Code{b.typ(p.Result)}
	switch p.Cleanup {
	case model.CleanupPlain:
		results = append(results, jen.Func().Params())
	case model.CleanupErr:
		results = append(results, jen.Func().Params().Error())
	case model.CleanupOutcome:
		results = append(results, jen.Func().Params(jen.Error()).Error())
	}
	run := "Open"
	if p.Cleanup == model.NoCleanup {
		run = "Provide"
	}
	body := jen.Return(call)
	if !p.Err {
		body = jen.Return(call, jen.Nil())
	}
	return runtimeName(run).Call(b.scope, jen.Lit(p.ID()),
		jen.Func().Params().Params(append(results, jen.Error())...).Block(body))
}

func (b *block) sources(all []model.Source) []jen.Code {
	out := make([]jen.Code, len(all))
	for i, s := range all {
		out[i] = b.source(s)
	}
	return out
}

// source writes the expression that one argument is taken from.
func (b *block) source(s model.Source) *jen.Statement {
	value := b.value(s)
	if s.Bind == "" {
		return value
	}
	return runtimeName("Bind").Types(b.typ(s.Bind)).Call(b.scope, value)
}

func (b *block) value(s model.Source) *jen.Statement {
	switch s.Kind {
	case model.FromContext:
		return b.id("ctx")
	case model.FromCall:
		return b.id("call")
	case model.FromProgress:
		return b.id("call").Dot("Progress").Call()
	case model.FromHeader:
		return b.id("call").Dot("Header").Call()
	case model.FromToken:
		return b.id("call").Dot("Token").Call()
	case model.FromClient:
		return b.id("call").Dot("ClientLogger").Call()
	case model.FromCatalog:
		return b.catalog
	case model.FromLogger:
		return b.logger
	case model.FromAsk:
		return b.ask(s.Param)
	case model.FromInput:
		return b.input(s.Param)
	case model.FromDeps:
		deps := b.id("v").Dot("deps")
		if s.Field != "" {
			deps.Dot(s.Field)
		}
		return deps
	case model.FromServer:
		return b.id("v").Dot(b.emitter.values.fields[s.Provider])
	default: // FromStep
		return jen.Id(b.locals[s.Provider])
	}
}
