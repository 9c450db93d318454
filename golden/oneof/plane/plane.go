// Package plane has a closed interface that another package uses.
package plane

// Vehicle is how something gets about.
//
//mcp:oneof Balloon *Glider
type Vehicle interface{ Wings() int }

// Balloon floats.
type Balloon struct {
	Volume float64 `json:"volume" jsonschema:"exclusiveMinimum=0"`
}

// Wings is none.
func (Balloon) Wings() int { return 0 }

// Glider soars.
type Glider struct {
	Span float64 `json:"span,omitempty"`
}

// Wings is two.
func (Glider) Wings() int { return 2 }
