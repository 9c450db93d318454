// Package injectfield fills fields of the argument struct from providers.
package injectfield

import (
	"fmt"

	"github.com/mcpgen/mcpgen/runtime"
)

// Clock tells the time.
type Clock struct{ hour int }

//mcp:provide scope=server
func newClock() *Clock { return &Clock{hour: 9} }

// Hours tells hours.
type Hours interface{ Hour() int }

// Hour is the hour.
func (c *Clock) Hour() int { return c.hour }

// Input holds what the caller sends, and what the server adds.
type Input struct {
	Name string `json:"name"`

	Clock    *Clock           `mcp:"inject"`
	Hours    Hours            `mcp:"inject" json:"hours"`
	Progress runtime.Progress `mcp:"inject"`
}

// Greet says hello at the right time.
//
//mcp:tool
func Greet(in Input) string {
	in.Progress.Report(1, 1, "greeted")
	return fmt.Sprintf("Hello %s, it is %d (%d) o'clock", in.Name, in.Clock.hour, in.Hours.Hour())
}
