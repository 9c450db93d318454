package codec

import (
	"bytes"
	"math/big"
	"strings"
)

// Numbers of any size cost more than their length: reading a million digits takes
// seconds. Nobody means so many.
const (
	maxBigLength   = 10_000 // characters
	maxBigExponent = 5      // characters, with the sign
)

// BigInt reads an integer of at most 10,000 digits, unless strict also as text.
func BigInt(d *Decoder) (v big.Int) {
	const expected = "an integer"
	literal := d.digits(expected)
	if d.failed || !d.shortEnough(literal) {
		return v
	}
	whole := parseDecimal(literal)
	digits := strings.ReplaceAll(string(whole.digits), ".", "")
	switch {
	case whole.exponent < 0:
		d.expected(expected)
		return v
	case len(digits)+whole.exponent > maxBigLength:
		d.tooBig()
		return v
	}
	if digits != "" {
		v.SetString(digits+strings.Repeat("0", whole.exponent), 10)
	}
	if whole.negative {
		v.Neg(&v)
	}
	return v
}

// BigFloat reads a number as text, as [big.Float.UnmarshalText] takes it, unless
// strict also as a number. It has the precision of a big.Float that was just made,
// 64 bits.
func BigFloat(d *Decoder) (v big.Float) {
	d.bigText(&v, `a number as text such as "1.5"`)
	return v
}

// BigRat reads a fraction or a number as text, as [big.Rat.UnmarshalText] takes it,
// unless strict also as a number.
func BigRat(d *Decoder) (v big.Rat) {
	d.bigText(&v, `a fraction as text such as "3/4"`)
	return v
}

// bigText reads text, or a number, into v.
func (d *Decoder) bigText(v interface{ UnmarshalText([]byte) error }, expected string) {
	var literal []byte
	if c := d.begin(); (c == '-' || c-'0' <= 9) && !d.options.Strict {
		literal = d.number()
		d.last, d.failed = literal, d.dead
	} else {
		d.ready = true
		t, ok := d.string(expected)
		if !ok {
			return
		}
		literal = t.bytes()
	}
	if d.failed || !d.shortEnough(literal) {
		return
	}
	if err := v.UnmarshalText(literal); err != nil {
		d.expected(expected)
	}
}

// shortEnough refuses the number read last if it is too long to be read further.
func (d *Decoder) shortEnough(literal []byte) bool {
	exponent := literal[bytes.IndexAny(literal, "eEpP")+1:]
	if len(literal) > maxBigLength || len(exponent) < len(literal) && len(exponent) > maxBigExponent {
		d.tooBig()
		return false
	}
	return true
}

func (d *Decoder) tooBig() {
	d.refuse("must have at most 10000 digits, got more")
}
