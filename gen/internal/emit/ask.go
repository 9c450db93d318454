package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// ask writes the expression that makes the runtime.Ask of a parameter.
func (b *block) ask(param *model.Param) *jen.Statement {
	name := strings.Trim(param.Name, "_")
	if name == "" {
		name = "ask"
	}
	form, _ := b.pkg.Types[param.Type].Asked()
	return runtimeName("NewAsk").Call(b.id("call"), jen.Lit(model.SnakeCase(name)), jen.Id(b.form(form)), b.decodeFunc(form, nil, name))
}

// form is the name of the constant that describes a form.
func (e *emitter) form(id model.TypeID) string {
	if _, known := e.forms[id]; !known {
		t := e.pkg.Types[id]
		e.forms[id] = e.constant(lower(e.short(id))+"Form", "describes the form that asks for "+article(e.described(t))+" in JSON Schema.", e.pkg.Forms[id])
	}
	return e.forms[id]
}
