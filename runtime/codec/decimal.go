package codec

import (
	"bytes"
	"math/bits"
)

// integer is the exact value of an integral number.
type integer struct {
	magnitude uint64
	negative  bool
	huge      bool // the magnitude does not fit
}

// signed returns n if an int64 can hold it.
func (n integer) signed() (v int64, ok bool) {
	if n.huge {
		return 0, false
	}
	v = int64(n.magnitude)
	if n.negative {
		v = -v
	}
	return v, v == 0 || (v < 0) == n.negative
}

// parseInteger returns the value of a JSON number; false means that it is not
// integral or, if plain, written with a point or an exponent.
func parseInteger(literal []byte, plain bool) (n integer, ok bool) {
	unsigned := literal
	if literal[0] == '-' {
		n.negative = true
		unsigned = literal[1:]
	}
	if len(unsigned) > 19 || digits(unsigned, 0) < len(unsigned) {
		return parseUnusualInteger(literal, plain)
	}
	for _, c := range unsigned {
		n.magnitude = n.magnitude*10 + uint64(c-'0')
	}
	return n, true
}

// parseUnusualInteger is parseInteger for what is long or has a point or an
// exponent.
func parseUnusualInteger(literal []byte, plain bool) (n integer, ok bool) {
	if plain && bytes.ContainsAny(literal, ".eE") {
		return integer{}, false
	}
	v := parseDecimal(literal)
	if v.exponent < 0 {
		return integer{}, false
	}
	n.negative = v.negative
	for _, c := range v.digits {
		if c != '.' && !n.huge {
			n.append(c - '0')
		}
	}
	for ; v.exponent > 0 && !n.huge; v.exponent-- {
		n.append(0)
	}
	return n, true
}

// append appends a decimal digit.
func (n *integer) append(digit byte) {
	high, low := bits.Mul64(n.magnitude, 10)
	sum, carry := bits.Add64(low, uint64(digit), 0)
	n.magnitude, n.huge = sum, high+carry > 0
}

// decimal is the exact value of a number: digits, which may contain a point
// that does not count, times ten to the exponent. There is one decimal for each
// value, apart from that point.
type decimal struct {
	negative bool
	digits   []byte // without zeros at either end; empty for zero
	exponent int    // 0 for zero
}

// maxExponent is where the digits of an exponent stop to count. It is far beyond
// the length of any text, which could make up for it.
const maxExponent = 1e8

// parseDecimal returns the value of a JSON number.
func parseDecimal(literal []byte) decimal {
	var v decimal
	mantissa := literal
	if i := bytes.IndexAny(literal, "eE"); i >= 0 {
		mantissa, v.exponent = literal[:i], parseExponent(literal[i+1:])
	}
	if mantissa[0] == '-' {
		v.negative = true
		mantissa = mantissa[1:]
	}
	if i := bytes.IndexByte(mantissa, '.'); i >= 0 {
		v.exponent -= len(mantissa) - i - 1
	}
	mantissa = bytes.TrimLeft(mantissa, "0.")
	for len(mantissa) > 0 {
		last := mantissa[len(mantissa)-1]
		if last != '0' && last != '.' {
			break
		}
		if last == '0' {
			v.exponent++
		}
		mantissa = mantissa[:len(mantissa)-1]
	}
	if len(mantissa) == 0 {
		return decimal{negative: v.negative}
	}
	v.digits = mantissa
	return v
}

// parseExponent returns the value of the digits and the sign of an exponent.
func parseExponent(s []byte) int {
	sign := 1
	switch s[0] {
	case '-':
		sign = -1
		s = s[1:]
	case '+':
		s = s[1:]
	}
	n := 0
	for _, c := range s {
		if n < maxExponent {
			n = n*10 + int(c-'0')
		}
	}
	return sign * n
}

// equal reports whether v and w are the same number.
func (v decimal) equal(w decimal) bool {
	if v.exponent != w.exponent || v.negative != w.negative {
		return false
	}
	a, b := v.digits, w.digits
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] == '.':
			a = a[1:]
		case b[0] == '.':
			b = b[1:]
		case a[0] != b[0]:
			return false
		default:
			a, b = a[1:], b[1:]
		}
	}
	return len(a) == len(b)
}
