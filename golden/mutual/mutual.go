// Package mutual has two types that hold each other.
package mutual

import "strings"

// Group is a pair of parentheses.
type Group struct {
	Terms []Term `json:"terms" jsonschema:"minItems=1"`
}

// Term is a word or a group.
type Term struct {
	Word  string `json:"word,omitempty"`
	Group *Group `json:"group,omitempty"`
}

// Render writes an expression on one line.
//
//mcp:tool
func Render(expression Group) string {
	var words []string
	for _, term := range expression.Terms {
		if term.Group != nil {
			words = append(words, "("+Render(*term.Group)+")")
			continue
		}
		words = append(words, term.Word)
	}
	return strings.Join(words, " ")
}
