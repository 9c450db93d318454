package codec_test

import (
	"encoding/json"
	"errors"
	"math"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

func encodeString(e *codec.Encoder, v string) { e.String(v) }
func encodeInt(e *codec.Encoder, v int)       { e.Int(int64(v)) }
func encodeFloat(e *codec.Encoder, v float64) { e.Float(v, 64) }

func (e even) MarshalText() ([]byte, error) {
	if e%2 != 0 {
		return nil, oddError("13")
	}
	return json.Marshal(int(e))
}

// sent is JSON as some other package marshals it.
type sent string

func (s sent) MarshalJSON() ([]byte, error) { return []byte(s), nil }

func TestEncoder(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		write func(*codec.Encoder)
		want  string
		err   string
	}{
		{"null", func(e *codec.Encoder) { e.Null() }, `null`, ""},
		{"bool", func(e *codec.Encoder) { e.Bool(true) }, `true`, ""},
		{"int", func(e *codec.Encoder) { e.Int(math.MinInt64) }, `-9223372036854775808`, ""},
		{"uint", func(e *codec.Encoder) { e.Uint(math.MaxUint64) }, `18446744073709551615`, ""},
		{"float", func(e *codec.Encoder) { e.Float(1.5e-9, 64) }, `1.5e-9`, ""},
		{"float32", func(e *codec.Encoder) { e.Float(float64(float32(0.1)), 32) }, `0.1`, ""},
		{"NaN", func(e *codec.Encoder) { e.Float(math.NaN(), 64) }, `null`, "result: NaN has no JSON form"},
		{"infinite", func(e *codec.Encoder) { e.Float(math.Inf(-1), 32) }, `null`, "result: -Inf has no JSON form"},
		{"number", func(e *codec.Encoder) { e.Number("1e400") }, `1e400`, ""},
		{"number", func(e *codec.Encoder) { e.Number("") }, `0`, ""},
		{"number", func(e *codec.Encoder) { e.Number(`\`) }, `null`, `result: "\\" is not a number`},
		{"string", func(e *codec.Encoder) { e.String("<a&b>\u2028\xff\x00\"") }, `"<a&b>\u2028\ufffd\u0000\""`, ""},
		{"bytes", func(e *codec.Encoder) { e.Bytes([]byte{0xfb, 0xff}) }, `"+/8="`, ""},
		{"bytes", func(e *codec.Encoder) { e.Bytes(nil) }, `""`, ""},
		{"time", func(e *codec.Encoder) { e.Time(time.Date(2026, 1, 31, 15, 4, 5, 5e8, time.UTC)) }, `"2026-01-31T15:04:05.5Z"`, ""},
		{"time", func(e *codec.Encoder) { e.Time(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)) }, `null`,
			"result: Time.AppendText: year outside of range [0,9999]"},
		{"duration", func(e *codec.Encoder) { e.Duration(90 * time.Second) }, `"1m30s"`, ""},
		{"url", func(e *codec.Encoder) { e.URL(url.URL{Scheme: "https", Host: "example.com", Path: "/a b"}) }, `"https://example.com/a%20b"`, ""},
		{"raw", func(e *codec.Encoder) { e.Raw(json.RawMessage(" { \"a\" : [ 1 , \"\xff<\" ] } ")) }, `{"a":[1,"�<"]}`, ""},
		{"raw", func(e *codec.Encoder) { e.Raw(nil) }, `null`, ""},
		{"raw", func(e *codec.Encoder) { e.Raw(json.RawMessage(`{`)) }, `null`, "result: unexpected end of JSON input"},
		{"any", func(e *codec.Encoder) { e.Any(map[string]any{"b": "<>", "a": []int{1}}) }, `{"a":[1],"b":"<>"}`, ""},
		{"any", func(e *codec.Encoder) { e.Any(nil) }, `null`, ""},
		{"any", func(e *codec.Encoder) { e.Any(make(chan int)) }, `null`, "result: json: unsupported type: chan int"},
		{"text", func(e *codec.Encoder) { e.Text(even(12)) }, `"12"`, ""},
		{"text", func(e *codec.Encoder) { e.Text(even(13)) }, `null`, "result: 13 is odd"},
		{"text", func(e *codec.Encoder) { e.Text(nil) }, `null`, ""},
		{"custom", func(e *codec.Encoder) { e.Custom(sent("{ \"a\":1 }\n")) }, `{"a":1}`, ""},
		{"custom", func(e *codec.Encoder) { e.Custom(sent("{} {}")) }, `null`, "result: invalid character '{' after top-level value"},
		{"custom", func(e *codec.Encoder) { e.Custom(nil) }, `null`, ""},
		{"slice", func(e *codec.Encoder) { codec.EncodeSlice(e, []int{1, 2, 3}, encodeInt) }, `[1,2,3]`, ""},
		{"slice", func(e *codec.Encoder) { codec.EncodeSlice(e, nil, encodeInt) }, `[]`, ""},
		{"map", func(e *codec.Encoder) {
			codec.EncodeMap(e, map[string]int{"b": 2, "a": 1}, codec.StringKey[string], encodeInt)
		}, `{"a":1,"b":2}`, ""},
		{"map", func(e *codec.Encoder) { codec.EncodeMap(e, map[string]int(nil), codec.StringKey[string], encodeInt) }, `{}`, ""},
		{"map", func(e *codec.Encoder) {
			codec.EncodeMap(e, map[string]int{"b": 1, "B": 1}, func(_ *codec.Encoder, s string) string { return strings.ToLower(s) }, encodeInt)
		}, `{"b":1,"b":null}`, `/b: two keys have the name "b"`},
		{"pointer", func(e *codec.Encoder) { codec.EncodePointer(e, new(int), encodeInt) }, `0`, ""},
		{"pointer", func(e *codec.Encoder) { codec.EncodePointer(e, nil, encodeInt) }, `null`, ""},
		{"quoted", func(e *codec.Encoder) { e.Quoted(func() { e.String(`a"`) }) }, `"\"a\\\"\""`, ""},
		{"quoted", func(e *codec.Encoder) { e.Quoted(e.Null) }, `null`, ""},
		{"object", func(e *codec.Encoder) {
			e.BeginObject()
			e.Name("a")
			e.BeginObject()
			e.EndObject()
			e.Name("b")
			e.Quoted(func() { e.Int(5) })
			e.Name(":")
			e.BeginArray()
			e.String("[")
			e.BeginArray()
			e.EndArray()
			e.String(",")
			e.Null()
			e.EndArray()
			e.EndObject()
		}, `{"a":{},"b":"5",":":["[",[],",",null]}`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			e := codec.NewEncoder()
			test.write(e)
			if got := string(e.JSON()); got != test.want {
				t.Errorf("wrote %s, want %s", got, test.want)
			}
			if got := message(e.Err()); got != test.err {
				t.Errorf("error is %q, want %q", got, test.err)
			}
		})
	}
}

func TestEncoderErrorNamesItsPlace(t *testing.T) {
	t.Parallel()
	e := codec.NewEncoder()
	e.BeginObject()
	e.Name("x")
	codec.EncodeSlice(e, []string{"{", "a\":"}, encodeString)
	e.Name("a/b~")
	e.BeginArray()
	e.Int(1)
	e.BeginObject()
	e.Name("y")
	e.Raw(json.RawMessage(`{"z":[1,[2]]}`))
	e.EndObject()
	codec.EncodeMap(e, map[string]float64{"ok": 1, "q\n": math.NaN()}, codec.StringKey[string], encodeFloat)
	e.Float(math.Inf(1), 64) // only the first counts
	e.EndArray()
	e.EndObject()
	if got, want := message(e.Err()), `/a~1b~0/2/q\n: NaN has no JSON form`; got != want {
		t.Errorf("error is %q, want %q", got, want)
	}
	want := `{"x":["{","a\":"],"a/b~":[1,{"y":{"z":[1,[2]]}},{"ok":1,"q\n":null},null]}`
	if got := string(e.JSON()); got != want {
		t.Errorf("wrote %s, want %s", got, want)
	}
}

func TestEncoderErrorNamesItsPlaceInQuotes(t *testing.T) {
	t.Parallel()
	e := codec.NewEncoder()
	e.BeginObject()
	e.Name("n")
	e.Quoted(func() { e.Float(math.NaN(), 64) })
	e.EndObject()
	if got, want := message(e.Err()), `/n: NaN has no JSON form`; got != want {
		t.Errorf("error is %q, want %q", got, want)
	}
	if got, want := string(e.JSON()), `{"n":null}`; got != want {
		t.Errorf("wrote %s, want %s", got, want)
	}
}

func TestEncoderErrorWraps(t *testing.T) {
	t.Parallel()
	e := codec.NewEncoder()
	e.Text(even(13))
	var odd oddError
	if !errors.As(e.Err(), &odd) {
		t.Errorf("%v does not wrap the marshaler's error", e.Err())
	}
}

// TestIsZero asks what encoding/json asks of omitzero: an empty slice is not zero.
func TestIsZero(t *testing.T) {
	t.Parallel()
	type list struct{ Items []int }
	tests := map[string]struct{ got, want bool }{
		"zero struct":    {codec.IsZero(list{}), true},
		"empty slice":    {codec.IsZero(list{Items: []int{}}), false},
		"array of nil":   {codec.IsZero([2][]int{}), true},
		"array of empty": {codec.IsZero([2][]int{1: {}}), false},
		"nil interface":  {codec.IsZero[any](nil), true},
	}
	for name, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: got %t, want %t", name, test.got, test.want)
		}
	}
}
