package scan

import "testing"

func TestUnnamed(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, text, want string }{
		{"Analyze", "Analyze runs a query.", "Runs a query."},
		{"OpenDB", "OpenDB opens the database.", "Opens the database."},
		{"Add", "Add adds numbers.", "Adds numbers."},
		{"Search", "Search looks for books.", "Looks for books."},
		{"Limit", "Limit is the largest number.", "The largest number."},
		{"Flags", "Flags are what to set.", "What to set."},
		// In the imperative, and before a noun, the name is part of the sentence.
		{"Add", "Add two numbers.", "Add two numbers."},
		{"Search", "Search books by title.", "Search books by title."},
		{"List", "List files in a folder.", "List files in a folder."},
		{"Month", "Month of the year.", "Month of the year."},
		{"Red", "Redder than green.", "Redder than green."},
		{"Red", "Red", "Red"},
	} {
		if got := unnamed(tc.text, tc.name); got != tc.want {
			t.Errorf("unnamed(%q, %q) = %q, want %q", tc.text, tc.name, got, tc.want)
		}
	}
}
