// Package caching says how long clients may keep what they read, and for whom.
package caching

import (
	"time"

	"github.com/mcpgen/mcpgen/runtime"
)

// Rates are the exchange rates of the day.
//
//mcp:resource uri=bank://rates maxage=1h cache=public
func Rates() string { return "1.08" }

// Balance is what a customer has: for nobody else, and stale at once.
//
//mcp:resource uri=bank://balance
func Balance() string { return "12" }

// Statement is the statement of a month, which does not change any more once the
// month is over.
//
//mcp:resource uri=bank://statements/{month} maxage=1m
func Statement(month int, call *runtime.Call) string {
	if month < 11 {
		call.SetCaching(runtime.Caching{MaxAge: 24 * time.Hour})
	}
	return "all well"
}
