// Package resultlist returns lists, wrapped as the member "result".
package resultlist

import "strings"

// Match is where a word was found.
type Match struct {
	Word string `json:"word"`
	At   int    `json:"at"`
}

// Find finds words in a text.
//
//mcp:tool
func Find(text string, words []string) []Match {
	var found []Match
	for _, word := range words {
		if at := strings.Index(text, word); at >= 0 {
			found = append(found, Match{word, at})
		}
	}
	return found
}

// Split splits a text into its words.
//
//mcp:tool
func Split(text string) []string { return strings.Fields(text) }
