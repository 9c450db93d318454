// Package store keeps the books of the library in SQLite. Its providers give a
// call a repository that works within a transaction of its own.
package store

import (
	"context"
	"database/sql"
	_ "embed"
	"os"

	_ "modernc.org/sqlite" // the driver, in pure Go
)

//go:embed schema.sql
var schema string

// Open opens the database in the file that LIBRARY_DB names, or one in memory,
// and creates what is missing in it.
//
//mcp:provide scope=server
func Open(ctx context.Context) (*sql.DB, func() error, error) {
	name := os.Getenv("LIBRARY_DB")
	if name == "" {
		name = ":memory:"
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, nil, err
	}
	db.SetMaxOpenConns(1) // every connection to :memory: is a database of its own
	if _, err := db.ExecContext(ctx, schema); err != nil {
		db.Close()
		return nil, nil, err
	}
	return db, db.Close, nil
}
