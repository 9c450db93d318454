package frame

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// MaxDepth is how deeply arrays and objects of a message may be nested, itself
// included. The SDK's limit is the same.
const MaxDepth = 1000

var errUTF8 = errors.New("invalid UTF-8")

// scanner checks the syntax of JSON text, and finds the members of objects without
// decoding them.
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
		return s.object(nil)
	case c == '[':
		return s.array(s.value)
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

// object passes an object. At the value of each member it calls member, which has to
// pass that; nil passes any.
func (s *scanner) object(member func(name []byte) error) error {
	if err := s.enter('{'); err != nil {
		return err
	}
	if s.space(); s.skip('}') {
		return s.leave()
	}
	for {
		name, err := s.name()
		switch {
		case err != nil:
		case member == nil:
			err = s.value()
		default:
			err = member(unquoted(name))
		}
		if err != nil {
			return err
		}
		if s.space(); s.skip('}') {
			return s.leave()
		}
		if !s.skip(',') {
			return s.unexpected()
		}
	}
}

// name passes the name of a member, which it returns with its quotes, and the colon.
func (s *scanner) name() ([]byte, error) {
	s.space()
	begin := s.pos
	if err := s.string(); err != nil {
		return nil, err
	}
	name := s.text[begin:s.pos]
	if s.space(); !s.skip(':') {
		return nil, s.unexpected()
	}
	return name, nil
}

// array passes an array, with element for each of its values.
func (s *scanner) array(element func() error) error {
	if err := s.enter('['); err != nil {
		return err
	}
	if s.space(); s.skip(']') {
		return s.leave()
	}
	for {
		if err := element(); err != nil {
			return err
		}
		if s.space(); s.skip(']') {
			return s.leave()
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

// leave is called after a closing bracket.
func (s *scanner) leave() error {
	s.depth--
	return nil
}

// string passes a string.
func (s *scanner) string() error {
	if !s.skip('"') {
		return s.unexpected()
	}
	for s.pos += plain(s.text[s.pos:]); s.pos < len(s.text); s.pos += plain(s.text[s.pos:]) {
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
			r, size := utf8.DecodeRune(s.text[s.pos:])
			if r == utf8.RuneError && size == 1 {
				return errUTF8
			}
			s.pos += size
		}
	}
	return s.unexpected()
}

// plain counts the bytes that text begins with and that are ASCII characters which a
// string can have as they are.
func plain(text []byte) int {
	for i, c := range text {
		if c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			return i
		}
	}
	return len(text)
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

// unquoted decodes a string whose syntax is right.
func unquoted(quoted []byte) []byte {
	if bytes.IndexByte(quoted, '\\') < 0 {
		return quoted[1 : len(quoted)-1]
	}
	var s string
	if err := json.Unmarshal(quoted, &s); err != nil {
		panic(err) // the scanner has passed it
	}
	return []byte(s)
}
