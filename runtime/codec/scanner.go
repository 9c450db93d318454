package codec

import (
	"strconv"
	"unicode/utf8"
)

// maxDepth is how deeply objects and arrays may be nested.
const maxDepth = 1000

// scanner walks over JSON text and checks its syntax. The first fault ends it:
// from then on it is at the end of an empty text, so that every loop comes to
// its end without asking.
type scanner struct {
	data  []byte
	pos   int
	depth int
	dead  bool
	fault *fault

	passed *passed // nil until a look ahead has passed something
}

// fault is a violation of the JSON syntax.
type fault struct {
	offset int // in bytes, from 0
	text   string
}

func (f *fault) String() string {
	return "not valid JSON at byte " + strconv.Itoa(f.offset) + ": " + f.text
}

// stop ends scanning.
func (s *scanner) stop() {
	s.dead = true
	s.data, s.pos = nil, 0
}

// fail ends scanning because of what is at offset. Only the first fault counts.
func (s *scanner) fail(offset int, text string) {
	if s.dead {
		return
	}
	s.fault = &fault{offset, text}
	s.stop()
}

// unexpected ends scanning because something else than wanted is next.
func (s *scanner) unexpected(wanted string) {
	if s.pos >= len(s.data) {
		s.fail(s.pos, "unexpected end, expected "+wanted)
		return
	}
	r, _ := utf8.DecodeRune(s.data[s.pos:])
	s.fail(s.pos, "unexpected "+strconv.QuoteRune(r)+", expected "+wanted)
}

// peek skips white space and returns the byte behind it, 0 at the end.
func (s *scanner) peek() byte {
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; c {
		case ' ', '\n', '\t', '\r':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// end reports a fault unless only white space is left.
func (s *scanner) end() {
	s.peek()
	if s.pos < len(s.data) {
		s.unexpected("nothing more")
	}
}

// skip steps over one value and returns its text, empty after a fault.
func (s *scanner) skip() []byte {
	c := s.peek()
	data, start := s.data, s.pos
	switch c {
	case '{':
		s.down()
		for first := true; ; first = false {
			if _, ok := s.member(first); !ok {
				break
			}
			s.skip()
		}
		s.up()
	case '[':
		s.down()
		for first := true; s.element(first); first = false {
			s.skip()
		}
		s.up()
	case '"':
		s.text()
	case 't':
		s.literal("true")
	case 'f':
		s.literal("false")
	case 'n':
		s.literal("null")
	default:
		s.number()
	}
	if s.dead {
		return nil
	}
	return data[start:s.pos]
}

// down enters the object or array whose bracket is next.
func (s *scanner) down() {
	if s.depth++; s.depth > maxDepth {
		s.fail(s.pos, "nested deeper than "+strconv.Itoa(maxDepth)+" levels")
		return
	}
	s.pos++
}

// up leaves an object or array.
func (s *scanner) up() { s.depth-- }

// member steps to the next member's value and returns the member's name. It
// returns false behind the end of the object.
func (s *scanner) member(first bool) (name text, ok bool) {
	if !s.name(first) {
		return text{}, false
	}
	name = s.text()
	s.colon()
	return name, !s.dead
}

// name steps to the next member's name, which is a string. It returns false
// behind the end of the object.
func (s *scanner) name(first bool) bool {
	c := s.peek()
	if c == '}' {
		s.pos++
		return false
	}
	if !first {
		if c != ',' {
			s.unexpected("',' or '}'")
			return false
		}
		s.pos++
		c = s.peek()
	}
	if c != '"' {
		s.unexpected("a name in double quotes")
		return false
	}
	return true
}

// colon steps over what separates a name from its value.
func (s *scanner) colon() {
	if s.peek() != ':' {
		s.unexpected("':'")
		return
	}
	s.pos++
}

// element steps to the next element. It returns false behind the end of the
// array.
func (s *scanner) element(first bool) bool {
	c := s.peek()
	if c == ']' && first {
		s.pos++
		return false
	}
	if first {
		return !s.dead
	}
	switch c {
	case ',':
		s.pos++
		return true
	case ']':
		s.pos++
	default:
		s.unexpected("',' or ']'")
	}
	return false
}

// literal steps over true, false or null.
func (s *scanner) literal(word string) bool {
	if len(s.data)-s.pos < len(word) || string(s.data[s.pos:s.pos+len(word)]) != word {
		s.unexpected("a value")
		return false
	}
	s.pos += len(word)
	return true
}

// number steps over a number and returns its text, empty after a fault.
func (s *scanner) number() []byte {
	data, i := s.data, s.pos
	start := i
	if i < len(data) && data[i] == '-' {
		i++
	}
	switch {
	case i < len(data) && data[i] == '0':
		i++
	case i < len(data) && '1' <= data[i] && data[i] <= '9':
		i = digits(data, i)
	case i == start:
		s.unexpected("a value")
		return nil
	default:
		return s.noDigit(i)
	}
	if i < len(data) && data[i] == '.' {
		fraction := i + 1
		if i = digits(data, fraction); i == fraction {
			return s.noDigit(i)
		}
	}
	if i < len(data) && data[i]|0x20 == 'e' {
		i++
		if i < len(data) && (data[i] == '+' || data[i] == '-') {
			i++
		}
		exponent := i
		if i = digits(data, exponent); i == exponent {
			return s.noDigit(i)
		}
	}
	s.pos = i
	return data[start:i]
}

// noDigit ends scanning because there is no digit at offset i.
func (s *scanner) noDigit(i int) []byte {
	s.pos = i
	s.unexpected("a digit")
	return nil
}

// digits returns the index behind the digits that begin at i.
func digits(data []byte, i int) int {
	for i < len(data) && data[i]-'0' <= 9 {
		i++
	}
	return i
}
