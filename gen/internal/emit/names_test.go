package emit

import "testing"

func TestIdentifiers(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ in, lower, identifier string }{
		{"DB", "db", "db"},
		{"HTTPClient", "httpClient", "httpClient"},
		{"ID2", "id2", "id2"},
		{"Store", "store", "store"},
		{"first-name", "first-name", "firstName"},
		{"2nd", "2nd", "value2nd"},
		{"!", "!", "value"},
	} {
		if got := lower(tc.in); got != tc.lower {
			t.Errorf("lower(%q) = %q, want %q", tc.in, got, tc.lower)
		}
		if got := identifier(tc.in); got != tc.identifier {
			t.Errorf("identifier(%q) = %q, want %q", tc.in, got, tc.identifier)
		}
	}
}
