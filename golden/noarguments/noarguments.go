// Package noarguments takes nothing from the caller.
package noarguments

import "context"

// Version is the version of the data.
//
//mcp:tool
func Version(context.Context) (string, error) { return "v3", nil }

// Nothing is an empty struct of arguments: as good as none.
type Nothing struct{}

// Refresh reads the data again.
//
//mcp:tool
func Refresh(in Nothing) {}
