// Package annotations tells clients what a tool does to the world, so that they
// know when to ask.
package annotations

// Count counts the documents.
//
//mcp:tool title="Count documents" readonly idempotent openworld=false icon=https://example.com/count.svg
func Count() int { return 3 }

// Archive puts a document away; it can be brought back.
//
//mcp:tool destructive=false scopes=docs:read,docs:write
func Archive(id string) {}

// Purge deletes everything for good.
//
//mcp:tool title="Purge" destructive readonly=false timeout=90s
func Purge() error { return nil }
