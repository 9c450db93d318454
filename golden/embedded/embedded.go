// Package embedded promotes the fields of embedded structs, as encoding/json does:
// the outer field wins, a tag names the embedded struct instead of opening it.
package embedded

import "fmt"

// Paging is shared by everything that lists.
type Paging struct {
	// The first row, from zero.
	Offset int `json:"offset,omitempty" jsonschema:"minimum=0"`
	// How many rows.
	Limit int `json:"limit,omitempty" jsonschema:"maximum=1000"`
}

// Sorting is an order of rows.
type Sorting struct {
	By string `json:"by" jsonschema:"enum=name,enum=age"`
}

// Query lists people.
type Query struct {
	Paging
	Sorting `json:"sort"`
	// How many rows; fewer than elsewhere. It hides Paging.Limit.
	Limit int `json:"limit,omitempty" jsonschema:"maximum=10,default=5"`
}

// Page is one page of people.
type Page struct {
	Paging
	Names []string `json:"names"`
}

// List lists people, page by page.
//
//mcp:tool
func List(in Query) Page {
	return Page{Paging: Paging{Offset: in.Offset, Limit: in.Limit}, Names: []string{fmt.Sprintf("by %s", in.By)}}
}
