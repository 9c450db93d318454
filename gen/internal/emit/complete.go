package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// completionCallable makes the callable of a completion: suggestCity for
// CompleteCity.
func (e *emitter) completionCallable(c *model.Completion) *callable {
	named := c.Func
	named.Name = strings.TrimPrefix(named.Name, "Complete")
	if named.Name == "" {
		named.Name = c.Name
	}
	function := e.function(&named)
	return &callable{
		fn: &c.Func, plan: c.Plan, lower: lower(function),
		name:    e.names.name("suggest" + function),
		takes:   runtimeName("CompletionInput"),
		results: jen.Index().String(),
		ready:   true,
		method:  usesServer(c.Plan),
	}
}

// completion registers a completion for one argument.
func (e *emitter) completion(t *model.Target, c *callable) jen.Code {
	var owner []jen.Code
	if t.OfPrompt != nil {
		owner = texts("Prompt", t.OfPrompt.PromptName)
	} else {
		owner = texts("URITemplate", t.OfResource.URI)
	}
	return runtimeName("AddCompletion").Call(
		e.id("s"),
		runtimeName("Completion").Values(append(owner, texts("Argument", t.Argument)...)...),
		c.function(e),
	)
}

// completionInput is what a completion takes from the client: what was typed, or
// another argument as far as it is known.
func (e *emitter) completionInput(param *model.Param) *jen.Statement {
	if param.Name == model.Typed {
		return e.id("in").Dot("Value")
	}
	return e.id("in").Dot("Arguments").Index(text(param.Name))
}

// variableValues is the field with what the variables of a template can be, or
// nothing.
func variableValues(variables []model.Variable) []jen.Code {
	var known []jen.Code
	for _, v := range variables {
		if len(v.Values) == 0 {
			continue
		}
		values := make([]jen.Code, len(v.Values))
		for i, value := range v.Values {
			values[i] = text(value)
		}
		known = append(known, text(v.Name).Op(":").Values(values...))
	}
	if len(known) == 0 {
		return nil
	}
	return []jen.Code{field("Values", jen.Map(jen.String()).Index().String().Custom(
		jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, known...))}
}
