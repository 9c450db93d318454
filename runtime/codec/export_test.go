package codec

// LookedAhead tells what look-aheads have cost: how many objects and arrays they
// noted, and how many bytes they scanned that had been passed before.
func LookedAhead(d *Decoder) (noted, again int) {
	if d.passed == nil {
		return 0, 0
	}
	return len(d.passed.spans), d.passed.again
}
