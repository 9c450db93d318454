// Package taglists bounds lists and maps; a rule for values in the tag of a list
// is a rule for its elements.
package taglists

import "strings"

// Poll is a question with its answers.
type Poll struct {
	Answers []string          `json:"answers" jsonschema:"minItems=2,maxItems=4,uniqueItems"`
	Colours []string          `json:"colours,omitempty" jsonschema:"enum=red,enum=green,enum=blue"`
	Weights []int             `json:"weights,omitempty" jsonschema:"minimum=1,maximum=9"`
	Codes   []string          `json:"codes,omitempty" jsonschema:"minItems=1,pattern=^[A-Z]+$"`
	Labels  map[string]string `json:"labels,omitempty" jsonschema:"minProperties=1,maxProperties=2"`
}

// Open opens a poll.
//
//mcp:tool
func Open(in Poll) string { return strings.Join(in.Answers, " or ") + "?" }
