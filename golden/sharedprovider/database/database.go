// Package database provides a database for all packages of the program. It has no
// tools, and so no generated file.
package database

import "errors"

// DB is a database.
type DB struct{ rows []string }

// Rows is the number of rows.
func (db *DB) Rows() int { return len(db.rows) }

// Open opens the database, once for the whole server.
//
//mcp:provide scope=server
func Open() (*DB, func() error, error) {
	db := &DB{}
	return db, func() error { return nil }, nil
}

// Tx is a transaction.
type Tx struct {
	db   *DB
	rows []string
}

// Insert adds a row, as soon as the transaction commits.
func (tx *Tx) Insert(row string) error {
	if row == "" {
		return errors.New("the row is empty")
	}
	tx.rows = append(tx.rows, row)
	return nil
}

// Begin begins a transaction; it commits when the call succeeds.
//
//mcp:provide
func Begin(db *DB) (*Tx, func(error) error, error) {
	tx := &Tx{db: db}
	return tx, func(failed error) error {
		if failed == nil {
			db.rows = append(db.rows, tx.rows...)
		}
		return nil
	}, nil
}
