package severalfiles

// View is what can be seen.
type View struct {
	// How close; twice as close is twice as much.
	Scale float64 `json:"scale" jsonschema:"exclusiveMinimum=0"`
}
