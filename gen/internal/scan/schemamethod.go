package scan

import (
	"go/types"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// invopopPath is the package whose methods a type may have to describe itself.
const invopopPath = "github.com/invopop/jsonschema"

// schemaMethods are the methods by which types describe themselves to invopop's
// reflector, and what their signatures look like.
var schemaMethods = []struct{ name, signature string }{
	{"JSONSchema", "func() *" + invopopPath + ".Schema"},
	{"JSONSchemaExtend", "func(*" + invopopPath + ".Schema)"},
	{"JSONSchemaAlias", "func() any"},
	{"JSONSchemaProperty", "func(string) any"},
}

// schemaMethod notes the first such method of a type, on the value or its pointer.
// The generator never runs the user's code, and so cannot know what it would say.
func (t *typer) schemaMethod(node *model.Type, named *types.Named) {
	if named == nil || types.IsInterface(named) || named.Obj().Pkg() == nil {
		return
	}
	for _, m := range schemaMethods {
		object, _, _ := types.LookupFieldOrMethod(named, true, nil, m.name)
		if f, ok := object.(*types.Func); ok && signatureOf(f) == m.signature {
			node.SchemaMethod, node.SchemaMethodPos = m.name, t.program.pos(f.Pos())
			return
		}
	}
}

// signatureOf writes the signature of a function without the names of parameters.
func signatureOf(f *types.Func) string {
	text := types.TypeString(unnamedSignature(f.Signature()), (*types.Package).Path)
	return strings.ReplaceAll(text, "interface{}", "any")
}
