// Package generics uses instances of generic types, each with a schema of its own.
package generics

// Page is a part of a longer list.
type Page[T any] struct {
	Items []T `json:"items"`
	// Where to go on, or nothing at the end.
	Next Option[int] `json:"next,omitzero"`
}

// Option is a value that may be missing.
type Option[T comparable] struct {
	Value T    `json:"value"`
	Set   bool `json:"set"`
}

// Pair has two halves.
type Pair[K comparable, V any] struct {
	Key   K `json:"key"`
	Value V `json:"value"`
}

// City is a place.
type City struct {
	Name string `json:"name"`
}

// Cities names cities, each with its country.
//
//mcp:tool
func Cities(in Page[Pair[string, City]]) Page[string] {
	var out Page[string]
	for _, pair := range in.Items {
		out.Items = append(out.Items, pair.Value.Name+", "+pair.Key)
	}
	out.Next = in.Next
	return out
}
