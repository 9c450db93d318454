// Package mapkeys has maps whose keys are not strings: numbers, enums, and types
// that write themselves as text.
package mapkeys

import "net/netip"

// Colour is the colour of a team.
type Colour string

const (
	Red  Colour = "red"
	Blue Colour = "blue"
)

// Table has maps of each kind.
type Table struct {
	Scores  map[Colour]int        `json:"scores"`
	Rows    map[int][]string      `json:"rows,omitempty"`
	Sizes   map[uint8]float64     `json:"sizes,omitempty"`
	Clients map[netip.Addr]string `json:"clients,omitempty"`
}

// Tally returns the table as it was understood.
//
//mcp:tool
func Tally(in Table) Table { return in }
