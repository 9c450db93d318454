package codec

import (
	"bytes"
	"encoding"
	"encoding/json"
	"reflect"
	"unicode/utf8"
)

// Raw writes JSON as it is, without its white space; nil is null. What is not
// valid JSON has no JSON form.
func (e *Encoder) Raw(v json.RawMessage) {
	if v == nil {
		e.Null()
		return
	}
	e.json(v)
}

// Any writes v as encoding/json does.
func (e *Encoder) Any(v any) {
	switch v := v.(type) {
	case nil:
		e.Null()
		return
	case string:
		e.String(v)
		return
	case bool:
		e.Bool(v)
		return
	case int:
		e.Int(int64(v))
		return
	}
	var b bytes.Buffer
	j := json.NewEncoder(&b)
	j.SetEscapeHTML(false)
	if err := j.Encode(v); err != nil {
		e.fail(err)
		return
	}
	e.comma()
	e.buf = append(e.buf, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}

// IsZero reports whether the option omitzero leaves v out. It is for structs and
// arrays that == does not compare.
func IsZero[T any](v T) bool { return reflect.ValueOf(&v).Elem().IsZero() }

// Text writes as a string what v marshals to; nil is null.
func (e *Encoder) Text(v encoding.TextMarshaler) {
	if v == nil {
		e.Null()
		return
	}
	t, err := v.MarshalText()
	if err != nil {
		e.fail(err)
		return
	}
	e.String(string(t))
}

// Custom writes the JSON that v marshals to; nil is null. It is checked, and
// written without its white space.
func (e *Encoder) Custom(v json.Marshaler) {
	if v == nil {
		e.Null()
		return
	}
	t, err := v.MarshalJSON()
	if err != nil {
		e.fail(err)
		return
	}
	e.json(t)
}

// json writes JSON of others.
func (e *Encoder) json(v []byte) {
	var b bytes.Buffer
	if err := json.Compact(&b, v); err != nil {
		e.fail(err)
		return
	}
	e.comma()
	if !utf8.Valid(b.Bytes()) {
		e.buf = append(e.buf, bytes.ToValidUTF8(b.Bytes(), []byte("\ufffd"))...)
		return
	}
	e.buf = append(e.buf, b.Bytes()...)
}
