// Package geo knows places.
package geo

// Place is a point with a name.
type Place struct {
	named
	X float64 `json:"x,omitempty"`
	Y float64 `json:"y,omitempty"`
}

// named is embedded, and only this package can write its name; what it promotes
// can be used everywhere.
type named struct {
	Name string `json:"name"`
}

// Query asks for a place.
type Query struct {
	// Its name, as on the map.
	Name string `json:"name" jsonschema:"minLength=1"`
}
