// Package aliases spells types by other names: an alias is the type itself, a
// defined type is one of its own.
package aliases

import "time"

type (
	// ID is an alias: the generator sees a string.
	ID = string
	// Stamp is an alias of a type of another package.
	Stamp = time.Time
	// Attributes is an alias of a composite type.
	Attributes = map[string][]ID
	// Box is a generic alias.
	Box[T any] = []T
	// Rank is a defined type.
	Rank int
)

// Item is one thing.
type Item struct {
	ID         ID         `json:"id"`
	Made       Stamp      `json:"made"`
	Attributes Attributes `json:"attributes,omitempty"`
	Ranks      Box[Rank]  `json:"ranks,omitempty"`
}

// Thing is an alias of a struct.
type Thing = Item

// Keep returns the item as it was understood.
//
//mcp:tool name=keep
func Keep(in Thing) Thing { return in }
