// Package injection has a dependency and the progress of the call beside the
// arguments. Callers see nothing of either, and cannot send them.
package injection

import (
	"context"
	"sync/atomic"

	"github.com/mcpgen/mcpgen/runtime"
)

// Opened counts the databases that this server has opened.
type Opened struct{ n atomic.Int64 }

//mcp:provide scope=server
func newOpened() *Opened { return new(Opened) }

// DB is a database.
type DB struct{ number int64 }

// OpenDB opens a database for one call.
//
//mcp:provide
func OpenDB(ctx context.Context, opened *Opened) (*DB, error) {
	return &DB{opened.n.Add(1)}, ctx.Err()
}

// Input holds the arguments of Count.
type Input struct {
	// What to count.
	Table string `json:"table"`
}

// Output tells how often a database has been opened.
type Output struct {
	Table  string `json:"table"`
	Opened int64  `json:"opened"`
}

// Count counts the rows of a table.
//
//mcp:tool
func Count(ctx context.Context, in Input, db *DB, p runtime.Progress) (Output, error) {
	p.Report(1, 1, "counted")
	return Output{in.Table, db.number}, ctx.Err()
}
