// Package task lets clients run tools in the background.
package task

import (
	"context"
	"net/http"

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
func Train(tenant Tenant) string { return "trained for " + string(tenant) }

// Tenant is who pays.
type Tenant string

// TenantOf reads who pays from the request, which a task therefore keeps.
//
//mcp:provide
func TenantOf(header http.Header) Tenant { return Tenant(header.Get("X-Tenant")) }

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
func Peek(call *runtime.Call) string { return call.Name() + ": still there" }
