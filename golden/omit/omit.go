// Package omit leaves members out: omitempty asks whether a value is empty,
// omitzero whether it is zero, and both make an argument optional.
package omit

import "time"

// Window is a stretch of time.
type Window struct {
	From, To int
}

// Profile has each kind of field that can be left out.
type Profile struct {
	Name    string            `json:"name"`
	Nick    string            `json:"nick,omitempty"`
	Age     int               `json:"age,omitempty"`
	Active  bool              `json:"active,omitempty"`
	Tags    []string          `json:"tags,omitempty"`
	Links   map[string]string `json:"links,omitempty"`
	Parent  *Profile          `json:"parent,omitempty"`
	Born    time.Time         `json:"born,omitzero"`
	Window  Window            `json:"window,omitzero"`
	Scores  []int             `json:"scores,omitzero"`
	Balance *float64          `json:"balance"`
}

// Save returns the profile as it was understood.
//
//mcp:tool
func Save(in Profile) Profile { return in }
