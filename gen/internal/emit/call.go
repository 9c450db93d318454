package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// callable is one function of the user and the generated function that calls it.
type callable struct {
	fn     *model.Func
	plan   *model.Plan
	lower  string // stem of the names around it: analyze
	verb   string // of the generated function: call, read or get; "" for a completion
	name   string // of the generated function: callAnalyze
	args   string // of the generated struct of plain parameters, or ""
	read   string // of the generated function that reads that struct, or ""
	method bool   // needs the server values

	takes   *jen.Statement // type of the input, where the runtime makes it
	results *jen.Statement // type of the first result
	ready   bool           // the user's function returns that type itself
	finish  func(b *block, out *jen.Statement) []jen.Code
}

// newCallable fixes the names of everything that belongs to f.
func (e *emitter) newCallable(f *model.Func, plan *model.Plan, verb string) *callable {
	function := e.function(f)
	c := &callable{fn: f, plan: plan, verb: verb, lower: lower(function), name: e.names.name(verb + function)}
	if len(plan.Input.Params) > 0 {
		c.args = e.names.name(c.lower + "Arguments")
		c.read = e.names.name("decode" + upper(c.args))
	}
	c.method = usesServer(plan)
	return c
}

// usesServer reports whether any value of the plan outlives the call.
func usesServer(plan *model.Plan) bool {
	for s := range sources(plan) {
		if s.Kind == model.FromServer || s.Kind == model.FromDeps {
			return true
		}
	}
	return false
}

// function is the expression for the generated function, as Register passes it.
func (c *callable) function(e *emitter) *jen.Statement {
	if c.method {
		return e.id("v").Dot(c.name)
	}
	return jen.Id(c.name)
}

// inputType is the type that the arguments are decoded into.
func (c *callable) inputType(e *emitter) *jen.Statement {
	switch {
	case c.args != "":
		return jen.Id(c.args)
	case c.plan.Input.Struct != "":
		return e.typ(c.plan.Input.Struct)
	}
	return jen.Struct()
}

// hasInput reports whether the generated function has an arguments parameter.
func (c *callable) hasInput() bool { return c.verb != "read" || !c.plan.Input.None() }

// calls writes a function for each tool, resource and prompt.
func (e *emitter) calls() {
	for _, c := range e.plans {
		e.call(c)
	}
}

func (e *emitter) call(c *callable) {
	e.doc(c.name + c.does(e.link(c.fn)))
	fn := e.file.Func()
	if c.method {
		fn.Params(e.id("v").Op("*").Id(e.values.typeName))
	}
	fn.Id(c.name).ParamsFunc(func(g *jen.Group) {
		g.Add(e.id("ctx")).Qual("context", "Context")
		g.Add(e.id("call")).Op("*").Add(runtimeName("Call"))
		switch {
		case c.takes != nil:
			g.Add(e.id("in")).Add(c.takes)
		case !c.hasInput():
		case c.plan.Input.None():
			g.Id("_").Struct()
		default:
			g.Add(e.id("in")).Add(c.inputType(e))
		}
	}).Params(c.results, jen.Error()).BlockFunc(func(g *jen.Group) { e.body(g, c) })
	e.file.Line()
}

// does says what the generated function does, behind its name.
func (c *callable) does(link string) string {
	if len(c.plan.Steps) == 0 && len(c.plan.Fields) == 0 {
		return " calls [" + link + "]."
	}
	return " provides what [" + link + "] needs and calls it."
}

// link is the function as a documentation link names it.
func (e *emitter) link(f *model.Func) string {
	name := f.Name
	if f.Recv != nil {
		t := e.pkg.Types[f.Recv.Type]
		if t.Kind == model.Pointer {
			t = e.pkg.Types[t.Elem]
		}
		name = t.Name + "." + name
	}
	if f.PkgPath != e.pkg.Path {
		name = f.PkgName + "." + name
	}
	return name
}

// body writes the steps, the call and what becomes of its result.
func (e *emitter) body(g *jen.Group, c *callable) {
	locals := e.names.inner(e.local("ctx"), e.local("call"), e.local("in"), e.local("out"), e.local("err"), e.local("v"))
	b := &block{
		emitter: e,
		scope:   e.id("call").Dot("Scope").Call(),
		logger:  e.id("call").Dot("Logger").Call(),
		catalog: e.id("call").Dot("Catalog").Call(),
		locals:  map[string]string{},
		input: func(param *model.Param) *jen.Statement {
			switch {
			case param == nil:
				return e.id("in")
			case c.takes != nil:
				return e.completionInput(param)
			}
			return e.id("in").Dot(param.Name)
		},
	}
	for _, step := range c.plan.Steps {
		name := e.variable(locals, step.Provider.Result)
		g.List(jen.Id(name), e.id("err")).Op(":=").Add(b.provide(step))
		g.Add(e.failed())
		b.locals[step.Provider.ID()] = name
	}
	for _, f := range c.plan.Fields {
		for _, code := range e.allocate(e.id("in"), f.Field.Path) {
			g.Add(code)
		}
		g.Add(e.selector(e.id("in"), f.Field)).Op("=").Add(b.source(f.Source))
	}

	call := jen.Qual(c.fn.PkgPath, c.fn.Name)
	if c.plan.Recv != nil {
		call = b.source(*c.plan.Recv).Dot(c.fn.Name)
	}
	call.Call(b.sources(c.plan.Args)...)
	switch {
	case c.ready && c.fn.Err:
		g.Return(call)
		return
	case c.ready:
		g.Return(call, jen.Nil())
		return
	case c.fn.Result == "" && c.fn.Err:
		g.If(e.id("err").Op(":=").Add(call), e.id("err").Op("!=").Nil()).Block(jen.Return(jen.Nil(), e.id("err")))
	case c.fn.Result == "":
		g.Add(call)
	case c.fn.Err:
		g.List(e.id("out"), e.id("err")).Op(":=").Add(call)
		g.Add(e.failed())
	default:
		g.Add(e.id("out")).Op(":=").Add(call)
	}
	for _, code := range c.finish(b, e.id("out")) {
		g.Add(code)
	}
}

// failed is the check behind every step.
func (e *emitter) failed() jen.Code {
	return jen.If(e.id("err").Op("!=").Nil()).Block(jen.Return(jen.Nil(), e.id("err")))
}
