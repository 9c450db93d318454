// Package typetable shows a //mcp:types table: types of others that look in JSON as
// the table of another package says.
package typetable

import (
	"github.com/golang-sql/civil"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/mcpgen/mcpgen/golden/typetable/geo"
	"github.com/mcpgen/mcpgen/runtime"
)

// Order is what is to be delivered.
type Order struct {
	ID uuid.UUID `json:"id"`
	// What it costs.
	Price decimal.Decimal `json:"price"`
	// A short price, whose tag goes on top of the row.
	Tip     *decimal.Decimal                  `json:"tip,omitempty" jsonschema:"maxLength=4"`
	Due     civil.Date                        `json:"due,omitzero"`
	To      geo.Point                         `json:"to"`
	Via     []geo.Point                       `json:"via,omitempty" jsonschema:"maxItems=2,maxLength=12"`
	Heading *geo.Bearing                      `json:"heading,omitempty" jsonschema:"maximum=180"`
	Fees    map[string]decimal.Decimal        `json:"fees,omitempty"`
	Stops   map[geo.Point]int                 `json:"stops,omitempty"`
	Code    geo.PlusCode                      `json:"code,omitempty" jsonschema:"maxLength=11"`
	Track   geo.Track                         `json:"track,omitempty"`
	Window  geo.Span[int]                     `json:"window,omitzero"`
	Refund  runtime.Optional[decimal.Decimal] `json:"refund,omitzero"`
}

// Deliver takes an order and tells it back.
//
//mcp:tool
func Deliver(in Order) Order { return in }

// Price says what a delivery costs.
//
//mcp:tool
func Price(to geo.Point, from *geo.Point, day *civil.Date) decimal.Decimal {
	return decimal.RequireFromString("12.50")
}

// Limit returns the numbers that are left.
//
//mcp:tool
func Limit(window geo.Span[int]) geo.Span[int] { return window }

// Center returns the place in the middle.
//
//mcp:tool
func Center(a, b geo.Point) geo.Point {
	return geo.At((a.Lat()+b.Lat())/2, (a.Lon()+b.Lon())/2)
}

// Place is what is known of a place.
//
//mcp:resource uri=place://{at} mime=text/plain
func Place(at geo.Point) string { return at.String() }

// Guide asks for the way.
//
//mcp:prompt
func Guide(to geo.Point) string { return "How do I get to " + to.String() + "?" }
