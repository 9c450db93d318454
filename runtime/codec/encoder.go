package codec

import "fmt"

// Encoder writes one JSON value, its bytes appended to a buffer. Commas are its
// business; in an object, [Encoder.Name] comes before each value. HTML characters
// are not escaped, and nothing is indented.
//
// What has no JSON form is written as null and kept as the error; the rest is
// written nevertheless.
//
// An Encoder is not safe for concurrent use.
type Encoder struct {
	buf []byte
	err error

	tagName, tagValue string // of the object that is next; see [EncodeVariant]
}

// NewEncoder returns an Encoder that has written nothing.
func NewEncoder() *Encoder {
	return &Encoder{buf: make([]byte, 0, 512)}
}

// JSON returns what has been written. It is valid until the next write.
func (e *Encoder) JSON() []byte { return e.buf }

// Err returns the first error, with the JSON pointer of its value.
func (e *Encoder) Err() error { return e.err }

// BeginObject begins an object.
func (e *Encoder) BeginObject() {
	e.comma()
	e.buf = append(e.buf, '{')
	if e.tagName != "" {
		e.Name(e.tagName)
		e.String(e.tagValue)
		e.tagName = ""
	}
}

// EndObject ends an object.
func (e *Encoder) EndObject() { e.buf = append(e.buf, '}') }

// BeginArray begins an array.
func (e *Encoder) BeginArray() {
	e.comma()
	e.buf = append(e.buf, '[')
}

// EndArray ends an array.
func (e *Encoder) EndArray() { e.buf = append(e.buf, ']') }

// Name begins a member of an object, whose value is to be written next.
func (e *Encoder) Name(name string) {
	e.comma()
	e.buf = append(appendString(e.buf, name), ':')
}

// comma writes a comma if what has been written needs one before the next value.
func (e *Encoder) comma() {
	if len(e.buf) == 0 {
		return
	}
	switch e.buf[len(e.buf)-1] {
	case '{', '[', ':', ',':
	default:
		e.buf = append(e.buf, ',')
	}
}

// fail writes null for a value that has no JSON form, and keeps the error. Where
// the value is, is read from what has been written, so that it costs nothing
// otherwise.
func (e *Encoder) fail(err error) {
	e.Null()
	if e.err != nil {
		return
	}
	where := printable(writtenPointer(e.buf), maxPointer)
	if where == "" {
		where = "result"
	}
	e.err = fmt.Errorf("%s: %w", where, err)
}

// writtenPointer returns the JSON pointer of the value that ends the beginning
// of a JSON text.
func writtenPointer(written []byte) string {
	s := scanner{data: written}
	var path []step
	for s.peek(); s.pos < len(s.data); s.peek() {
		switch s.data[s.pos] {
		case '{':
			path = append(path, step{index: -1})
		case '[':
			path = append(path, step{index: 0})
		case '}', ']':
			path = path[:len(path)-1]
		case ',':
			if top := &path[len(path)-1]; top.index >= 0 {
				top.index++
			}
		case '"':
			t := s.text()
			if s.peek() == ':' {
				path[len(path)-1].sent = t
			}
			continue
		}
		s.pos++
	}
	return pointer(path)
}
