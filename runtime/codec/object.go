package codec

import (
	"iter"
	"strconv"
	"strings"
)

// Member is a member that an object may have.
type Member struct {
	Name     string
	Required bool
	// Nullable says that null is a value, not the absence of one.
	Nullable bool
}

// Members are all members that an object may have, in the order in which
// messages list them.
type Members []Member

// Object reads an object. It yields the name of each of its members that is in
// m, and the loop body has to read the member's value, exactly once and to the
// end of the loop:
//
//	for name := range d.Object(members) {
//		switch name {
//		case "query":
//			v.Query = codec.String[string](d)
//		}
//	}
//
// Members that are not in m, that come twice, or that are required and missing
// are reported and not yielded. Names are compared with regard to case. Unless
// the Decoder is strict and [Options].NullIsAbsent is unset, an optional member
// that is null and not nullable counts as absent. If the whole input is empty or
// null, it counts as an object without members.
func (d *Decoder) Object(m Members) iter.Seq[string] {
	return func(yield func(string) bool) { d.object(m, yield) }
}

func (d *Decoder) object(m Members, yield func(string) bool) {
	t := d.tag
	d.tag = tag{}
	f, ok := d.enter('{')
	if !ok {
		return
	}
	if t.name != "" {
		f = t.frame
	}
	tagged := false
	var seen set
	seen.grow(len(m))
	i := -1
	for first := true; ; first = false {
		name, ok := d.member(first)
		if !ok {
			break
		}
		if t.name != "" && name.is(t.name) {
			d.discriminator(t.name, tagged)
			tagged = true
			continue
		}
		if i = d.find(m, name, i+1); i < 0 {
			d.unknown(m, t.name, name)
			continue
		}
		*d.step() = step{name: m[i].Name, index: -1}
		if !seen.add(i) {
			d.twice()
			continue
		}
		if d.peek() == 'n' && !m[i].Required && !m[i].Nullable && d.options.nullIsAbsent() {
			d.literal("null")
			continue
		}
		d.ready = true
		if !yield(m[i].Name) {
			panic("codec: the loop over Object ended early")
		}
		if d.ready && !d.dead {
			panic("codec: the loop over Object did not read " + m[i].Name)
		}
	}
	d.missing(m, &seen)
	d.leave(f)
}

// find returns the index of name in m, or -1. It looks at next first, where the
// name is if the members come in their order.
func (d *Decoder) find(m Members, name text, next int) int {
	raw := name.raw
	if name.escaped {
		d.scratch = name.appendTo(d.scratch[:0])
		raw = d.scratch
	}
	if next < len(m) && m[next].Name == string(raw) {
		return next
	}
	for i := range m {
		if m[i].Name == string(raw) {
			return i
		}
	}
	return -1
}

// discriminator steps over the discriminator, which Variant has read, and reports
// it if it comes again.
func (d *Decoder) discriminator(name string, again bool) {
	*d.step() = step{name: name, index: -1}
	if again {
		d.twice()
		return
	}
	d.skip()
}

// unknown reports a member that is neither in m nor the discriminator, if there is
// one, and steps over it.
func (d *Decoder) unknown(m Members, discriminator string, name text) {
	*d.step() = step{sent: name, index: -1}
	if d.skip(); d.dead {
		return
	}
	kind := "property"
	if len(d.path) == 1 {
		kind = d.options.Kind
	}
	names := make([]string, 0, 1+len(m))
	if discriminator != "" {
		names = append(names, discriminator)
	}
	for i := range m {
		names = append(names, m[i].Name)
	}
	if len(names) == 0 {
		d.refuse("unknown " + kind + "; none is expected")
		return
	}
	sent, more := name.preview(maxQuoted)
	verb := "are"
	if len(names) == 1 {
		verb = "is"
	}
	message := "unknown " + kind + "; valid " + verb + " " + list(names)
	if !more {
		message += didYouMean(sent, names)
	}
	d.refuse(message)
}

// twice reports a member whose name has been sent before and steps over it.
func (d *Decoder) twice() {
	if d.skip(); !d.dead {
		d.refuse("sent twice; send it once")
	}
}

// missing reports the required members that have not been sent.
func (d *Decoder) missing(m Members, seen *set) {
	for i := range m {
		if !m[i].Required || seen.has(i) || d.dead {
			continue
		}
		*d.step() = step{name: m[i].Name, index: -1}
		d.refuse("missing; it is required")
	}
}

// list puts a comma between at most 20 of words.
func list(words []string) string {
	if len(words) <= maxListed {
		return strings.Join(words, ", ")
	}
	return strings.Join(words[:maxListed], ", ") + ", … and " + strconv.Itoa(len(words)-maxListed) + " more"
}
