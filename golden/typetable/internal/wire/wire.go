// Package wire says how the tools of this case read and write types that are not
// theirs. It is internal, so that its table holds for this case alone.
package wire

import (
	"errors"
	"fmt"

	"github.com/golang-sql/civil"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/mcpgen/mcpgen/golden/typetable/geo"
)

// Types are the types that are written another way than they would be.
//
//mcp:types
type Types struct {
	// An exact amount of money.
	_ decimal.Decimal `jsonschema:"type=string,pattern=^-?[0-9]+(\\.[0-9]+)?$,maxLength=20,example=12.50"`
	// A calendar date.
	_ civil.Date `jsonschema:"type=string,format=date"`
	_ uuid.UUID  `jsonschema:"description=The number of an order." jsonschema_extras:"x-kind=order"`
	// A place as latitude and longitude.
	_ geo.Point `jsonschema:"pattern=^[-0-9.]+\\,[-0-9.]+$,example=52.5\\,13.4" mcp:"decode=ParsePoint,encode=FormatPoint"`
	// A direction in degrees, clockwise from north.
	_ geo.Bearing `jsonschema:"type=number,minimum=0,exclusiveMaximum=360"`
	// An open location code.
	_ geo.PlusCode `jsonschema:"pattern=^[2-9CFGHJMPQRVWX]{8}\\+[2-9CFGHJMPQRVWX]{2\\,3}$,example=9F4MGCCR+2X"`
	_ geo.Track    `jsonschema:"minItems=2,uniqueItems"`
	// A range of numbers.
	_ geo.Span[int] `mcp:"decode=FromLimits,encode=ToLimits"`
}

// ParsePoint reads "52.5,13.4".
func ParsePoint(text string) (geo.Point, error) {
	var lat, lon float64
	if _, err := fmt.Sscanf(text, "%g,%g", &lat, &lon); err != nil {
		return geo.Point{}, errors.New("no latitude and longitude")
	}
	if lat < -90 || lat > 90 {
		return geo.Point{}, fmt.Errorf("a latitude is from -90 to 90, not %g", lat)
	}
	return geo.At(lat, lon), nil
}

// FormatPoint is the inverse of ParsePoint.
func FormatPoint(p geo.Point) (string, error) {
	if p.Lat() == 0 && p.Lon() == 0 {
		return "", errors.New("null island is no place")
	}
	return p.String(), nil
}

// Limits is what a span of numbers looks like in JSON.
type Limits struct {
	// The least.
	From int `json:"from" jsonschema:"minimum=0"`
	// The most.
	To int `json:"to"`
}

// FromLimits makes a span of limits.
func FromLimits(l Limits) geo.Span[int] { return geo.Between(l.From, l.To) }

// ToLimits is the inverse of FromLimits.
func ToLimits(s geo.Span[int]) Limits {
	from, to := s.Ends()
	return Limits{from, to}
}
