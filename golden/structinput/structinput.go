// Package structinput takes the arguments as one struct, so that each can have a
// comment, rules and a name of its own.
package structinput

import (
	"context"
	"fmt"
)

// SearchInput is what to search for.
type SearchInput struct {
	// What to look for, in plain words.
	Query string `json:"query" jsonschema:"minLength=1"`
	// How many results at most.
	Limit int `json:"limit,omitempty" jsonschema:"minimum=1,maximum=100,default=10"`
	// Also look into archived documents.
	Archived bool `json:"archived,omitempty"`

	normalized string // unexported: no argument
}

// Search finds documents.
//
//mcp:tool
func Search(_ context.Context, in SearchInput) (string, error) {
	in.normalized = fmt.Sprintf("%q limit %d archived %t", in.Query, in.Limit, in.Archived)
	return in.normalized, nil
}
