// Package outcome tells a clean-up how the call ended, so that a transaction
// commits after success and rolls back after an error.
package outcome

import "errors"

// Ledger is what was booked.
type Ledger struct{ total int }

//mcp:provide scope=server
func openLedger() *Ledger { return &Ledger{} }

// Tx is a change that may still be undone.
type Tx struct {
	ledger *Ledger
	amount int
}

// begin starts a change. A commit that fails makes the call fail.
//
//mcp:provide
func begin(ledger *Ledger) (*Tx, func(error) error, error) {
	tx := &Tx{ledger: ledger}
	return tx, func(failed error) error {
		if failed != nil {
			return nil // roll back
		}
		if ledger.total+tx.amount < 0 {
			return errors.New("the balance would be negative")
		}
		ledger.total += tx.amount
		return nil
	}, nil
}

// Book adds an amount, and thinks better of amounts that are too high.
//
//mcp:tool
func Book(tx *Tx, amount int) error {
	tx.amount = amount
	if amount > 100 {
		return errors.New("too much")
	}
	return nil
}

// Balance is what the ledger adds up to.
//
//mcp:tool readonly
func Balance(ledger *Ledger) int { return ledger.total }
