package codec

import (
	"errors"
	"slices"
	"strings"
)

// EncodeSlice writes an array; nil is the empty one.
func EncodeSlice[E any](e *Encoder, s []E, elem func(*Encoder, E)) {
	e.BeginArray()
	for _, v := range s {
		elem(e, v)
	}
	e.EndArray()
}

// EncodeMap writes an object, its members sorted by name; nil is the empty one.
// Two keys of one name have no JSON form.
func EncodeMap[K comparable, V any](e *Encoder, m map[K]V, key func(*Encoder, K) string, value func(*Encoder, V)) {
	type member struct {
		name  string
		value V
	}
	members := make([]member, 0, len(m))
	for k, v := range m {
		members = append(members, member{key(e, k), v})
	}
	slices.SortFunc(members, func(a, b member) int { return strings.Compare(a.name, b.name) })
	e.BeginObject()
	for i, v := range members {
		e.Name(v.name)
		if i > 0 && members[i-1].name == v.name {
			e.fail(errors.New("two keys have the name " + quote(cut(v.name, maxQuoted))))
			continue
		}
		value(e, v.value)
	}
	e.EndObject()
}

// EncodePointer writes what p points to; nil is null.
func EncodePointer[T any](e *Encoder, p *T, f func(*Encoder, T)) {
	if p == nil {
		e.Null()
		return
	}
	f(e, *p)
}
