package codec

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// Any reads any value, as encoding/json reads into an interface: bool, string,
// nil, float64, []any and map[string]any. A number that a float64 would change,
// such as 9007199254740993, is a [json.Number] instead. Member names that come
// twice are refused.
func Any(d *Decoder) any {
	switch d.begin() {
	case '{':
		return d.anyObject()
	case '[':
		return d.anyArray()
	case '"':
		d.ready = true
		return String[string](d)
	case 't':
		return d.word("true")
	case 'f':
		return !d.word("false")
	case 'n':
		d.word("null")
		return nil
	}
	return d.anyNumber()
}

func (d *Decoder) anyObject() any {
	f := frame{start: d.pos, failures: d.failures}
	m := map[string]any{}
	d.open()
	for first := true; ; first = false {
		t, ok := d.member(first)
		if !ok {
			break
		}
		*d.step() = step{sent: t, index: -1}
		name := string(t.bytes())
		if _, sent := m[name]; sent {
			d.twice()
			continue
		}
		d.ready = true
		m[name] = Any(d)
	}
	d.close()
	d.done(f)
	return m
}

func (d *Decoder) anyArray() any {
	f := frame{start: d.pos, failures: d.failures}
	v := []any{}
	d.open()
	for i := 0; d.next(i); i++ {
		v = append(v, Any(d))
	}
	d.close()
	d.done(f)
	return v
}

func (d *Decoder) anyNumber() any {
	d.ready = true
	literal := d.digits("a value")
	if d.failed {
		return nil
	}
	v, err := strconv.ParseFloat(string(literal), 64)
	if err != nil {
		d.floatRange(v, 64)
		return nil
	}
	if !survives(literal, v) {
		return json.Number(literal)
	}
	return v
}

// survives reports whether the number in literal is spelled by v, too.
func survives(literal []byte, v float64) bool {
	if len(literal) <= 15 && !bytes.ContainsAny(literal, "eE") {
		return true // every float64 keeps 15 digits
	}
	var buf [32]byte
	return parseDecimal(literal).equal(parseDecimal(strconv.AppendFloat(buf[:0], v, 'e', -1, 64)))
}

// Raw reads any value and returns a copy of its text, whose syntax has been
// checked.
func Raw(d *Decoder) json.RawMessage {
	d.begin()
	if !d.whole() {
		return nil
	}
	return bytes.Clone(d.last)
}
