// Package typedvariables reads the variables of a URI as typed parameters.
package typedvariables

import (
	"context"
	"fmt"
	"time"
)

// Quarter is a quarter of a year.
type Quarter string

const (
	First  Quarter = "q1"
	Second Quarter = "q2"
)

// Sales are the sales of a quarter in a year.
//
//mcp:resource uri=sales://{year}/{quarter}
//mcp:param year minimum=2000
func Sales(_ context.Context, year int, quarter Quarter) string {
	return fmt.Sprintf("%s of %d", quarter, year)
}

// Visit is who came, and when.
type Visit struct {
	// The day of the visit.
	On    time.Time `json:"on"`
	Guest uint16    `json:"guest"`
	VIP   bool      `json:"vip"`
}

// Visits tells of one visit.
//
//mcp:resource uri=visits://{on}/{guest}/{vip}
func Visits(in Visit) Visit { return in }
