// Package runtime has engines.
package runtime

// Engine runs.
type Engine struct{ Speed int }

// New starts an engine.
//
//mcp:provide scope=server
func New() *Engine { return &Engine{Speed: 3} }
