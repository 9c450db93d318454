package codec

import "bytes"

// frame is what entering an object or array leaves to be restored.
type frame struct {
	start    int      // offset of the value
	failures int      // before it
	outer    *scanner // of the string that holds it as JSON text
}

// enter begins the object or array that is next: open is its bracket. If there
// is something else, enter reports it and returns false.
func (d *Decoder) enter(open byte) (f frame, ok bool) {
	c := d.begin()
	f = frame{start: d.pos, failures: d.failures}
	switch {
	case c == open:
	case c == '"' && !d.options.Strict:
		if f.outer = d.enterText(open); f.outer == nil {
			return f, false
		}
	case open == '{' && d.absent():
		d.data, d.pos, f.start = []byte("{}"), 0, 0
	default:
		d.mismatch(container(open))
		return f, false
	}
	d.open()
	return f, true
}

// leave ends what enter began.
func (d *Decoder) leave(f frame) {
	d.close()
	if f.outer != nil && !d.dead {
		d.scanner = *f.outer
	}
	d.done(f)
}

// open begins the object or array whose bracket is next.
func (d *Decoder) open() {
	d.wrapped = false
	d.down()
	d.path = append(d.path, step{index: -1})
}

// close ends what open began.
func (d *Decoder) close() {
	d.path = d.path[:len(d.path)-1]
	d.up()
}

// done ends the reading of the value that began at f and ends here.
func (d *Decoder) done(f frame) {
	d.ready = false
	d.failed = d.dead || d.failures > f.failures
	if !d.dead {
		d.last = d.data[f.start:d.pos]
	}
}

// step returns the innermost step of the path.
func (d *Decoder) step() *step { return &d.path[len(d.path)-1] }

// container names what a bracket opens.
func container(open byte) string {
	if open == '{' {
		return "an object"
	}
	return "an array"
}

// absent reports whether the whole input is nothing or null, as it is when a
// caller sends no arguments at all.
func (d *Decoder) absent() bool {
	if len(d.path) > 0 || d.dead {
		return false
	}
	data := bytes.TrimSpace(d.data)
	return len(data) == 0 || string(data) == "null"
}

// enterText enters the string that is next, whose content is to be an object or
// array. It returns nil if it is not.
func (d *Decoder) enterText(open byte) *scanner {
	t, ok := d.rest()
	if !ok {
		return nil
	}
	content := t.bytes()
	inner := d.inner(content)
	if inner.peek() != open {
		d.expected(container(open))
		return nil
	}
	if f := inner.check(); f != nil {
		d.refuse("expected " + container(open) + ", got " + describe(d.last) + ", which is " + f.String())
		return nil
	}
	return d.enterContent(content)
}

// inner returns a scanner of a string's content.
func (d *Decoder) inner(content []byte) scanner {
	return scanner{data: content, depth: d.depth}
}

// check scans all that is left and returns the first fault.
func (s scanner) check() *fault {
	s.skip()
	s.end()
	return s.fault
}

// enterContent goes on with content, which has been checked, and returns the
// scanner to go back to.
func (d *Decoder) enterContent(content []byte) *scanner {
	outer := d.scanner
	d.scanner = d.inner(content)
	d.peek()
	return &outer
}
