// Package extras passes further keywords on to the schema: titles, examples,
// deprecation, and whatever else jsonschema_extras names.
package extras

// Shot is a picture to take.
type Shot struct {
	// Seconds of exposure.
	Exposure float64 `json:"exposure" jsonschema:"title=Exposure,example=0.01,example=2"`
	Film     string  `json:"film,omitempty" jsonschema:"deprecated=true" jsonschema_description:"The film, from the time before sensors."`
	Note     string  `json:"note,omitempty" jsonschema_extras:"x-widget=textarea,x-rows=3"`
}

// Shoot takes a picture.
//
//mcp:tool
func Shoot(in Shot) error { return nil }
