// Package jsonmarshaler has types that read and write their own JSON. Nothing is
// known of its form, so the schema allows any value and the type itself decides.
package jsonmarshaler

import (
	"encoding/json"
	"errors"
)

// Range is two numbers, or one that stands for both.
type Range struct {
	low, high int
}

// MarshalJSON writes [low, high].
func (r Range) MarshalJSON() ([]byte, error) {
	return json.Marshal([]int{r.low, r.high})
}

// UnmarshalJSON reads a number or [low, high].
func (r *Range) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &r.low) == nil {
		r.high = r.low
		return nil
	}
	var both []int
	if json.Unmarshal(data, &both) != nil || len(both) != 2 {
		return errors.New("expected a number or [low, high]")
	}
	r.low, r.high = both[0], both[1]
	return nil
}

// Filter selects by age.
type Filter struct {
	// A number, or the lowest and the highest of them in a list.
	Age   Range    `json:"age"`
	Other []*Range `json:"other,omitempty"`
}

// Widen makes a range one wider at both ends.
//
//mcp:tool
func Widen(in Filter) Filter {
	in.Age.low--
	in.Age.high++
	return in
}
