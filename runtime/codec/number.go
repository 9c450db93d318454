package codec

import (
	"encoding/json"
	"math"
	"strconv"
)

// Signed is any signed integer type.
type Signed interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64
}

// Unsigned is any unsigned integer type.
type Unsigned interface {
	~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// Real is any floating-point type.
type Real interface{ ~float32 | ~float64 }

// Int reads an integer within the range of T, also as 5.0 or 5e0, and unless strict
// as "5".
func Int[T Signed](d *Decoder) T {
	n, ok := d.integer()
	if !ok {
		return 0
	}
	i, ok := n.signed()
	v := T(i)
	if !ok || int64(v) != i {
		least, greatest := signedRange[T]()
		d.outOfRange(n.negative, strconv.FormatInt(least, 10), strconv.FormatInt(greatest, 10))
		return 0
	}
	return v
}

// Uint reads an integer within the range of T, also as 5.0 or 5e0, and unless
// strict as "5".
func Uint[T Unsigned](d *Decoder) T {
	n, ok := d.integer()
	if !ok {
		return 0
	}
	v := T(n.magnitude)
	if n.huge || uint64(v) != n.magnitude || n.negative && v != 0 {
		d.outOfRange(n.negative, "0", strconv.FormatUint(uint64(^T(0)), 10))
		return 0
	}
	return v
}

// Float reads a number within the range of T, unless strict also as text. It is
// rounded to the nearest value of T.
func Float[T Real](d *Decoder) T {
	literal := d.digits("a number")
	if d.failed {
		return 0
	}
	bits := 64
	if float64(T(0.1)) != 0.1 {
		bits = 32
	}
	v, err := strconv.ParseFloat(string(literal), bits)
	if err != nil {
		d.floatRange(v, bits)
		return 0
	}
	return T(v)
}

// Number reads a number and keeps its digits, unless strict also as text.
func Number(d *Decoder) json.Number {
	return json.Number(d.digits("a number"))
}

// integer reads an integer; false means that there is none.
func (d *Decoder) integer() (n integer, ok bool) {
	const expected = "an integer"
	literal := d.digits(expected)
	if d.failed {
		return integer{}, false
	}
	// To JSON Schema 5.0 is an integer. Text is described by a pattern of digits.
	n, ok = parseInteger(literal, d.options.Strict && (d.naming || d.quoted))
	if !ok {
		d.expected(expected)
	}
	return n, ok
}

// digits reads a number and returns its text, which may point into the input.
// It sets failed if there is none.
func (d *Decoder) digits(expected string) []byte {
	c := d.begin()
	if c == '-' || c-'0' <= 9 {
		literal := d.number()
		d.last, d.failed = literal, d.dead
		return literal
	}
	if c != '"' || d.options.Strict && !d.naming {
		d.mismatch(expected)
		return nil
	}
	t, ok := d.rest()
	if !ok {
		return nil
	}
	s := scanner{data: t.bytes()}
	literal := s.number()
	if s.dead || s.pos < len(s.data) {
		d.expected(expected)
		return nil
	}
	return literal
}

// outOfRange refuses the number read last.
func (d *Decoder) outOfRange(negative bool, least, greatest string) {
	bound := "most " + greatest
	if negative {
		bound = "least " + least
	}
	d.refuse("must be at " + bound + ", got " + describe(d.last))
}

// floatRange refuses the number read last, which is infinite in a float of so
// many bits.
func (d *Decoder) floatRange(infinite float64, bits int) {
	limit := math.MaxFloat64
	if bits == 32 {
		limit = math.MaxFloat32
	}
	greatest := strconv.FormatFloat(limit, 'g', -1, bits)
	d.outOfRange(infinite < 0, "-"+greatest, greatest)
}

// signedRange returns the least and the greatest value of T.
func signedRange[T Signed]() (least, greatest int64) {
	least = -1
	for twice := least * 2; twice < least && int64(T(twice)) == twice; twice *= 2 {
		least = twice
	}
	return least, ^least
}
