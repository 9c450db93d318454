package codec

import "testing"

func TestSlips(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"limit", "limit", 0},
		{"limt", "limit", 1},    // left out
		{"limmit", "limit", 1},  // added
		{"linit", "limit", 1},   // replaced
		{"inof", "info", 1},     // swapped
		{"nmae", "name", 1},     // swapped
		{"größe", "grösse", 2},  // letters, not bytes
		{"query", "", 5},        // nothing in common
		{"filter", "since", 4},  // two letters in common
		{"abcd", "badc", 2},     // two swaps
		{"unit", "quantity", 4}, // a part
	} {
		if got := slips(test.a, test.b); got != test.want {
			t.Errorf("slips(%q, %q) = %d, want %d", test.a, test.b, got, test.want)
		}
		if got := slips(test.b, test.a); got != test.want {
			t.Errorf("slips(%q, %q) = %d, want %d", test.b, test.a, got, test.want)
		}
	}
}
