package codec

import "bytes"

// Quoted reads what encoding/json calls ",string": with f, the JSON that a string
// contains. Unless strict, it also reads the bare value, and JSON with white space
// around it.
func Quoted[T any](d *Decoder, f func(*Decoder) T) T {
	outer, ok := d.openQuoted()
	if !ok {
		var zero T
		return zero
	}
	d.ready, d.quoted = true, outer != nil
	v := f(d)
	d.quoted = false
	if outer != nil && !d.dead {
		d.scanner = *outer
	}
	return v
}

// openQuoted goes to the value that Quoted reads; false means that there is
// none. If the value is in a string, outer is the scanner to go back to.
func (d *Decoder) openQuoted() (outer *scanner, ok bool) {
	const expected = "a string that contains JSON"
	if d.begin() != '"' {
		if d.options.Strict {
			d.mismatch(expected)
			return nil, false
		}
		return nil, true
	}
	start := d.pos
	t, ok := d.rest()
	if !ok {
		return nil, false
	}
	content := t.bytes()
	padded := len(bytes.TrimSpace(content)) < len(content)
	if d.inner(content).check() == nil && !(padded && d.options.Strict) {
		return d.enterContent(content), true
	}
	if d.options.Strict {
		d.expected(expected)
		return nil, false
	}
	d.pos = start
	return nil, true
}
