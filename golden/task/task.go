// Package task lets clients run tools in the background.
package task

import "github.com/mcpgen/mcpgen/runtime"

// Sync copies all documents. A client may wait for it or run it as a task.
//
//mcp:tool task=true ttl=2h poll=5s retries=2 idempotent
func Sync(progress runtime.Progress, folder string) string {
	progress.Report(1, 1, "copied "+folder)
	return "copied"
}

// Train trains a model, for as long as it takes.
//
//mcp:tool task=optional timeout=12h
func Train() {}

// Peek looks and answers at once.
//
//mcp:tool task=false
func Peek() string { return "still there" }
