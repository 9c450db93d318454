package codec

import (
	"errors"
	"fmt"
)

// EncodeVariant writes what v points to with f, which writes an object, and in that
// object before all other members the discriminator called name. A v that is nil has
// no JSON form.
func EncodeVariant[T any](e *Encoder, name, value string, v *T, f func(*Encoder, T)) {
	if v == nil {
		e.fail(fmt.Errorf("a nil %T has no JSON form", v))
		return
	}
	e.tagName, e.tagValue = name, value
	f(e, *v)
}

// NoVariant refuses v, which is in an interface of that name and not of a type that
// //mcp:oneof lists for it.
func (e *Encoder) NoVariant(name string, v any) {
	if v == nil {
		e.fail(errors.New("a nil " + name + " has no JSON form; omitempty leaves it out"))
		return
	}
	e.fail(fmt.Errorf("%T is none of the types of %s; add it to //mcp:oneof there", v, name))
}
