package directive

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest is the valid word that got is most likely a misspelling of, or "" when
// none is near. Case does not count.
func Nearest(got string, valid []string) string {
	best, found := 4, ""
	lower := strings.ToLower(got)
	for _, v := range valid {
		d := levenshtein.ComputeDistance(lower, strings.ToLower(v))
		if d < best && d <= (max(len(got), len(v))+2)/3 && d < len(v) {
			best, found = d, v
		}
	}
	return found
}

// instead completes a diagnostic: what to write, or all that is valid.
func instead(got string, valid []string, write func(string) string) string {
	if v := Nearest(got, valid); v != "" {
		return "write " + write(v)
	}
	return "valid are " + strings.Join(valid, ", ")
}
