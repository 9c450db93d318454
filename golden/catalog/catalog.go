// Package catalog changes what the server offers while it runs: it tells those who
// have subscribed to a resource that it changed, and hides a tool from the start.
package catalog

import (
	"sync/atomic"

	"github.com/mcpgen/mcpgen/runtime"
)

// Counter counts.
type Counter struct{ n atomic.Int64 }

// NewCounter hides what is not to be used yet. A provider of the server may ask for
// the catalog as every function may.
//
//mcp:provide scope=server
func NewCounter(catalog *runtime.Catalog) (*Counter, error) {
	return &Counter{}, catalog.HideTools("reset")
}

// Count is how far the counter is.
//
//mcp:resource uri=counter://now
func Count(c *Counter) int64 { return c.n.Load() }

// Add counts on, and tells who wants to know.
//
//mcp:tool
func Add(n int64, c *Counter, catalog *runtime.Catalog) int64 {
	total := c.n.Add(n)
	catalog.ResourceUpdated("counter://now")
	return total
}

// Reset starts again.
//
//mcp:tool
func Reset(c *Counter) { c.n.Store(0) }
