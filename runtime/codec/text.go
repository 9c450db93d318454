package codec

import (
	"bytes"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// text is the inside of a JSON string whose syntax has been checked. It points
// into the input.
type text struct {
	raw     []byte
	escaped bool // raw contains escapes
}

// text steps over a string, which begins at the next byte.
func (s *scanner) text() text {
	start := s.pos + 1
	i := start
	for i < len(s.data) && plain[s.data[i]] {
		i++
	}
	if i < len(s.data) && s.data[i] == '"' {
		s.pos = i + 1
		return text{raw: s.data[start:i]}
	}
	return s.unusualText(start, i)
}

// unusualText is text for a string that begins at start and has an escape, a
// character outside ASCII or a fault at i.
func (s *scanner) unusualText(start, i int) text {
	escaped := false
	for i < len(s.data) {
		switch c := s.data[i]; {
		case plain[c]:
			i++
		case c == '"':
			s.pos = i + 1
			return text{s.data[start:i], escaped}
		case c == '\\':
			escaped = true
			n, wrong := escape(s.data[i:])
			if wrong != "" {
				s.fail(i, wrong)
				return text{}
			}
			i += n
		case c < ' ':
			s.fail(i, "control character in a string; escape it")
			return text{}
		default:
			r, n := utf8.DecodeRune(s.data[i:])
			if r == utf8.RuneError && n <= 1 {
				s.fail(i, "invalid UTF-8")
				return text{}
			}
			i += n
		}
	}
	s.fail(i, "unexpected end in a string")
	return text{}
}

// plain marks the bytes that stand for themselves in a string.
var plain = func() (t [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

// escape measures the escape sequence that data begins with, both halves of a
// surrogate pair, or says what is wrong with it.
func escape(data []byte) (n int, wrong string) {
	if len(data) < 2 {
		return 0, "unexpected end in a string"
	}
	switch data[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2, ""
	case 'u':
	default:
		return 0, "unknown escape in a string"
	}
	r := hex4(data)
	if r < 0 {
		return 0, `\u needs four hexadecimal digits`
	}
	if !utf16.IsSurrogate(r) {
		return 6, ""
	}
	if utf16.DecodeRune(r, hex4(data[6:])) == utf8.RuneError {
		return 0, "half of a surrogate pair is no character"
	}
	return 12, ""
}

// hex4 returns the number of the \uXXXX that data begins with, or -1.
func hex4(data []byte) rune {
	if len(data) < 6 || data[0] != '\\' || data[1] != 'u' {
		return -1
	}
	var r rune
	for _, c := range data[2:6] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return -1
		}
		r = r<<4 | rune(c)
	}
	return r
}

// appendTo appends what t stands for to dst.
func (t text) appendTo(dst []byte) []byte {
	raw := t.raw
	dst = slices.Grow(dst, len(raw)) // escapes are longer than what they stand for
	for {
		i := bytes.IndexByte(raw, '\\')
		if i < 0 {
			return append(dst, raw...)
		}
		r, n := unescape(raw[i:])
		dst = utf8.AppendRune(append(dst, raw[:i]...), r)
		raw = raw[i+n:]
	}
}

// unescape returns the character that the valid escape sequence at the start of
// raw stands for, and the length of the sequence.
func unescape(raw []byte) (r rune, n int) {
	switch c := raw[1]; c {
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
	default:
		return rune(c), 2
	}
	r = hex4(raw)
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	return utf16.DecodeRune(r, hex4(raw[6:])), 12
}

// preview returns the first n characters that t stands for, and whether there
// are more.
func (t text) preview(n int) (s string, more bool) {
	raw := t.raw
	var out []byte
	for ; n > 0 && len(raw) > 0; n-- {
		r, size := utf8.DecodeRune(raw)
		if r == '\\' {
			r, size = unescape(raw)
		}
		out = utf8.AppendRune(out, r)
		raw = raw[size:]
	}
	return string(out), len(raw) > 0
}

// bytes returns what t stands for, which may point into the input.
func (t text) bytes() []byte {
	if !t.escaped {
		return t.raw
	}
	return t.appendTo(make([]byte, 0, len(t.raw)))
}
