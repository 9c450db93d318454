package diag

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest is the valid word that was most likely meant by got: one that begins
// with it, or else the one with the fewest slips. It is "" where none is near, so
// that nonsense is not answered with a guess. Case does not count.
func Nearest(got string, valid []string) string {
	const most = 3 // slips
	best, found := most+1, ""
	lower := strings.ToLower(got)
	for _, v := range valid {
		if len(got) > 2 && strings.HasPrefix(strings.ToLower(v), lower) {
			return v
		}
		d := levenshtein.ComputeDistance(lower, strings.ToLower(v))
		if d < best && d <= (max(len(got), len(v))+2)/3 && d < len(v) {
			best, found = d, v
		}
	}
	return found
}
