package codec

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// didYouMean returns the end of a message that suggests the name nearest to
// sent, or nothing if none is near.
func didYouMean(sent string, names []string) string {
	name, ok := nearest(sent, names)
	if !ok {
		return ""
	}
	return "; did you mean " + quote(name, false) + "?"
}

// nearest returns the name that sent is most likely a slip of. Case does not
// count, and about one letter in three may differ.
func nearest(sent string, names []string) (best string, ok bool) {
	sent = strings.ToLower(sent)
	limit := (len(sent) + 1) / 3
	for _, name := range names {
		if n := len(name) - len(sent); n > limit || -n > limit {
			continue
		}
		if n := levenshtein.ComputeDistance(sent, strings.ToLower(name)); n <= limit {
			best, ok, limit = name, true, n-1
		}
	}
	return best, ok
}
