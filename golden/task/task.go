// Package task lets clients run tools in the background.
package task

import (
	"context"

	"github.com/mcpgen/mcpgen/runtime"
)

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

// Publish asks whether it may, and then runs as a task.
//
//mcp:tool task=required askbefore
func Publish(ctx context.Context, ask runtime.Ask[Approval]) (string, error) {
	approval, err := ask(ctx, "Publish?")
	if err != nil {
		return "", err
	}
	return "published for " + approval.By, nil
}

// Approval is what it takes.
type Approval struct {
	By string `json:"by"` // Who approves
}

// Peek looks and answers at once.
//
//mcp:tool task=false
func Peek() string { return "still there" }
