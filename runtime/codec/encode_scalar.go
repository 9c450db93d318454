package codec

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"math"
	"net/url"
	"strconv"
	"time"
)

// Null writes null.
func (e *Encoder) Null() {
	e.comma()
	e.buf = append(e.buf, "null"...)
}

// Bool writes true or false.
func (e *Encoder) Bool(v bool) {
	e.comma()
	e.buf = strconv.AppendBool(e.buf, v)
}

// Int writes an integer.
func (e *Encoder) Int(v int64) {
	e.comma()
	e.buf = strconv.AppendInt(e.buf, v, 10)
}

// Uint writes an integer.
func (e *Encoder) Uint(v uint64) {
	e.comma()
	e.buf = strconv.AppendUint(e.buf, v, 10)
}

// Float writes a float of 32 or 64 bits with as many digits as it needs. NaN and
// the infinities have no JSON form.
func (e *Encoder) Float(v float64, bits int) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		e.fail(errors.New(strconv.FormatFloat(v, 'g', -1, bits) + " has no JSON form"))
		return
	}
	e.comma()
	e.buf = appendFloat(e.buf, v, bits)
}

// appendFloat appends v as encoding/json does, as JavaScript does.
func appendFloat(dst []byte, v float64, bits int) []byte {
	abs := math.Abs(v)
	plain := abs == 0 || 1e-6 <= abs && abs < 1e21
	if bits == 32 {
		plain = abs == 0 || 1e-6 <= float32(abs) && float32(abs) < 1e21
	}
	if plain {
		return strconv.AppendFloat(dst, v, 'f', -1, bits)
	}
	dst = strconv.AppendFloat(dst, v, 'e', -1, bits)
	if n := len(dst); n >= 4 && string(dst[n-4:n-1]) == "e-0" {
		dst[n-2] = dst[n-1]
		dst = dst[:n-1]
	}
	return dst
}

// Number writes a number as it is spelled; the empty one is 0.
func (e *Encoder) Number(v json.Number) {
	if v == "" {
		v = "0"
	}
	s := scanner{data: []byte(v)}
	s.number()
	if s.dead || s.pos < len(s.data) {
		e.fail(errors.New(quote(cut(string(v), maxQuoted)) + " is not a number"))
		return
	}
	e.comma()
	e.buf = append(e.buf, v...)
}

// String writes a string.
func (e *Encoder) String(v string) {
	e.comma()
	e.buf = appendString(e.buf, v)
}

// Bytes writes base64 text; nil is the empty text.
func (e *Encoder) Bytes(v []byte) {
	e.comma()
	e.buf = append(e.buf, '"')
	e.buf = base64.StdEncoding.AppendEncode(e.buf, v)
	e.buf = append(e.buf, '"')
}

// Time writes a time in RFC 3339. Years beyond 9999 have no JSON form.
func (e *Encoder) Time(v time.Time) {
	e.comma()
	buf, err := v.AppendText(append(e.buf, '"'))
	if err != nil {
		e.fail(err)
		return
	}
	e.buf = append(buf, '"')
}

// URL writes a URL as text.
func (e *Encoder) URL(v url.URL) { e.String(v.String()) }

// Duration writes a duration as text such as "1m30s".
func (e *Encoder) Duration(v time.Duration) { e.String(v.String()) }

// Quoted writes what f writes as a string that contains JSON, as encoding/json
// does for ",string"; null stays null.
func (e *Encoder) Quoted(f func()) {
	e.comma()
	start := len(e.buf)
	f()
	if string(e.buf[start:]) == "null" {
		return
	}
	e.buf = appendString(e.buf[:start], string(e.buf[start:]))
}
