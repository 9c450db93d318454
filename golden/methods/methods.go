// Package methods declares tools on a type: the receiver is a dependency like any
// other, here opened once for the whole server.
package methods

import "fmt"

// Counter counts things by name.
type Counter struct {
	counts map[string]int
}

// NewCounter makes the counter that all calls share.
//
//mcp:provide scope=server
func NewCounter() *Counter { return &Counter{counts: map[string]int{}} }

// Add counts some more of a thing.
//
//mcp:tool name=add
func (c *Counter) Add(thing string, count int) int {
	c.counts[thing] += count
	return c.counts[thing]
}

// Clock tells a time that never changes.
type Clock struct{ hour int }

//mcp:provide
func newClock() Clock { return Clock{hour: 12} }

// Now tells the time.
//
//mcp:tool
func (c Clock) Now() string { return fmt.Sprintf("%d o'clock", c.hour) }

// Counts lists everything that was counted.
//
//mcp:resource uri=counter://all
func (c *Counter) Counts() map[string]int { return c.counts }

// Praise asks for praise of a thing that was counted often.
//
//mcp:prompt
func (c *Counter) Praise(thing string) string {
	return fmt.Sprintf("Praise %s, of which there are %d.", thing, c.counts[thing])
}
