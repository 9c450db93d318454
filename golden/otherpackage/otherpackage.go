// Package otherpackage uses types that another package of the module declares.
package otherpackage

import (
	"github.com/mcpgen/mcpgen/golden/otherpackage/geo"
	"github.com/mcpgen/mcpgen/golden/otherpackage/units"
)

// Trip goes from one place to another.
type Trip struct {
	From geo.Place  `json:"from"`
	To   geo.Place  `json:"to"`
	In   units.Unit `json:"in,omitempty" jsonschema:"default=km"`
}

// Distance measures a trip as the crow flies.
//
//mcp:tool
func Distance(in Trip) units.Length {
	dx, dy := in.To.X-in.From.X, in.To.Y-in.From.Y
	return units.Length{Value: max(dx, -dx) + max(dy, -dy), Unit: in.In}
}

// Find looks a place up.
//
//mcp:tool
func Find(in geo.Query) geo.Place {
	var place geo.Place
	place.Name = in.Name
	return place
}
