package codec

// Slice reads an array. The result is never nil if there is one.
func Slice[E any](d *Decoder, elem func(*Decoder) E) []E {
	if d.lone() {
		return single(d, elem)
	}
	f, ok := d.enter('[')
	if !ok {
		return nil
	}
	v := []E{}
	for i := 0; d.next(i); i++ {
		v = append(v, elem(d))
	}
	d.leave(f)
	return v
}

// Array reads an array of exactly len(dst) elements into dst.
func Array[E any](d *Decoder, dst []E, elem func(*Decoder) E) {
	f, ok := d.enter('[')
	if !ok {
		return
	}
	n := 0
	for ; d.next(n); n++ {
		if n < len(dst) {
			dst[n] = elem(d)
		} else {
			d.skip()
		}
	}
	d.leave(f)
	if n != len(dst) && !d.dead {
		d.refuse("must have " + count(len(dst), "item", "items") + ", got " + count(n, "item", "items"))
	}
}

// next steps to the element with index i; false means that there is none.
func (d *Decoder) next(i int) bool {
	d.step().index = i
	d.ready = d.element(i == 0)
	return d.ready
}

// Map reads an object with any members. Key reads a member's name, which looks
// to it like a string; Int reads "5" there even if the Decoder is strict. The
// result is never nil if there is an object.
func Map[K comparable, V any](d *Decoder, key func(*Decoder) K, value func(*Decoder) V) map[K]V {
	f, ok := d.enter('{')
	if !ok {
		return nil
	}
	m := map[K]V{}
	for first := true; d.name(first); first = false {
		d.beginName()
		k := key(d)
		usable := !d.failed
		d.endName()
		if _, sent := m[k]; sent && usable {
			d.twice()
			continue
		}
		d.ready = true
		v := value(d)
		if usable {
			m[k] = v
		}
	}
	d.leave(f)
	return m
}

// beginName prepares the reading of a member's name as a value of its own.
func (d *Decoder) beginName() {
	start := d.pos
	*d.step() = step{sent: d.text(), index: -1}
	if !d.dead {
		d.pos = start
	}
	d.ready, d.naming = true, true
}

// endName ends what beginName began, and steps to the member's value.
func (d *Decoder) endName() {
	d.naming = false
	d.colon()
}

// Pointer reads null as nil, and everything else with f. If the Decoder is strict,
// as its schema is, f has to take null, too.
func Pointer[T any](d *Decoder, f func(*Decoder) T) *T {
	null := d.begin() == 'n'
	if null && d.options.nullIsAbsent() {
		d.word("null")
		return nil
	}
	d.ready = true
	v := f(d)
	if null {
		return nil
	}
	return &v
}
