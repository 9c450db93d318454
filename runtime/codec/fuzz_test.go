package codec_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

var seeds = []string{
	``, ` `, `null`, `true`, `0`, `-0.5e+10`, `1e400`, `9007199254740993`, `"a\u00e4\ud83d\ude00"`, `"\ud83d"`,
	`[]`, `{}`, `[1,[2,{"a":null}],"x"]`, `{"a":1,"a":2}`, `{"text":"a","limit":"5","filter":"{\"field\":\"title\"}"}`,
	`{"text":1,"filter":{"field":null,"sub":[{"field":"x","any":{"a":[]}}]},"tags":"[\"a\",1]"}`,
	`{"shapes":[{"radius":1,"kind":"circle"},{"k\u0069nd":"quad"}],"inner":"{\"kind\":\"none\"}","kind":"group"}`,
	`{"kind":"circle","kind":"square"}`, `{"inner":{"inner":{"kind":5},"kind":"group"},"kind":"group"}`, `[1,]`, `{"a":}`, "\"\x01\"", "\"\xff\"", `[[[[[[`, `"[\"[1]\"]"`, `{"":{"~/":[0]}} x`,
}

// FuzzDecode reads anything as everything. It must not panic, and must come to
// an end.
func FuzzDecode(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s), false)
	}
	readers := []reader{
		read(decodeQuery), read(decodeShape), slice(decodeShape), read(codec.Any), read(codec.Raw), read(codec.String[string]), read(codec.Bool[bool]),
		read(codec.Int[int8]), read(codec.Uint[uint64]), read(codec.Float[float32]), read(codec.Number),
		read(codec.Bytes[[]byte]), read(codec.Time), read(codec.Duration), read(codec.Text[even]), read(codec.Custom[even]),
		slice(codec.Any), pointer(decodeQuery), pair, quoted(decodeQuery), quoted(codec.Int[int]),
		mapOf(codec.Int[int], codec.Any), mapOf(codec.String[string], decodeQuery),
		checked(codec.String[string], func(d *codec.Decoder, v string) {
			codec.MinLength(d, v, 3)
			codec.OneOf(d, v, "red", "green")
			codec.Format(d, v, "duration")
			codec.Format(d, v, "email")
			codec.Format(d, v, "uuid")
			codec.Format(d, v, "json-pointer")
		}),
		checked(codec.Float[float64], func(d *codec.Decoder, v float64) {
			codec.Maximum(d, v, 1)
			codec.MultipleOf(d, v, 0.1)
		}),
		func(d *codec.Decoder) any {
			v := codec.Slice(d, codec.String[string])
			codec.UniqueItems(d, v)
			codec.MinItems(d, len(v), 3)
			return v
		},
	}
	f.Fuzz(func(t *testing.T, data []byte, strict bool) {
		for _, r := range readers {
			d := codec.NewDecoder(data, codec.Options{Strict: strict})
			r(d)
			err := d.Err()
			if err == nil {
				continue
			}
			if n := strings.Count(err.Error(), "\n"); n > 20 || !utf8.ValidString(err.Error()) {
				t.Errorf("error of %d lines: %q", n+1, err)
			}
			for _, p := range err.(codec.Problems) {
				if p.Message == "" || p.Pointer != "" && p.Pointer[0] != '/' {
					t.Errorf("odd problem %#v", p)
				}
			}
		}
	})
}

// FuzzAny compares with encoding/json, which accepts more in four respects only.
func FuzzAny(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := codec.NewDecoder(data, codec.Options{Strict: true})
		got := codec.Any(d)
		err := d.Err()
		var want any
		wantErr := json.Unmarshal(data, &want)
		if err == nil && wantErr != nil {
			t.Fatalf("accepts %q, which encoding/json refuses: %v", data, wantErr)
		}
		if err != nil {
			for _, reason := range []string{"sent twice", "nested deeper", "surrogate", "invalid UTF-8"} {
				if strings.Contains(err.Error(), reason) {
					return
				}
			}
			if wantErr == nil {
				t.Fatalf("refuses %q, which encoding/json accepts: %v", data, err)
			}
			return
		}
		if got = floats(got); !reflect.DeepEqual(got, want) {
			t.Errorf("reads %q as %#v, encoding/json as %#v", data, got, want)
		}
	})
}

