package store

import (
	"context"
	"database/sql"
	"errors"
)

// Begin starts the transaction of a call. What the call did is kept when it
// succeeds, and undone when it ends in any other way.
//
//mcp:provide
func Begin(ctx context.Context, db *sql.DB) (*sql.Tx, func(error) error, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	end := func(failure error) error {
		if failure == nil {
			return tx.Commit()
		}
		err := tx.Rollback()
		if errors.Is(err, sql.ErrTxDone) {
			return nil // a call that was cancelled has been rolled back already
		}
		return err
	}
	return tx, end, nil
}
