package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// toolCallable makes the callable of a tool: its result becomes a *runtime.Result.
func (e *emitter) toolCallable(t *model.Tool) *callable {
	c := e.newCallable(&t.Func, t.Plan, "call")
	c.results = jen.Op("*").Add(runtimeName("Result"))
	c.ready = e.pkg.ToolShape(t.Result) == model.ShapeNative
	c.finish = func(_ *block, out *jen.Statement) []jen.Code {
		switch e.pkg.ToolShape(t.Result) {
		case model.ShapeEmpty:
			return reply("EmptyResult")
		case model.ShapeText:
			return reply("TextResult", convert("string", out, e.pkg.Types[t.Result]))
		case model.ShapeContent:
			return reply("ContentResult", out)
		case model.ShapeContents:
			return reply("ContentResult", out.Op("..."))
		case model.ShapeWrapped:
			return encoded("WrappedResult", out, e.encodeFunc(t.Result))
		}
		return e.structured(t.Result, out)
	}
	return c
}

// structured replies with a struct or map, reached through a pointer or not.
func (e *emitter) structured(id model.TypeID, out *jen.Statement) []jen.Code {
	t := e.pkg.Types[id]
	if t.Kind != model.Pointer {
		return encoded("StructuredResult", out, e.encodeFunc(id))
	}
	return append([]jen.Code{
		jen.If(out.Clone().Op("==").Nil()).Block(jen.Return(jen.Nil(), runtimeName("ErrNoResult"))),
	}, encoded("StructuredResult", jen.Op("*").Add(out), e.encodeFunc(t.Elem))...)
}

// resourceCallable makes the callable of a resource: its result becomes []runtime.File.
func (e *emitter) resourceCallable(r *model.Resource) *callable {
	c := e.newCallable(&r.Func, r.Plan, "read")
	c.results = jen.Index().Add(runtimeName("File"))
	c.ready = e.pkg.ResourceShape(r.Result) == model.ShapeFiles
	c.finish = func(_ *block, out *jen.Statement) []jen.Code {
		switch e.pkg.ResourceShape(r.Result) {
		case model.ShapeText:
			return reply("TextContents", convert("string", out, e.pkg.Types[r.Result]))
		case model.ShapeBlob:
			return reply("BlobContents", out)
		case model.ShapeNative:
			return reply("FileContents", out)
		}
		return encoded("JSONContents", out, e.encodeFunc(r.Result))
	}
	return c
}

// promptCallable makes the callable of a prompt: its result becomes a *runtime.PromptResult.
func (e *emitter) promptCallable(p *model.Prompt) *callable {
	c := e.newCallable(&p.Func, p.Plan, "get")
	c.results = jen.Op("*").Add(runtimeName("PromptResult"))
	c.ready = e.pkg.PromptShape(p.Result) == model.ShapeNative
	c.finish = func(_ *block, out *jen.Statement) []jen.Code {
		switch e.pkg.PromptShape(p.Result) {
		case model.ShapeText:
			return reply("PromptMessages", runtimeName("User").Call(convert("string", out, e.pkg.Types[p.Result])))
		case model.ShapeContent:
			return reply("PromptMessages", runtimeName("Message").Values(jen.Id("Content").Op(":").Add(out)))
		case model.ShapeMessage:
			return reply("PromptMessages", out)
		}
		return reply("PromptMessages", out.Op("..."))
	}
	return c
}

// reply returns what a constructor of the runtime makes of the arguments.
func reply(constructor string, args ...jen.Code) []jen.Code {
	return []jen.Code{jen.Return(runtimeName(constructor).Call(args...), jen.Nil())}
}

// encoded returns what a constructor makes of a value and the function that writes it.
func encoded(constructor string, args ...jen.Code) []jen.Code {
	return []jen.Code{jen.Return(runtimeName(constructor).Call(args...))}
}
