package frame

import (
	"encoding/json"
	"fmt"
)

// MaxDepth is how deeply arrays and objects of a message may be nested, itself
// included. The SDK's limit is the same.
const MaxDepth = 1000

// scanner checks the syntax of JSON text, which has to be valid UTF-8, and finds
// the members of objects without decoding them.
type scanner struct {
	text  []byte
	pos   int
	depth int
}

// end checks that nothing but space follows.
func (s *scanner) end() error {
	s.space()
	if s.pos < len(s.text) {
		return s.unexpected()
	}
	return nil
}

// unexpected is the error of something at the scanner's position.
func (s *scanner) unexpected() error {
	if s.pos >= len(s.text) {
		return fmt.Errorf("unexpected end of JSON text")
	}
	return fmt.Errorf("unexpected byte %#02x at offset %d of JSON text", s.text[s.pos], s.pos)
}

func (s *scanner) space() {
	for s.pos < len(s.text) {
		switch s.text[s.pos] {
		case ' ', '\t', '\r', '\n':
			s.pos++
		default:
			return
		}
	}
}

// peek returns the byte at the scanner's position, 0 at the end.
func (s *scanner) peek() byte {
	if s.pos < len(s.text) {
		return s.text[s.pos]
	}
	return 0
}

// skip reports whether c is next, and passes it if so.
func (s *scanner) skip(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.pos++
	return true
}

// value passes a value, with the space before it.
func (s *scanner) value() error {
	s.space()
	switch c := s.peek(); {
	case c == '{':
		return s.object(func(string, []byte) {})
	case c == '[':
		return s.array()
	case c == '"':
		return s.string()
	case c == 't':
		return s.literal("true")
	case c == 'f':
		return s.literal("false")
	case c == 'n':
		return s.literal("null")
	}
	return s.number()
}

// object passes an object and calls f with the name and the text of its members.
func (s *scanner) object(f func(name string, value []byte)) error {
	if err := s.enter('{'); err != nil {
		return err
	}
	defer s.leave()
	if s.space(); s.skip('}') {
		return nil
	}
	for {
		name, err := s.name()
		if err != nil {
			return err
		}
		s.space()
		begin := s.pos
		if err := s.value(); err != nil {
			return err
		}
		f(name, s.text[begin:s.pos])
		if s.space(); s.skip('}') {
			return nil
		}
		if !s.skip(',') {
			return s.unexpected()
		}
	}
}

// name passes the name of a member and the colon.
func (s *scanner) name() (string, error) {
	s.space()
	begin := s.pos
	if err := s.string(); err != nil {
		return "", err
	}
	name, err := text(s.text[begin:s.pos])
	if err != nil {
		return "", err
	}
	if s.space(); !s.skip(':') {
		return "", s.unexpected()
	}
	return name, nil
}

func (s *scanner) array() error {
	if err := s.enter('['); err != nil {
		return err
	}
	defer s.leave()
	if s.space(); s.skip(']') {
		return nil
	}
	for {
		if err := s.value(); err != nil {
			return err
		}
		if s.space(); s.skip(']') {
			return nil
		}
		if !s.skip(',') {
			return s.unexpected()
		}
	}
}

// enter passes an opening bracket.
func (s *scanner) enter(bracket byte) error {
	if !s.skip(bracket) {
		return s.unexpected()
	}
	if s.depth++; s.depth > MaxDepth {
		return ErrTooDeep
	}
	return nil
}

func (s *scanner) leave() { s.depth-- }

// string passes a string.
func (s *scanner) string() error {
	if !s.skip('"') {
		return s.unexpected()
	}
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case c == '"':
			s.pos++
			return nil
		case c < ' ':
			return s.unexpected()
		case c == '\\':
			s.pos++
			if err := s.escape(); err != nil {
				return err
			}
		default:
			s.pos++
		}
	}
	return s.unexpected()
}

// escape passes what follows a backslash.
func (s *scanner) escape() error {
	switch s.peek() {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		s.pos++
		return nil
	case 'u':
		s.pos++
		for range 4 {
			if !hex(s.peek()) {
				return s.unexpected()
			}
			s.pos++
		}
		return nil
	}
	return s.unexpected()
}

func hex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func (s *scanner) literal(word string) error {
	for i := range len(word) {
		if !s.skip(word[i]) {
			return s.unexpected()
		}
	}
	return nil
}

// number passes a number, the one kind of value that is left.
func (s *scanner) number() error {
	s.skip('-')
	if !s.skip('0') {
		if err := s.digits(); err != nil {
			return err
		}
	}
	if s.skip('.') {
		if err := s.digits(); err != nil {
			return err
		}
	}
	if s.skip('e') || s.skip('E') {
		if !s.skip('+') {
			s.skip('-')
		}
		return s.digits()
	}
	return nil
}

// digits passes one digit or more.
func (s *scanner) digits() error {
	begin := s.pos
	for '0' <= s.peek() && s.peek() <= '9' {
		s.pos++
	}
	if s.pos == begin {
		return s.unexpected()
	}
	return nil
}

// text decodes a string whose syntax is right.
func text(quoted []byte) (string, error) {
	for _, c := range quoted {
		if c == '\\' {
			var s string
			err := json.Unmarshal(quoted, &s)
			return s, err
		}
	}
	return string(quoted[1 : len(quoted)-1]), nil
}
