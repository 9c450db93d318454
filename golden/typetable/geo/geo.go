// Package geo has types that nobody here may change.
package geo

import (
	"encoding/json"
	"fmt"
)

// Point is a place on a map. Its fields are nobody's business.
type Point struct{ lat, lon float64 }

// At returns a Point.
func At(lat, lon float64) Point { return Point{lat, lon} }

// Lat returns the latitude.
func (p Point) Lat() float64 { return p.lat }

// Lon returns the longitude.
func (p Point) Lon() float64 { return p.lon }

// Bearing is a direction, which writes itself as a number.
type Bearing struct{ degrees float64 }

// MarshalJSON implements json.Marshaler.
func (b Bearing) MarshalJSON() ([]byte, error) { return json.Marshal(b.degrees) }

// UnmarshalJSON implements json.Unmarshaler.
func (b *Bearing) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, &b.degrees) }

// PlusCode is an open location code.
type PlusCode string

// Track is a list of places.
type Track []PlusCode

// Span is a pair of anything.
type Span[T any] struct{ from, to T }

// Between returns a Span.
func Between[T any](from, to T) Span[T] { return Span[T]{from, to} }

// Ends returns both ends.
func (s Span[T]) Ends() (from, to T) { return s.from, s.to }

// String is for people.
func (p Point) String() string { return fmt.Sprintf("%g,%g", p.lat, p.lon) }
