// Package resultenum returns a value of an enum.
package resultenum

// Verdict is the outcome of a review.
type Verdict string

const (
	// Accept means that it can go in as it is.
	Accept Verdict = "accept"
	// Revise means that something has to change.
	Revise Verdict = "revise"
)

// Review judges a change by its size.
//
//mcp:tool
func Review(lines int) Verdict {
	if lines > 400 {
		return Revise
	}
	return Accept
}
