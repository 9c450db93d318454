package codec

import (
	"cmp"
	"slices"
)

// passed remembers which objects and arrays a look ahead has stepped over. Where
// variants are nested, and each has its discriminator at the end, every one of them
// looks ahead over all those within; as it leaps over what has been passed before,
// they scan each byte of the input a few times between them, and not once for every
// level.
type passed struct {
	spans []span // by start
	// upTo is an offset before which nothing is left to note for those who look ahead
	// later, and so further in.
	upTo int
	// again counts the bytes that are scanned although they have been passed before.
	again int
}

// span is the text of one object or array.
type span struct{ start, end int }

// noteworthy is how long an object or array has to be for leaping over it to be
// better than scanning it again. What is shorter cannot be deep.
const noteworthy = 64

// lookFor looks for a member of the object that is next, and returns the offset of
// the first value of that name. The scanner stays where it is.
func (s *scanner) lookFor(name string) (at int, ok bool) {
	start, depth := s.pos, s.depth
	s.down()
	for first := true; ; first = false {
		t, more := s.member(first)
		if !more {
			break
		}
		if t.is(name) {
			s.peek()
			at, ok = s.pos, s.pos < len(s.data)
			break
		}
		s.pass()
	}
	if s.dead {
		return 0, false
	}
	s.pos, s.depth = start, depth
	return at, ok
}

// pass steps over a value as skip does, and notes the objects and arrays in it.
func (s *scanner) pass() {
	c := s.peek()
	if c != '{' && c != '[' {
		s.skip()
		return
	}
	start := s.pos
	if s.passed == nil {
		s.passed = new(passed)
	}
	if start < s.passed.upTo {
		s.passAgain()
		return
	}
	i := s.passed.begin(start)
	s.down()
	if c == '{' {
		for first := true; ; first = false {
			if _, ok := s.member(first); !ok {
				break
			}
			s.pass()
		}
	} else {
		for first := true; s.element(first); first = false {
			s.pass()
		}
	}
	s.up()
	s.passed.end(i, s.pos)
}

// passAgain steps over an object or array that has been passed before.
func (s *scanner) passAgain() {
	i, ok := slices.BinarySearchFunc(s.passed.spans, s.pos, func(p span, at int) int { return cmp.Compare(p.start, at) })
	if !ok {
		start := s.pos
		s.skip()
		s.passed.again += s.pos - start
		return
	}
	s.pos = s.passed.spans[i].end
}

func (p *passed) begin(start int) (i int) {
	p.spans = append(p.spans, span{start: start})
	p.upTo = start + 1
	return len(p.spans) - 1
}

// end forgets the i-th span if it turns out to be short, and so all within it.
func (p *passed) end(i, end int) {
	if p.spans[i].end = end; end-p.spans[i].start < noteworthy {
		p.spans = p.spans[:i]
	}
}
