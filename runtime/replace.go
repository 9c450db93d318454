package runtime

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
)

// replacements are values that stand in for providers, by [typeOf].
type replacements map[any]*replacement

type replacement struct {
	name  string // of the type, for people
	value any
	used  atomic.Bool
}

// typeOf is a key that is different for every T.
type typeOf[T any] struct{}

// Replace makes value stand in for whatever would provide a T, on the server and
// in every call; the provider of T is not called. T is the exact type of the
// dependency: for one that is an interface, write Replace[Store](fake), which
// stands in for whatever satisfies Store. It is meant for tests, which do not
// have to change generated code for it.
func Replace[T any](value T) Option {
	return func(s *Server) {
		s.replacements[typeOf[T]{}] = &replacement{
			name:  strings.TrimPrefix(fmt.Sprintf("%T", new(T)), "*"),
			value: &value,
		}
	}
}

// replaced returns the value that stands in for a T, if there is one.
func replaced[T any](all replacements) (v T, ok bool) {
	if len(all) == 0 {
		return v, false
	}
	r, ok := all[typeOf[T]{}]
	if !ok {
		return v, false
	}
	r.used.Store(true)
	return *r.value.(*T), true
}

// UnusedReplacements returns the types given to [Replace] for which nothing has
// asked so far, sorted. A test that ends with one has probably replaced a type
// that is not a dependency.
func (s *Server) UnusedReplacements() []string {
	var unused []string
	for _, r := range s.replacements {
		if !r.used.Load() {
			unused = append(unused, r.name)
		}
	}
	slices.Sort(unused)
	return unused
}
