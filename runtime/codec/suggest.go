package codec

import "strings"

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
		if n := slips(sent, strings.ToLower(name)); n <= limit {
			best, ok, limit = name, true, n-1
		}
	}
	return best, ok
}

// slips counts the letters that were left out, added, replaced, or swapped with
// the next one, between a and b.
func slips(a, b string) int {
	from, to := []rune(a), []rune(b)
	var before, last []int // the rows of the table above the one being filled
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		before, last, row = last, row, make([]int, len(to)+1)
		row[0] = i + 1
		for j, s := range to {
			replaced := last[j]
			if r != s {
				replaced++
			}
			row[j+1] = min(replaced, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && r == to[j-1] && from[i-1] == s {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(to)]
}
