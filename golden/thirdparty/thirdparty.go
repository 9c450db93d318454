// Package thirdparty shows types of other modules without a //mcp:types table: what
// they say of themselves by their methods, and what the comments on their fields say.
package thirdparty

import (
	"github.com/golang-sql/civil"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"golang.org/x/mod/module"
)

// Invoice is what is to be paid.
type Invoice struct {
	Number uuid.UUID `json:"number"`
	// What is to be paid, to the cent.
	Total decimal.Decimal  `json:"total"`
	Tip   *decimal.Decimal `json:"tip,omitempty"`
	Due   civil.Date       `json:"due"`
	// How often somebody was reminded, by day.
	Reminders map[civil.Date]int `json:"reminders,omitempty"`
	Opens     civil.Time         `json:"opens,omitzero"`
}

// Pay pays an invoice and returns it.
//
//mcp:tool
func Pay(in Invoice) Invoice { return in }

// Next returns the number of the invoice behind another.
//
//mcp:tool
func Next(number uuid.UUID, after *civil.Date) (uuid.UUID, error) { return number, nil }

// Latest returns the newest version of a module.
//
//mcp:tool
func Latest(in module.Version) module.Version { return in }
