package codec

import "slices"

// Options change how a [Decoder] reads. The zero value is lenient.
type Options struct {
	// Strict refuses what a Decoder otherwise accepts although it is not quite
	// right: see the package documentation.
	Strict bool
	// NullIsAbsent lets a strict Decoder, too, take null for an optional member as
	// its absence.
	NullIsAbsent bool
	// Kind is what messages call a member of the outermost object; "" means
	// "argument". Members further in are properties.
	Kind string
}

func (o Options) nullIsAbsent() bool { return o.NullIsAbsent || !o.Strict }

// Decoder reads one JSON value in one pass. It never stops at a value that is
// merely wrong: it notes the problem, steps behind the value and goes on, so
// that [Decoder.Err] can tell all problems at once. What the readers return is
// meaningless if Err is not nil.
//
// A Decoder is not safe for concurrent use.
type Decoder struct {
	scanner
	options  Options
	path     []step
	problems Problems
	failures int // reads that failed, as opposed to checks

	ready  bool // the next value may be read
	failed bool // the value read last is not usable
	naming bool // that value is the name of a member
	quoted bool // that value is the JSON in a string

	wrapped bool // that value stands for an array of itself

	last []byte // the text of the value read last
	tag  tag    // of the object that is next

	scratch []byte // of text that is needed for a moment only
	steps   [4]step
}

// NewDecoder returns a Decoder of the one JSON value in data, which it neither
// keeps nor changes.
func NewDecoder(data []byte, o Options) *Decoder {
	if o.Kind == "" {
		o.Kind = "argument"
	}
	d := &Decoder{scanner: scanner{data: data}, options: o, ready: true}
	d.path = d.steps[:0]
	return d
}

// Err returns nil, or all problems as [Problems]. It also refuses anything
// behind the value, so it is to be called after decoding.
func (d *Decoder) Err() error {
	d.end()
	problems := d.problems
	if d.fault != nil {
		problems = append(slices.Clip(problems), Problem{Message: d.fault.String()})
	}
	if len(problems) == 0 {
		return nil
	}
	return problems
}

// begin starts the reading of a value and returns its first byte, 0 if there is
// none. Every reader calls it first.
func (d *Decoder) begin() byte {
	if !d.ready && !d.dead {
		panic("codec: a second value is read where there is one")
	}
	d.ready = false
	d.failed = false
	return d.peek()
}

// report notes a problem of the value that is being read or was read last. Once
// decoding has ended there are no more.
func (d *Decoder) report(message string) {
	if d.dead {
		return
	}
	if d.naming {
		message = "name: " + message
	}
	d.problems = append(d.problems, Problem{pointer(d.path), message})
	if len(d.problems) == maxProblems {
		d.stop()
	}
}

// refuse notes a problem that makes the value unusable.
func (d *Decoder) refuse(message string) {
	d.failed = true
	d.failures++
	d.report(message)
}

// mismatch steps over the value that has begun, because it is not what is
// expected.
func (d *Decoder) mismatch(expected string) {
	if d.whole() {
		d.expected(expected)
	}
}

// whole steps over the value that has begun, whatever it is; false means that
// its syntax is wrong.
func (d *Decoder) whole() bool {
	value := d.skip()
	if d.dead {
		d.failed = true
		return false
	}
	d.last = value
	return true
}

// expected refuses the value read last.
func (d *Decoder) expected(what string) {
	d.refuse("expected " + what + ", got " + describe(d.last))
}
