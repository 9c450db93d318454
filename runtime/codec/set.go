package codec

// set holds small numbers, without allocation those below 64.
type set struct {
	low  uint64
	high []bool
}

// grow makes room for the numbers below n.
func (s *set) grow(n int) {
	if n > 64 {
		s.high = make([]bool, n-64)
	}
}

// has reports whether i is in the set.
func (s *set) has(i int) bool {
	if i < 64 {
		return s.low&(1<<i) != 0
	}
	return s.high[i-64]
}

// add puts i into the set and returns false if it is there already.
func (s *set) add(i int) bool {
	if s.has(i) {
		return false
	}
	if i < 64 {
		s.low |= 1 << i
	} else {
		s.high[i-64] = true
	}
	return true
}
