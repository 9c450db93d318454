package codec

import (
	"strconv"
	"strings"
)

// step is one token of the path to a value: a name known to the program, a name
// as it was sent, or the index of an element.
type step struct {
	name  string
	sent  text // used if its raw is not nil
	index int  // used if it is not negative
}

// pointer returns the path as an RFC 6901 JSON pointer.
func pointer(path []step) string {
	var b strings.Builder
	for _, s := range path {
		b.WriteByte('/')
		b.WriteString(s.token())
	}
	return b.String()
}

func (s step) token() string {
	switch {
	case s.index >= 0:
		return strconv.Itoa(s.index)
	case s.sent.raw == nil:
		return escapeToken(s.name)
	}
	name, more := s.sent.preview(maxQuoted)
	if more {
		name += "…"
	}
	return escapeToken(name)
}

// escapeToken writes ~ and / as RFC 6901 asks.
func escapeToken(name string) string {
	if !strings.ContainsAny(name, "~/") {
		return name
	}
	return tokenEscapes.Replace(name)
}

var tokenEscapes = strings.NewReplacer("~", "~0", "/", "~1")
