package gen

import (
	"go/token"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// The parts of a [Package], so that those who read one can name them.
type (
	Tool     = model.Tool
	Resource = model.Resource
	Prompt   = model.Prompt
	Func     = model.Func
	Param    = model.Param
	Rules    = model.Rules
	Plan     = model.Plan
	Source   = model.Source
	Provider = model.Provider
	TypeID   = model.TypeID
)

// The kinds of a [Source].
const (
	FromContext  = model.FromContext
	FromCall     = model.FromCall
	FromProgress = model.FromProgress
	FromLogger   = model.FromLogger
	FromHeader   = model.FromHeader
	FromAsk      = model.FromAsk
	FromInput    = model.FromInput
	FromDeps     = model.FromDeps
	FromServer   = model.FromServer
	FromStep     = model.FromStep
)

// Position renders pos as file:line:col with the file relative to dir.
func Position(dir string, pos token.Position) string { return diag.Position(dir, pos) }
