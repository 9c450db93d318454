package codec

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"time"
)

// String reads a string.
func String[T ~string](d *Decoder) T {
	t, ok := d.string("a string")
	if !ok {
		return ""
	}
	if !t.escaped {
		return T(t.raw)
	}
	d.scratch = t.appendTo(d.scratch[:0])
	return T(d.scratch)
}

// Bool reads true or false, unless strict also as text.
func Bool[T ~bool](d *Decoder) T {
	const expected = "true or false"
	switch c := d.begin(); {
	case c == 't':
		return T(d.word("true"))
	case c == 'f':
		return T(!d.word("false"))
	case c != '"' || d.options.Strict:
		d.mismatch(expected)
		return false
	}
	t, ok := d.rest()
	if !ok {
		return false
	}
	switch string(t.bytes()) {
	case "true":
		return true
	case "false":
		return false
	}
	d.expected(expected)
	return false
}

// Bytes reads text in base64, unless strict also without padding and in the
// alphabet for URLs.
func Bytes[T ~[]byte](d *Decoder) T {
	const expected = "text in base64"
	t, ok := d.string(expected)
	if !ok {
		return nil
	}
	encoding, content := base64.StdEncoding, t.bytes()
	if !d.options.Strict {
		encoding, content = looseBase64(content)
	}
	v := make([]byte, encoding.DecodedLen(len(content)))
	n, err := encoding.Decode(v, content)
	if err != nil {
		d.expected(expected)
		return nil
	}
	return v[:n]
}

// looseBase64 tells the alphabet of content and takes the padding off.
func looseBase64(content []byte) (*base64.Encoding, []byte) {
	content = bytes.TrimRight(content, "=")
	if bytes.ContainsAny(content, "-_") {
		return base64.RawURLEncoding, content
	}
	return base64.RawStdEncoding, content
}

// Time reads a time in RFC 3339, unless strict also with what package time forgives,
// such as a comma before the fraction.
func Time(d *Decoder) time.Time {
	const expected = `a time in RFC 3339 such as "2006-01-02T15:04:05Z"`
	t, ok := d.string(expected)
	if !ok {
		return time.Time{}
	}
	var v time.Time
	content := t.bytes()
	if err := v.UnmarshalText(content); err != nil || d.options.Strict && !isDateTime(string(content)) {
		d.expected(expected)
	}
	return v
}

// URL reads a URL, absolute or relative, as [url.Parse] takes it; if strict, only
// without the spaces and backslashes that RFC 3986 does not allow.
func URL(d *Decoder) url.URL {
	const expected = `a URL such as "https://example.com/"`
	t, ok := d.string(expected)
	if !ok {
		return url.URL{}
	}
	content := string(t.bytes())
	v, err := url.Parse(content)
	if err != nil || d.options.Strict && !isURIReference(content) {
		d.expected(expected)
		return url.URL{}
	}
	return *v
}

// Duration reads a duration as [time.ParseDuration] takes it.
func Duration(d *Decoder) time.Duration {
	const expected = `a duration such as "1m30s"`
	t, ok := d.string(expected)
	if !ok {
		return 0
	}
	v, err := time.ParseDuration(string(t.bytes()))
	if err != nil {
		d.expected(expected)
	}
	return v
}

// string reads a string; false means that there is none.
func (d *Decoder) string(expected string) (t text, ok bool) {
	if d.begin() != '"' {
		d.mismatch(expected)
		return text{}, false
	}
	return d.rest()
}

// rest reads the string that begins here; false means that its syntax is wrong.
func (d *Decoder) rest() (t text, ok bool) {
	data, start := d.data, d.pos
	t = d.text()
	if d.dead {
		d.failed = true
		return text{}, false
	}
	d.last = data[start:d.pos]
	return t, true
}

// word reads the literal that begins here; false means that its syntax is wrong.
func (d *Decoder) word(w string) bool {
	data, start := d.data, d.pos
	if !d.literal(w) {
		d.failed = true
		return false
	}
	d.last = data[start:d.pos]
	return true
}