// floats replaces numbers by the nearest float64.
func floats(v any) any {
	switch v := v.(type) {
	case json.Number:
		f, err := v.Float64()
		if err == nil && json.Number(fmt.Sprint(f)) == v {
			panic("a float64 would have done for " + v)
		}
		return f
	case []any:
		for i := range v {
			v[i] = floats(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = floats(v[k])
		}
	}
	return v
}

// FuzzInteger compares with encoding/json on whole numbers, and with itself on
// other spellings of them.
func FuzzInteger(f *testing.F) {
	f.Add(int64(0), uint8(0))
	f.Add(int64(math.MinInt64), uint8(3))
	f.Add(int64(math.MaxInt64), uint8(255))
	f.Add(int64(1000), uint8(2))
	f.Fuzz(func(t *testing.T, v int64, zeros uint8) {
		plain := fmt.Sprint(v)
		for _, in := range spellings(plain, int(zeros)) {
			d := codec.NewDecoder([]byte(in), codec.Options{})
			if got := codec.Int[int64](d); got != v || d.Err() != nil {
				t.Errorf("%s is read as %d, %v", in, got, d.Err())
			}
		}
		d := codec.NewDecoder([]byte(plain), codec.Options{})
		got := codec.Int[int16](d)
		var want int16
		if err := json.Unmarshal([]byte(plain), &want); (err == nil) != (d.Err() == nil) || err == nil && got != want {
			t.Errorf("%s is read as %d, %v, by encoding/json as %d, %v", plain, got, d.Err(), want, err)
		}
	})
}

// spellings returns other ways to write a whole number.
func spellings(plain string, zeros int) []string {
	more := strings.Repeat("0", zeros)
	ways := []string{plain, plain + ".0" + more, `"` + plain + `e0"`}
	if plain == "0" {
		return append(ways, fmt.Sprintf("-0.%s0E+%d", more, zeros))
	}
	first := len(strings.TrimLeft(plain, "-")) - 1
	return append(ways,
		fmt.Sprintf("%s%se-%d", plain, more, zeros),
		fmt.Sprintf("%s.%s%sE+%d", plain[:len(plain)-first], plain[len(plain)-first:], more+"0", first))
}

// FuzzEncode compares what is written of strings and floats with encoding/json.
func FuzzEncode(f *testing.F) {
	f.Add("a<b>&\"\\\u2028\u2029\xff\x00\x7f\b\f\n\r\tä😀", 1.5)
	f.Add("", 1e21)
	f.Add("\xe2\x80", 1e-7)
	f.Add("\ufffd", math.SmallestNonzeroFloat64)
	f.Fuzz(func(t *testing.T, s string, v float64) {
		e := codec.NewEncoder()
		e.BeginObject()
		e.Name(s)
		e.String(s)
		e.EndObject()
		if got, want := e.JSON(), marshal(t, map[string]string{s: s}); !bytes.Equal(got, want) {
			t.Errorf("string %q is written as %s, by encoding/json as %s", s, got, want)
		}
		d := codec.NewDecoder(e.JSON(), codec.Options{Strict: true})
		m := codec.Map(d, codec.String[string], codec.String[string])
		valid := strings.ToValidUTF8(s, "\ufffd")
		if utf8.ValidString(s) && (d.Err() != nil || len(m) != 1 || m[valid] != valid) {
			t.Errorf("string %q is read back as %q, %v", s, m, d.Err())
		}
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return
		}
		e = codec.NewEncoder()
		e.Float(v, 64)
		if got, want := e.JSON(), marshal(t, v); !bytes.Equal(got, want) {
			t.Errorf("float64 is written as %s, by encoding/json as %s", got, want)
		}
		if float := float32(v); !math.IsInf(float64(float), 0) {
			e = codec.NewEncoder()
			e.Float(float64(float), 32)
			if got, want := e.JSON(), marshal(t, float); !bytes.Equal(got, want) {
				t.Errorf("float32 is written as %s, by encoding/json as %s", got, want)
			}
		}
	})
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
