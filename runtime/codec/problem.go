package codec

import (
	"strconv"
	"strings"
	"unicode"
)

const (
	maxProblems = 100 // decoding gives up at so many
	maxListed   = 20  // lines of an error text, and names in a list
	maxQuoted   = 64  // characters of a value that a message repeats
	maxPointer  = 256 // characters of a pointer that an error text repeats
	maxReason   = 200 // characters of another package's error text
)

// Problem is one thing that is wrong with a value, in words that its sender can
// act on.
type Problem struct {
	// Pointer is the RFC 6901 JSON pointer of the value, "" for the whole. Names
	// longer than 64 characters are cut.
	Pointer string
	Message string
}

// String returns the problem as one line.
func (p Problem) String() string {
	if p.Pointer == "" {
		return "arguments: " + p.Message
	}
	return printable(p.Pointer, maxPointer) + ": " + p.Message
}

// Problems are all problems of one value, in the order in which they were found.
// Decoding gives up at the hundredth.
type Problems []Problem

// Error returns a line for each problem, for at most 20 of them.
func (p Problems) Error() string {
	var b strings.Builder
	for i, problem := range p {
		if i > 0 {
			b.WriteByte('\n')
		}
		if i == maxListed {
			b.WriteString("… and " + count(len(p)-i, "more problem", "more problems"))
			break
		}
		b.WriteString(problem.String())
	}
	return b.String()
}

// count spells a number of things: "1 item", "2 items".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// describe says what a JSON value is, repeating no more than its beginning. The
// syntax of value has been checked.
func describe(value []byte) string {
	switch value[0] {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return quote(inside(value).preview(maxQuoted))
	}
	return printable(string(value[:min(len(value), maxQuoted+1)]), maxQuoted)
}

// inside returns the text of a JSON string whose syntax has been checked.
func inside(value []byte) text {
	return text{raw: value[1 : len(value)-1], escaped: true}
}

// quote puts s in quotes, with an ellipsis if there is more of it.
func quote(s string, more bool) string {
	q := strconv.Quote(s)
	if more {
		q = q[:len(q)-1] + `…"`
	}
	return q
}

// cut returns the first n characters of s, and whether there are more.
func cut(s string, n int) (beginning string, more bool) {
	for i := range s {
		if n--; n < 0 {
			return s[:i], true
		}
	}
	return s, false
}

// printable returns at most n characters of s, as one line without control
// characters.
func printable(s string, n int) string {
	s, more := cut(s, n)
	var b strings.Builder
	for _, r := range s {
		if unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		q := strconv.QuoteRune(r)
		b.WriteString(q[1 : len(q)-1])
	}
	if more {
		b.WriteString("…")
	}
	return b.String()
}
