package scan

import (
	"go/types"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// nullable recognizes the types that are a value or null: the runtime's Optional
// and the Null types of database/sql.
func (t *typer) nullable(node *model.Type, named *types.Named) bool {
	switch {
	case named == nil:
		return false
	case node.PkgPath == codecPath && node.Name == "Optional":
		// By the name under which users know it.
		node.PkgPath, node.PkgName = runtimePath, "runtime"
		node.Kind, node.Elem = model.Optional, node.Args[0]
		return true
	case node.PkgPath != "database/sql" || !strings.HasPrefix(node.Name, "Null"):
		return false
	}
	value := named.Underlying().(*types.Struct).Field(0) // the other is Valid
	node.Kind, node.Elem, node.Value = model.Null, t.id(value.Type()), value.Name()
	return true
}
