package codec

import "encoding/json"

// Optional is a value that may be missing in two ways: nobody said anything, or
// somebody said null. The zero value is unset. Generated code leaves an unset
// member of an object out, whatever its tag says; encoding/json does so with the
// option omitzero, and writes null otherwise.
//
// An Optional can be compared with == if a T can.
type Optional[T any] struct {
	value T
	state state
}

type state uint8

const (
	unset state = iota
	null
	present
)

// Some returns an Optional with a value.
func Some[T any](v T) Optional[T] { return Optional[T]{v, present} }

// Null returns an Optional that is null.
func Null[T any]() Optional[T] { return Optional[T]{state: null} }

// Get returns the value, and whether there is one.
func (o Optional[T]) Get() (v T, ok bool) { return o.value, o.state == present }

// Or returns the value or, where there is none, what stands in for it.
func (o Optional[T]) Or(otherwise T) T {
	if o.state == present {
		return o.value
	}
	return otherwise
}

// Set gives o a value.
func (o *Optional[T]) Set(v T) { *o = Some(v) }

// IsNull reports whether o is null, which is not the same as unset.
func (o Optional[T]) IsNull() bool { return o.state == null }

// IsZero reports whether o is unset. The option omitzero of a field's tag asks it.
func (o Optional[T]) IsZero() bool { return o.state == unset }

// MarshalJSON writes the value as encoding/json does, and null without one.
func (o Optional[T]) MarshalJSON() ([]byte, error) {
	if o.state != present {
		return []byte("null"), nil
	}
	return json.Marshal(o.value)
}

// UnmarshalJSON reads null, or a value as encoding/json does. If that fails, o is
// as it was.
func (o *Optional[T]) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*o = Null[T]()
		return nil
	}
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	o.Set(v)
	return nil
}

// OrNull reads null, or a value with f.
func OrNull[T any](d *Decoder, f func(*Decoder) T) Optional[T] {
	v, ok := Nullable(d, f)
	if !ok {
		return Null[T]()
	}
	return Some(v)
}

// Nullable reads a value with f; false means that it is null.
func Nullable[T any](d *Decoder, f func(*Decoder) T) (v T, ok bool) {
	if d.begin() == 'n' {
		d.word("null")
		return v, false
	}
	d.ready = true
	return f(d), true
}

// EncodeOptional writes the value of o with f, and null without one.
func EncodeOptional[T any](e *Encoder, o Optional[T], f func(*Encoder, T)) {
	EncodeNullable(e, o.value, o.state == present, f)
}

// EncodeNullable writes v with f if it is valid, and null otherwise.
func EncodeNullable[T any](e *Encoder, v T, valid bool, f func(*Encoder, T)) {
	if !valid {
		e.Null()
		return
	}
	f(e, v)
}
