// Package optional tells a member that is not there from one that is null: an
// update keeps the one and clears the other.
package optional

import (
	"fmt"
	"strings"

	"github.com/mcpgen/mcpgen/runtime"
)

// Update changes a person.
type Update struct {
	// How friends call them.
	Nickname runtime.Optional[string] `json:"nickname,omitzero" jsonschema:"minLength=2"`
	Age      runtime.Optional[int]    `json:"age" jsonschema:"maximum=150"`
	// Nobody has one by default.
	Badge runtime.Optional[int64]   `json:"badge" jsonschema:"default=7"`
	Home  runtime.Optional[Address] `json:"home,omitempty"`
	Tags  runtime.Optional[[]Tag]   `json:"tags" jsonschema:"maxItems=2,required"`
	// The first and the last day.
	Days  runtime.Optional[[2]string] `json:"days" jsonschema:"enum=mon,enum=tue"`
	Marks []runtime.Optional[bool]    `json:"marks,omitempty"`
}

// Address is a place.
type Address struct {
	City string                   `json:"city"`
	Zip  runtime.Optional[string] `json:"zip" jsonschema:"pattern=^[0-9]+$"`
}

// Tag is a colour.
type Tag string

// The colours.
const (
	Red  Tag = "red"
	Blue Tag = "blue"
)

// Change returns the update as it was understood.
//
//mcp:tool
func Change(in Update) Update { return in }

// ChangeStrictly returns the update as it was understood.
//
//mcp:tool strict
func ChangeStrictly(in Update) Update { return in }

// Rename says what it would do with both names.
//
//mcp:tool
//mcp:param last maxLength=8
func Rename(first, last runtime.Optional[string]) string {
	var out []string
	for _, name := range []runtime.Optional[string]{first, last} {
		switch value, ok := name.Get(); {
		case ok:
			out = append(out, fmt.Sprintf("set to %q", value))
		case name.IsNull():
			out = append(out, "clear")
		default:
			out = append(out, "keep")
		}
	}
	return strings.Join(out, ", ")
}

// Guess returns a value, or null, or nothing.
//
//mcp:tool
func Guess(what string) runtime.Optional[int] {
	switch what {
	case "value":
		return runtime.Some(1)
	case "null":
		return runtime.Null[int]()
	}
	return runtime.Optional[int]{}
}
