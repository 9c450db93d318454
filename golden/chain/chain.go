// Package chain has providers that need each other, declared in no particular
// order: the generated code opens them in the one that works.
package chain

import (
	"context"
	"errors"
	"fmt"
)

// Report counts the orders of a customer.
//
//mcp:tool
func Report(ctx context.Context, orders *Orders, customer string) (string, error) {
	return orders.count(ctx, customer)
}

// Orders reads orders.
type Orders struct{ tx *Tx }

func (o *Orders) count(_ context.Context, customer string) (string, error) {
	if customer == "" {
		return "", errors.New("customer is empty")
	}
	return fmt.Sprintf("%s has 2 orders on %s", customer, o.tx.db.name), nil
}

//mcp:provide
func newOrders(tx *Tx) *Orders { return &Orders{tx} }

// Tx is a transaction.
type Tx struct{ db *DB }

//mcp:provide
func begin(_ context.Context, db *DB) (*Tx, error) { return &Tx{db}, nil }

// DB is a database.
type DB struct{ name string }

//mcp:provide scope=server
func openDB(config Config) (*DB, error) { return &DB{config.name}, nil }

// Config says which database to open.
type Config struct{ name string }

//mcp:provide scope=server
func loadConfig() Config { return Config{"sales"} }
