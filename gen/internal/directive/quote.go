package directive

import (
	"strconv"
	"strings"
)

// Unquote reads a Go string literal, either quoted or back-quoted. At has the
// offset in the literal of every byte of the value, and of its end, so that a
// mistake inside the value can be shown where it is written.
func Unquote(literal string) (value string, at []int, ok bool) {
	if len(literal) < 2 || literal[len(literal)-1] != literal[0] {
		return "", nil, false
	}
	inside := literal[1 : len(literal)-1]
	switch literal[0] {
	case '`':
		if strings.Contains(inside, "`") {
			return "", nil, false
		}
		return inside, offsets(1, len(inside)), true
	case '"':
		if strings.Contains(inside, "\n") {
			return "", nil, false
		}
		return unescape(inside)
	}
	return "", nil, false
}

// offsets are the n+1 numbers from first on.
func offsets(first, n int) []int {
	at := make([]int, n+1)
	for i := range at {
		at[i] = first + i
	}
	return at
}

func unescape(inside string) (value string, at []int, ok bool) {
	var b strings.Builder
	for rest := inside; rest != ""; {
		r, multibyte, tail, err := strconv.UnquoteChar(rest, '"')
		if err != nil {
			return "", nil, false
		}
		from := b.Len()
		if multibyte {
			b.WriteRune(r)
		} else {
			b.WriteByte(byte(r))
		}
		start := 1 + len(inside) - len(rest)
		for range b.Len() - from {
			at = append(at, start)
		}
		rest = tail
	}
	return b.String(), append(at, 1+len(inside)), true
}

// literalEnd is the length of the string literal that text starts with, or 0 when
// it has no end.
func literalEnd(text string) int {
	quote := text[0]
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == quote:
			return i + 1
		case text[i] == '\\' && quote == '"':
			i++
		}
	}
	return 0
}
