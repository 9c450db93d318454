// Package pointers has pointers to all kinds of values: nil is absence, and a
// default is what they point to where the caller says nothing.
package pointers

import (
	"strings"
	"time"
)

// Level is how loud something is.
type Level string

const (
	Low  Level = "low"
	High Level = "high"
)

// Patch changes what it names, and leaves the rest alone.
type Patch struct {
	Name   *string         `json:"name,omitempty" jsonschema:"minLength=1"`
	Level  *Level          `json:"level,omitempty" jsonschema:"default=high"`
	Limit  *int64          `json:"limit,omitempty" jsonschema:"default=5,minimum=1"`
	Wait   *time.Duration  `json:"wait,omitempty" jsonschema:"default=1m"`
	Until  *time.Time      `json:"until,omitzero"`
	Tags   *[]string       `json:"tags,omitempty"`
	Counts *map[string]int `json:"counts,omitempty"`
	Pair   *[2]int         `json:"pair,omitempty"`
	Twice  **bool          `json:"twice,omitempty"`
	List   []*int          `json:"list,omitempty"`
	Next   *Patch          `json:"next,omitempty"`
}

// Apply returns the patch as it was understood.
//
//mcp:tool
func Apply(in Patch) Patch { return in }

// Adjust takes pointers as plain parameters.
//
//mcp:tool
//mcp:param level default=low
func Adjust(level *Level, tags *[]string) string {
	text := "level " + string(*level)
	if tags != nil {
		text += " for " + strings.Join(*tags, " and ")
	}
	return text
}
