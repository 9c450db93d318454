// Package tagnumbers bounds numbers by struct tags.
package tagnumbers

// Dose is how much of a medicine to take.
type Dose struct {
	// In milligrams.
	Amount float64 `json:"amount" jsonschema:"exclusiveMinimum=0,maximum=1000,multipleOf=0.5"`
	PerDay int     `json:"perDay" jsonschema:"minimum=1,maximum=6,default=3"`
	Days   uint8   `json:"days" jsonschema:"exclusiveMaximum=31"`
	Shift  *int32  `json:"shift,omitempty" jsonschema:"minimum=-12,maximum=12"`
	Step   int64   `json:"step,omitempty" jsonschema:"enum=1,enum=7,enum=30"`
}

// Prescribe adds up a prescription.
//
//mcp:tool
func Prescribe(in Dose) float64 {
	return in.Amount * float64(in.PerDay) * float64(in.Days)
}
