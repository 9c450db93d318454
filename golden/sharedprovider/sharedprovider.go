// Package sharedprovider needs what another package of the module provides.
package sharedprovider

import (
	"fmt"

	"github.com/mcpgen/mcpgen/golden/sharedprovider/database"
)

// Insert adds a row.
//
//mcp:tool
func Insert(tx *database.Tx, row string) (string, error) {
	if err := tx.Insert(row); err != nil {
		return "", fmt.Errorf("insert: %w", err)
	}
	return "inserted " + row, nil
}

// Rows counts the rows.
//
//mcp:tool
func Rows(db *database.DB) int { return db.Rows() }
