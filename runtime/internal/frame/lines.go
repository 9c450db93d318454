package frame

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// What is wrong with a line that [Lines.Next] has skipped.
var (
	ErrTooLong = errors.New("the message is too long")
	ErrTooDeep = errors.New("the JSON text is nested too deeply")
)

// Lines reads lines of JSON text. It holds no more of a line than a message may
// have, however much a client sends without a line break.
type Lines struct {
	reader *bufio.Reader
	limit  int
}

// NewLines returns a reader of lines with at most limit bytes.
func NewLines(r io.Reader, limit int) *Lines {
	return &Lines{bufio.NewReaderSize(r, 64<<10), limit}
}

// Next returns the next line without its line break; the caller may keep it. After
// [ErrTooLong] and [ErrTooDeep], which it returns once it has skipped such a line
// to its end, it can be called again. Any other error is the reader's, and what
// precedes it without a line break is no line.
func (l *Lines) Next() ([]byte, error) {
	chunk, err := l.reader.ReadSlice('\n')
	switch {
	case err == nil && len(chunk)-1 > l.limit:
		return nil, ErrTooLong
	case err == nil:
		return bytes.Clone(chunk[:len(chunk)-1]), nil
	case errors.Is(err, bufio.ErrBufferFull):
		return l.long(chunk)
	}
	return nil, err
}

// long reads on from the first chunk of a line that is longer than the buffer. It
// watches how deeply the line is nested, so as not to collect what is refused
// anyway.
func (l *Lines) long(chunk []byte) ([]byte, error) {
	var line []byte
	var depth nesting
	var refused error
	for {
		text, ended := bytes.CutSuffix(chunk, []byte{'\n'})
		switch {
		case refused != nil:
		case len(line)+len(text) > l.limit:
			line, refused = nil, ErrTooLong
		case !depth.add(text):
			line, refused = nil, ErrTooDeep
		default:
			line = append(line, text...)
		}
		if ended {
			return line, refused
		}
		var err error
		chunk, err = l.reader.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return nil, err
		}
	}
}

// nesting follows the brackets of JSON text that comes in parts.
type nesting struct {
	depth            int
	inString, escape bool
}

// add reports whether the text is still nested no deeper than [MaxDepth].
func (n *nesting) add(text []byte) bool {
	for _, c := range text {
		switch {
		case n.escape:
			n.escape = false
		case n.inString:
			n.escape, n.inString = c == '\\', c != '"'
		case c == '"':
			n.inString = true
		case c == '[' || c == '{':
			if n.depth++; n.depth > MaxDepth {
				return false
			}
		case c == ']' || c == '}':
			n.depth--
		}
	}
	return true
}
