// Package units has lengths.
package units

// Unit is a unit of length.
type Unit string

const (
	// Kilometre is used in most of the world.
	Kilometre Unit = "km"
	// Mile is 1.609 of them.
	Mile Unit = "mi"
)

// Length is a length.
type Length struct {
	Value float64 `json:"value"`
	Unit  Unit    `json:"unit"`
}
