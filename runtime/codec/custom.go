package codec

import (
	"encoding"
	"encoding/json"
	"slices"
)

// Text reads a string into a type that can unmarshal it. An error of the type
// becomes part of the problem's message.
func Text[T any, P interface {
	*T
	encoding.TextUnmarshaler
}](d *Decoder) T {
	var v T
	t, ok := d.string("a string")
	if !ok {
		return v
	}
	if err := P(&v).UnmarshalText(slices.Clip(t.bytes())); err != nil {
		d.invalid(err)
	}
	return v
}

// Custom reads any value into a type that can unmarshal it. An error of the type
// becomes part of the problem's message.
func Custom[T any, P interface {
	*T
	json.Unmarshaler
}](d *Decoder) T {
	var v T
	d.begin()
	if !d.whole() {
		return v
	}
	if err := P(&v).UnmarshalJSON(slices.Clip(d.last)); err != nil {
		d.invalid(err)
	}
	return v
}

// invalid refuses the value read last because its type returned err.
func (d *Decoder) invalid(err error) {
	d.refuse("expected a valid value, got " + describe(d.last) + ": " + printable(err.Error(), maxReason))
}
