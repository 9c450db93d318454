package codec

// tag is what [Decoder.Variant] leaves to the object that it has begun.
type tag struct {
	name  string // of the discriminator; "" for an object without one
	frame frame
}

// Variant begins an object of one of several kinds. The member called name, its
// discriminator, says which, wherever in the object it stands. Variant returns that
// member's value, which is one of values, and the object is then to be read by
// [Decoder.Object], to which the discriminator is a member like those it is given:
//
//	switch d.Variant("kind", "circle", "square") {
//	case "circle":
//		return decodeCircle(d)
//	case "square":
//		return decodeSquare(d)
//	}
//	return nil
//
// However deep such objects are nested, finding their discriminators takes no more
// than a few scans of the input.
//
// If there is no such object, Variant reports that, steps over the value and
// returns "".
func (d *Decoder) Variant(name string, values ...string) string {
	c := d.begin()
	f := frame{start: d.pos, failures: d.failures}
	switch {
	case c == '{':
	case c == '"' && !d.options.Strict:
		if f.outer = d.enterText('{'); f.outer == nil {
			return ""
		}
	default:
		d.mismatch(container('{'))
		return ""
	}
	at, sent := d.lookFor(name)
	if sent {
		if value := d.choice(at, values); value != "" {
			d.tag, d.ready = tag{name, f}, true
			return value
		}
	}
	d.refuseVariant(name, at, sent, values)
	d.skip()
	if f.outer != nil && !d.dead {
		d.scanner = *f.outer
	}
	d.done(f)
	return ""
}

// choice is the one of values that stands at an offset, "" if there is none.
func (d *Decoder) choice(at int, values []string) string {
	if d.data[at] != '"' {
		return ""
	}
	s := d.scanner // whose fault, if any, is for who reads the object
	s.pos = at
	sent := s.text()
	for _, v := range values {
		if sent.is(v) {
			return v
		}
	}
	return ""
}

// refuseVariant says what is wrong with the discriminator of the object that is
// next.
func (d *Decoder) refuseVariant(name string, at int, sent bool, values []string) {
	if d.dead {
		return
	}
	d.path = append(d.path, step{name: name, index: -1})
	defer func() { d.path = d.path[:len(d.path)-1] }()
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = spell(v)
	}
	if !sent {
		d.refuse("missing; it is required, as one of " + list(words))
		return
	}
	start := d.pos
	d.pos = at
	if d.last = d.skip(); d.dead {
		return
	}
	d.pos = start
	d.refuse("must be one of " + list(words) + ", got " + describe(d.last) + d.meant(words))
}

// is reports whether t stands for s.
func (t text) is(s string) bool {
	if !t.escaped {
		return string(t.raw) == s
	}
	const longestEscape = 6 // bytes for one
	return len(t.raw) <= longestEscape*len(s) && string(t.bytes()) == s
}
