// Package numbers has numbers of every width: each is held to its range, and none
// is ever rounded.
package numbers

// Sample has one of each.
type Sample struct {
	Int8    int8    `json:"int8,omitempty"`
	Int16   int16   `json:"int16,omitempty"`
	Int32   int32   `json:"int32,omitempty"`
	Int64   int64   `json:"int64,omitempty"`
	Uint8   uint8   `json:"uint8,omitempty"`
	Uint16  uint16  `json:"uint16,omitempty"`
	Uint32  uint32  `json:"uint32,omitempty"`
	Uint64  uint64  `json:"uint64,omitempty"`
	Float32 float32 `json:"float32,omitempty"`
	Float64 float64 `json:"float64,omitempty"`
	Rune    rune    `json:"rune,omitempty"`
	Celsius Celsius `json:"celsius,omitempty"`
}

// Celsius is a temperature.
type Celsius float32

// Echo returns the numbers as they were understood.
//
//mcp:tool
func Echo(in Sample) Sample { return in }
