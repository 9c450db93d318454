// Package slicesmaps exchanges lists and maps, of plain values and of structs.
package slicesmaps

import (
	"maps"
	"slices"
)

// Entry is one line of a shopping list.
type Entry struct {
	Item     string `json:"item"`
	Quantity int    `json:"quantity"`
}

// Lists are what the members of a household want.
type Lists struct {
	Entries []Entry            `json:"entries"`
	Members map[string][]Entry `json:"members,omitempty"`
	Prices  map[string]float64 `json:"prices,omitempty"`
	Aisles  [][]string         `json:"aisles,omitempty"`
}

// Summary is what to buy.
type Summary struct {
	Total map[string]int `json:"total"`
	Order []string       `json:"order"`
	Cost  float64        `json:"cost"`
}

// Merge adds up the shopping lists of a household.
//
//mcp:tool
func Merge(in Lists) Summary {
	s := Summary{Total: map[string]int{}}
	for _, list := range append(slices.Collect(maps.Values(in.Members)), in.Entries) {
		for _, entry := range list {
			s.Total[entry.Item] += entry.Quantity
			s.Cost += in.Prices[entry.Item] * float64(entry.Quantity)
		}
	}
	for _, aisle := range in.Aisles {
		s.Order = append(s.Order, aisle...)
	}
	return s
}
