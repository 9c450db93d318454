package codec

import (
	"bytes"
	"strings"
)

// lone reports whether the value that is next, where an array is expected, can only
// be meant as the one element of it. Text that is empty, or that separates something,
// may be meant otherwise, and so may a value in the place of an array of arrays.
func (d *Decoder) lone() bool {
	if d.options.Strict || d.wrapped || d.naming {
		return false
	}
	switch c := d.peek(); c {
	case '{', 't', 'f', '-':
		return true
	case '"':
		s := d.scanner // whose fault, if any, is for who reads the text
		t := s.text()
		content := bytes.TrimSpace(t.bytes())
		return !s.dead && len(content) > 0 && content[0] != '[' && content[0] != '{' && !bytes.ContainsAny(content, ",;|\n\t")
	default:
		return '0' <= c && c <= '9'
	}
}

// single reads a value that stands for an array of itself. If it is no element, the
// array is what is missed.
func single[E any](d *Decoder, elem func(*Decoder) E) []E {
	before, start := len(d.problems), d.pos
	d.wrapped = true
	v := elem(d)
	d.wrapped = false
	if !d.failed || d.dead || len(d.problems) != before+1 {
		return []E{v}
	}
	if p := d.problems[before]; p.Pointer == pointer(d.path) && strings.HasPrefix(p.Message, "expected ") {
		d.problems = d.problems[:before]
		d.last = d.data[start:d.pos]
		d.expected(container('['))
	}
	return []E{v}
}
