// Package resultmap returns maps: objects with any members.
package resultmap

import "strings"

// Counts says how often each word occurs.
type Counts map[string]int

// Count counts the words of a text.
//
//mcp:tool
func Count(text string) Counts {
	var counts Counts
	for word := range strings.FieldsSeq(text) {
		if counts == nil {
			counts = Counts{}
		}
		counts[word]++
	}
	return counts
}

// Squares lists numbers with their squares.
//
//mcp:tool
func Squares(numbers []int) map[int]int {
	squares := map[int]int{}
	for _, n := range numbers {
		squares[n] = n * n
	}
	return squares
}
