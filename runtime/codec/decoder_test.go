package codec_test

import (
	"encoding/json"
	"math"
	"net/url"
	"reflect"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

// a reader is any function of the package that reads a value.
type reader func(*codec.Decoder) any

func read[T any](f func(*codec.Decoder) T) reader {
	return func(d *codec.Decoder) any { return f(d) }
}

func slice[T any](f func(*codec.Decoder) T) reader {
	return func(d *codec.Decoder) any { return codec.Slice(d, f) }
}

func pointer[T any](f func(*codec.Decoder) T) reader {
	return func(d *codec.Decoder) any {
		if p := codec.Pointer(d, f); p != nil {
			return *p
		}
		return nil
	}
}

func quoted[T any](f func(*codec.Decoder) T) reader {
	return func(d *codec.Decoder) any { return codec.Quoted(d, f) }
}

func mapOf[K comparable, V any](key func(*codec.Decoder) K, value func(*codec.Decoder) V) reader {
	return func(d *codec.Decoder) any { return codec.Map(d, key, value) }
}

func pair(d *codec.Decoder) any {
	var v [2]int
	codec.Array(d, v[:], codec.Int[int])
	return v
}

type (
	color string
	level int8
	// even is an integer that refuses odd text and odd JSON.
	even int
)

type oddError string

func (e oddError) Error() string { return string(e) + " is odd" }

func (e *even) UnmarshalText(text []byte) error { return e.UnmarshalJSON(text) }

func (e *even) UnmarshalJSON(data []byte) error {
	if err := json.Unmarshal(data, (*int)(e)); err != nil || *e%2 == 0 {
		return err
	}
	return oddError(data)
}

type readerTest struct {
	name string
	read reader
	in   string
	want any
	err  string
}

func testReaders(t *testing.T, o codec.Options, tests []readerTest) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name+" "+test.in, func(t *testing.T) {
			t.Parallel()
			d := codec.NewDecoder([]byte(test.in), o)
			got := test.read(d)
			err := d.Err()
			if message(err) != test.err {
				t.Fatalf("error is\n%s\nwant\n%s", message(err), test.err)
			}
			if err == nil && !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %#v, want %#v", got, test.want)
			}
		})
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestReaders(t *testing.T) {
	t.Parallel()
	var (
		text     = read(codec.String[string])
		boolean  = read(codec.Bool[bool])
		integer  = read(codec.Int[int])
		i8       = read(codec.Int[int8])
		i64      = read(codec.Int[int64])
		u8       = read(codec.Uint[uint8])
		u64      = read(codec.Uint[uint64])
		f32      = read(codec.Float[float32])
		f64      = read(codec.Float[float64])
		number   = read(codec.Number)
		data     = read(codec.Bytes[[]byte])
		moment   = read(codec.Time)
		address  = read(codec.URL)
		duration = read(codec.Duration)
		raw      = read(codec.Raw)
		value    = read(codec.Any)
		unText   = read(codec.Text[even])
		unJSON   = read(codec.Custom[even])
	)
	testReaders(t, codec.Options{}, []readerTest{
		{"string", text, `"abc"`, "abc", ""},
		{"string", text, `""`, "", ""},
		{"string", text, ` "a\"\\\/\b\f\n\r\tä\u00e4\u20ac\ud83d\ude00" `, "a\"\\/\b\f\n\r\tää€😀", ""},
		{"named string", read(codec.String[color]), `"red"`, color("red"), ""},
		{"string", text, `5`, "", `arguments: expected a string, got 5`},
		{"string", text, `true`, "", `arguments: expected a string, got true`},
		{"string", text, `null`, "", `arguments: expected a string, got null`},
		{"string", text, `["a"]`, "", `arguments: expected a string, got an array`},
		{"string", text, `{"a":"b"}`, "", `arguments: expected a string, got an object`},

		{"bool", boolean, `true`, true, ""},
		{"bool", boolean, `false`, false, ""},
		{"bool", boolean, `"true"`, true, ""},
		{"bool", boolean, `"false"`, false, ""},
		{"bool", boolean, `"yes"`, false, `arguments: expected true or false, got "yes"`},
		{"bool", boolean, `"tru\u0065"`, true, ""},
		{"bool", boolean, `1`, false, `arguments: expected true or false, got 1`},
		{"bool", boolean, `null`, false, `arguments: expected true or false, got null`},

		{"int", integer, `5`, 5, ""},
		{"int", integer, `-5`, -5, ""},
		{"int", integer, `-0`, 0, ""},
		{"int", integer, `"5"`, 5, ""},
		{"int", integer, `5.0`, 5, ""},
		{"int", integer, `5e0`, 5, ""},
		{"int", integer, `0.5e1`, 5, ""},
		{"int", integer, `500e-2`, 5, ""},
		{"int", integer, `12.50e+1`, 125, ""},
		{"int", integer, `"-5.00"`, -5, ""},
		{"int", integer, `0e99999999999999999999`, 0, ""},
		{"int", integer, `1.5`, 0, `arguments: expected an integer, got 1.5`},
		{"int", integer, `5e-1`, 0, `arguments: expected an integer, got 5e-1`},
		{"int", integer, `1e-99999999999999999999`, 0, `arguments: expected an integer, got 1e-99999999999999999999`},
		{"int", integer, `"abc"`, 0, `arguments: expected an integer, got "abc"`},
		{"int", integer, `"05"`, 0, `arguments: expected an integer, got "05"`},
		{"int", integer, `"5 "`, 0, `arguments: expected an integer, got "5 "`},
		{"int", integer, `""`, 0, `arguments: expected an integer, got ""`},
		{"int", integer, `true`, 0, `arguments: expected an integer, got true`},
		{"int", integer, `null`, 0, `arguments: expected an integer, got null`},
		{"int", integer, `[1]`, 0, `arguments: expected an integer, got an array`},
		{"int8", i8, `127`, int8(127), ""},
		{"int8", i8, `-128`, int8(-128), ""},
		{"int8", i8, `128`, 0, `arguments: must be at most 127, got 128`},
		{"int8", i8, `256`, 0, `arguments: must be at most 127, got 256`},
		{"int8", i8, `-129`, 0, `arguments: must be at least -128, got -129`},
		{"int8", i8, `"300"`, 0, `arguments: must be at most 127, got "300"`},
		{"named int", read(codec.Int[level]), `3`, level(3), ""},
		{"int64", i64, `9007199254740993`, int64(1<<53 + 1), ""},
		{"int64", i64, `9223372036854775807`, int64(math.MaxInt64), ""},
		{"int64", i64, `-9223372036854775808`, int64(math.MinInt64), ""},
		{"int64", i64, `9223372036854775807.00`, int64(math.MaxInt64), ""},
		{"int64", i64, `9223372036854775808`, 0, `arguments: must be at most 9223372036854775807, got 9223372036854775808`},
		{"int64", i64, `-9223372036854775809`, 0, `arguments: must be at least -9223372036854775808, got -9223372036854775809`},
		{"int64", i64, `18446744073709551616`, 0, `arguments: must be at most 9223372036854775807, got 18446744073709551616`},
		{"int64", i64, `1e99999999999999999999`, 0, `arguments: must be at most 9223372036854775807, got 1e99999999999999999999`},
		{"int64", i64, `-1e30`, 0, `arguments: must be at least -9223372036854775808, got -1e30`},

		{"uint8", u8, `255`, uint8(255), ""},
		{"uint8", u8, `256`, 0, `arguments: must be at most 255, got 256`},
		{"uint8", u8, `-1`, 0, `arguments: must be at least 0, got -1`},
		{"uint8", u8, `-0`, uint8(0), ""},
		{"uint8", u8, `"7"`, uint8(7), ""},
		{"uint64", u64, `18446744073709551615`, uint64(math.MaxUint64), ""},
		{"uint64", u64, `18446744073709551616`, 0, `arguments: must be at most 18446744073709551615, got 18446744073709551616`},
		{"uint64", u64, `1.8446744073709551615e19`, uint64(math.MaxUint64), ""},
		{"uint64", u64, `-18446744073709551616`, 0, `arguments: must be at least 0, got -18446744073709551616`},

		{"float", f64, `1.5`, 1.5, ""},
		{"float", f64, `-0`, math.Copysign(0, -1), ""},
		{"float", f64, `"1.5"`, 1.5, ""},
		{"float", f64, `1e-400`, 0.0, ""},
		{"float", f64, `1e400`, 0.0, `arguments: must be at most 1.7976931348623157e+308, got 1e400`},
		{"float", f64, `-1e400`, 0.0, `arguments: must be at least -1.7976931348623157e+308, got -1e400`},
		{"float", f64, `"NaN"`, 0.0, `arguments: expected a number, got "NaN"`},
		{"float", f64, `"0x10"`, 0.0, `arguments: expected a number, got "0x10"`},
		{"float", f64, `false`, 0.0, `arguments: expected a number, got false`},
		{"float32", f32, `0.1`, float32(0.1), ""},
		{"float32", f32, `1e39`, 0, `arguments: must be at most 3.4028235e+38, got 1e39`},

		{"number", number, `12345678901234567890.10`, json.Number("12345678901234567890.10"), ""},
		{"number", number, `"1e400"`, json.Number("1e400"), ""},
		{"number", number, `"one"`, nil, `arguments: expected a number, got "one"`},

		{"bytes", data, `"+/8="`, []byte{0xfb, 0xff}, ""},
		{"bytes", data, `"+/8"`, []byte{0xfb, 0xff}, ""},
		{"bytes", data, `"-_8="`, []byte{0xfb, 0xff}, ""},
		{"bytes", data, `"-_8"`, []byte{0xfb, 0xff}, ""},
		{"bytes", data, `"\u002b\/8="`, []byte{0xfb, 0xff}, ""},
		{"bytes", data, `""`, []byte{}, ""},
		{"bytes", data, `"a b"`, nil, `arguments: expected text in base64, got "a b"`},
		{"bytes", data, `[1]`, nil, `arguments: expected text in base64, got an array`},

		{"time", moment, `"2026-01-31T15:04:05Z"`, time.Date(2026, 1, 31, 15, 4, 5, 0, time.UTC), ""},
		{"url", address, `"https://example.com/a?b=c#d"`, url.URL{Scheme: "https", Host: "example.com", Path: "/a", RawQuery: "b=c", Fragment: "d"}, ""},
		{"url", address, `"/path"`, url.URL{Path: "/path"}, ""},
		{"url", address, `"://"`, nil, `arguments: expected a URL such as "https://example.com/", got "://"`},
		{"url", address, `5`, nil, `arguments: expected a URL such as "https://example.com/", got 5`},
		{"time", moment, `"2026-01-31"`, nil, `arguments: expected a time in RFC 3339 such as "2006-01-02T15:04:05Z", got "2026-01-31"`},
		{"duration", duration, `"1m30s"`, 90 * time.Second, ""},
		{"duration", duration, `"5 minutes"`, nil, `arguments: expected a duration such as "1m30s", got "5 minutes"`},
		{"duration", duration, `5`, nil, `arguments: expected a duration such as "1m30s", got 5`},

		{"raw", raw, ` {"a" : [1, "\u00e4"]} `, json.RawMessage(`{"a" : [1, "\u00e4"]}`), ""},
		{"raw", raw, `null`, json.RawMessage(`null`), ""},
		{"raw", raw, `{"a":[1,}`, nil, `arguments: not valid JSON at byte 8: unexpected '}', expected a value`},

		{"any", value, `null`, nil, ""},
		{"any", value, `"a"`, "a", ""},
		{"any", value, `true`, true, ""},
		{"any", value, `1.10`, 1.1, ""},
		{"any", value, `9007199254740992`, float64(1 << 53), ""},
		{"any", value, `9007199254740993`, json.Number("9007199254740993"), ""},
		{"any", value, `0.1234567890123456789`, json.Number("0.1234567890123456789"), ""},
		{"any", value, `1e22`, 1e22, ""},
		{"any", value, `1e-400`, json.Number("1e-400"), ""},
		{"any", value, `1e400`, nil, `arguments: must be at most 1.7976931348623157e+308, got 1e400`},
		{"any", value, `{"a":[1,{"b":[]}]}`, map[string]any{"a": []any{1.0, map[string]any{"b": []any{}}}}, ""},
		{"any", value, `{"a":{"b":1,"b":2}}`, nil, `/a/b: sent twice; send it once`},

		{"text", unText, `"12"`, even(12), ""},
		{"text", unText, `"13"`, nil, `arguments: expected a valid value, got "13": 13 is odd`},
		{"text", unText, `12`, nil, `arguments: expected a string, got 12`},
		{"custom", unJSON, `12`, even(12), ""},
		{"custom", unJSON, `13`, nil, `arguments: expected a valid value, got 13: 13 is odd`},

		{"slice", slice(codec.Int[int]), `[]`, []int{}, ""},
		{"slice", slice(codec.Int[int]), `[1, "2" ,3.0]`, []int{1, 2, 3}, ""},
		{"slice", slice(codec.Int[int]), `[1,"a",true]`, nil, "/1: expected an integer, got \"a\"\n/2: expected an integer, got true"},
		{"slice", slice(codec.Int[int]), `null`, nil, `arguments: expected an array, got null`},
		{"array", pair, `[1,2]`, [2]int{1, 2}, ""},
		{"array", pair, `[1]`, nil, `arguments: must have 2 items, got 1 item`},
		{"array", pair, `[1,2,{},4]`, nil, `arguments: must have 2 items, got 4 items`},
		{"pointer", pointer(codec.Int[int]), `null`, nil, ""},
		{"pointer", pointer(codec.Int[int]), `5`, 5, ""},
		{"quoted", quoted(codec.Int[int]), `"5"`, 5, ""},
		{"quoted", quoted(codec.Int[int]), `5`, 5, ""},
		{"quoted", quoted(codec.Int[int]), `"x"`, nil, `arguments: expected an integer, got "x"`},
		{"quoted", quoted(codec.String[string]), `"\"a\\n\""`, "a\n", ""},
		{"quoted", quoted(codec.String[string]), `"a"`, "a", ""},

		{"map", mapOf(codec.String[color], codec.Int[int]), `{"a":1,"b":2}`, map[color]int{"a": 1, "b": 2}, ""},
		{"map", mapOf(codec.Int[int], codec.Bool[bool]), `{"1":true,"-2":false}`, map[int]bool{1: true, -2: false}, ""},
		{"map", mapOf(codec.Text[even], codec.Bool[bool]), `{"2":true}`, map[even]bool{2: true}, ""},
		{"map", mapOf(codec.Int[int], codec.Bool[bool]), `{"one":true,"2":3}`, nil, "/one: name: expected an integer, got \"one\"\n/2: expected true or false, got 3"},
		{"map", mapOf(codec.Int[int], codec.Bool[bool]), `{"1":true,"1.0":true}`, nil, `/1.0: sent twice; send it once`},
		{"map", mapOf(codec.String[string], codec.Bool[bool]), `{"a":true,"\u0061":false}`, nil, `/a: sent twice; send it once`},
		{"map", mapOf(codec.String[string], codec.Bool[bool]), `{}`, map[string]bool{}, ""},
		{"map", mapOf(codec.String[string], codec.Bool[bool]), `[]`, nil, `arguments: expected an object, got an array`},
	})
}

func TestStrictReaders(t *testing.T) {
	t.Parallel()
	testReaders(t, codec.Options{Strict: true}, []readerTest{
		{"int", read(codec.Int[int]), `5`, 5, ""},
		{"int", read(codec.Int[int]), `"5"`, nil, `arguments: expected an integer, got "5"`},
		{"int", read(codec.Int[int]), `5.0`, 5, ""},
		{"int", read(codec.Int[int]), `5e0`, 5, ""},
		{"int", read(codec.Int[int]), `5.5`, nil, `arguments: expected an integer, got 5.5`},
		{"int", read(codec.Int[int64]), `18446744073709551616`, nil, `arguments: must be at most 9223372036854775807, got 18446744073709551616`},
		{"uint", read(codec.Uint[uint64]), `18446744073709551615`, uint64(math.MaxUint64), ""},
		{"float", read(codec.Float[float64]), `"1.5"`, nil, `arguments: expected a number, got "1.5"`},
		{"number", read(codec.Number), `"1.5"`, nil, `arguments: expected a number, got "1.5"`},
		{"bool", read(codec.Bool[bool]), `"true"`, nil, `arguments: expected true or false, got "true"`},
		{"bytes", read(codec.Bytes[[]byte]), `"+/8="`, []byte{0xfb, 0xff}, ""},
		{"bytes", read(codec.Bytes[[]byte]), `"+/8"`, nil, `arguments: expected text in base64, got "+/8"`},
		{"bytes", read(codec.Bytes[[]byte]), `"-_8="`, nil, `arguments: expected text in base64, got "-_8="`},
		{"slice", slice(codec.Int[int]), `"[1]"`, nil, `arguments: expected an array, got "[1]"`},
		{"pointer", pointer(codec.Int[int]), `null`, nil, `arguments: expected an integer, got null`},
		{"pointer", pointer(codec.Any), `null`, nil, ""},
		{"url", read(codec.URL), `"a b"`, nil, `arguments: expected a URL such as "https://example.com/", got "a b"`},
		{"quoted", quoted(codec.Int[int]), `"5"`, 5, ""},
		{"time", read(codec.Time), `"2026-01-02T03:04:05,5Z"`, nil, `arguments: expected a time in RFC 3339 such as "2006-01-02T15:04:05Z", got "2026-01-02T03:04:05,5Z"`},
		{"quoted", quoted(codec.Int[int]), `"5.0"`, nil, `arguments: expected an integer, got 5.0`},
		{"quoted", quoted(codec.Int[int]), `" 5"`, nil, `arguments: expected a string that contains JSON, got " 5"`},
		{"quoted", quoted(codec.Int[int]), `5`, nil, `arguments: expected a string that contains JSON, got 5`},
		{"quoted", quoted(codec.Int[int]), `"x"`, nil, `arguments: expected a string that contains JSON, got "x"`},
		{"map", mapOf(codec.Int[int], codec.Int[int]), `{"1":2}`, map[int]int{1: 2}, ""},
		{"map", mapOf(codec.Int[int], codec.Int[int]), `{"1.0":2.0}`, nil, `/1.0: name: expected an integer, got "1.0"`},
		{"map", mapOf(codec.Int[int], codec.Int[int]), `{"1":"2"}`, nil, `/1: expected an integer, got "2"`},
		{"map", mapOf(codec.Int[int], codec.Int[int]), `"{}"`, nil, `arguments: expected an object, got "{}"`},
	})
}

func TestLoneElement(t *testing.T) {
	t.Parallel()
	lists := func(d *codec.Decoder) any {
		return codec.Slice(d, func(d *codec.Decoder) []int { return codec.Slice(d, codec.Int[int]) })
	}
	maps := func(d *codec.Decoder) any {
		return codec.Slice(d, func(d *codec.Decoder) map[string][]int {
			return codec.Map(d, codec.String[string], func(d *codec.Decoder) []int { return codec.Slice(d, codec.Int[int]) })
		})
	}
	testReaders(t, codec.Options{}, []readerTest{
		{"number", slice(codec.Int[int]), `1`, []int{1}, ""},
		{"number as text", slice(codec.Int[int]), `"-1"`, []int{-1}, ""},
		{"bool", slice(codec.Bool[bool]), `true`, []bool{true}, ""},
		{"text", slice(codec.String[string]), `"a b"`, []string{"a b"}, ""},
		{"object", maps, `{"a":1,"b":[2,3]}`, []map[string][]int{{"a": {1}, "b": {2, 3}}}, ""},
		{"in a list of lists", lists, `[1,[2]]`, [][]int{{1}, {2}}, ""},
		{"for a list of lists", lists, `1`, nil, `arguments: expected an array, got 1`},
		{"null", slice(codec.Int[int]), `null`, nil, `arguments: expected an array, got null`},
		{"empty text", slice(codec.String[string]), `""`, nil, `arguments: expected an array, got ""`},
		{"blank text", slice(codec.String[string]), `" "`, nil, `arguments: expected an array, got " "`},
		{"text that lists", slice(codec.String[string]), `"a, b"`, nil, `arguments: expected an array, got "a, b"`},
		{"lines", slice(codec.String[string]), `"a\nb"`, nil, `arguments: expected an array, got "a\nb"`},
		{"text that begins a list", slice(codec.String[string]), `"[a"`, nil, `arguments: expected an array, got "[a", which is not valid JSON at byte 1: unexpected 'a', expected a value`},
		{"no element", slice(codec.Int[int]), `"x"`, nil, `arguments: expected an array, got "x"`},
		{"no element either", slice(codec.Int[int]), `{"a":1}`, nil, `arguments: expected an array, got an object`},
		{"element with a mistake", maps, `{"a":true}`, nil, `/a: expected an array, got true`},
	})
	testReaders(t, codec.Options{Strict: true}, []readerTest{
		{"strict", slice(codec.Int[int]), `1`, nil, `arguments: expected an array, got 1`},
		{"strict", slice(codec.String[string]), `"a"`, nil, `arguments: expected an array, got "a"`},
	})
}

func TestJSONText(t *testing.T) {
	t.Parallel()
	lists := func(d *codec.Decoder) any {
		return codec.Slice(d, func(d *codec.Decoder) []int { return codec.Slice(d, codec.Int[int]) })
	}
	testReaders(t, codec.Options{}, []readerTest{
		{"array", slice(codec.String[string]), `"[\"a\",\"b\\n\"]"`, []string{"a", "b\n"}, ""},
		{"array", slice(codec.Int[int]), `" [1, 2] "`, []int{1, 2}, ""},
		{"object", mapOf(codec.String[string], codec.Int[int]), `"{\"a\":1}"`, map[string]int{"a": 1}, ""},
		{"twice", lists, `"[\"[1]\",[2]]"`, [][]int{{1}, {2}}, ""},
		{"goes on behind", lists, `["[1]",[2],"[]"]`, [][]int{{1}, {2}, {}}, ""},
		{"pointers go on", lists, `[[],"[1,true]",[null]]`, nil, "/1/1: expected an integer, got true\n/2/0: expected an integer, got null"},
		{"other", slice(codec.Int[int]), `"1,2"`, nil, `arguments: expected an array, got "1,2"`},
		{"other", slice(codec.Int[int]), `"{}"`, nil, `arguments: expected an array, got "{}"`},
		{"broken", lists, `["[1",[2]]`, nil, `/0: expected an array, got "[1", which is not valid JSON at byte 2: unexpected end, expected ',' or ']'`},
		{"trailing", slice(codec.Int[int]), `"[1] x"`, nil, `arguments: expected an array, got "[1] x", which is not valid JSON at byte 4: unexpected 'x', expected nothing more`},
	})
}

func TestSyntax(t *testing.T) {
	t.Parallel()
	const at = "arguments: not valid JSON at byte "
	var (
		value = read(codec.Any)
		ints  = slice(codec.Int[int])
	)
	testReaders(t, codec.Options{}, []readerTest{
		{"empty", value, ``, nil, at + `0: unexpected end, expected a value`},
		{"end", ints, `[1,2`, nil, at + `4: unexpected end, expected ',' or ']'`},
		{"end", ints, `[1,`, nil, at + `3: unexpected end, expected a value`},
		{"comma", ints, `[1,]`, nil, at + `3: unexpected ']', expected a value`},
		{"comma", ints, `[,1]`, nil, at + `1: unexpected ',', expected a value`},
		{"separator", ints, `[1 2]`, nil, at + `3: unexpected '2', expected ',' or ']'`},
		{"trailing", ints, `[1] [2]`, nil, at + `4: unexpected '[', expected nothing more`},
		{"zero", ints, `[01]`, nil, at + `2: unexpected '1', expected ',' or ']'`},
		{"minus", ints, `[-]`, nil, at + `2: unexpected ']', expected a digit`},
		{"point", ints, `[1.]`, nil, at + `3: unexpected ']', expected a digit`},
		{"exponent", ints, `[1e+]`, nil, at + `4: unexpected ']', expected a digit`},
		{"plus", ints, `[+1]`, nil, at + `1: unexpected '+', expected a value`},
		{"word", value, `nul`, nil, at + `0: unexpected 'n', expected a value`},
		{"word", value, `True`, nil, at + `0: unexpected 'T', expected a value`},
		{"object", value, `{"a" 1}`, nil, at + `5: unexpected '1', expected ':'`},
		{"object", value, `{"a":1 "b":2}`, nil, at + `7: unexpected '"', expected ',' or '}'`},
		{"object", value, `{"a":1,}`, nil, at + `7: unexpected '}', expected a name in double quotes`},
		{"object", value, `{a:1}`, nil, at + `1: unexpected 'a', expected a name in double quotes`},
		{"object", value, `{"a":}`, nil, at + `5: unexpected '}', expected a value`},
		{"string", value, `"a`, nil, at + `2: unexpected end in a string`},
		{"string", value, `"a\`, nil, at + `2: unexpected end in a string`},
		{"string", value, `"\x"`, nil, at + `1: unknown escape in a string`},
		{"string", value, `"\u12g4"`, nil, at + `1: \u needs four hexadecimal digits`},
		{"string", value, "\"a\nb\"", nil, at + `2: control character in a string; escape it`},
		{"surrogate", value, `"\ud83d"`, nil, at + `1: half of a surrogate pair is no character`},
		{"surrogate", value, `"\ude00\ud83d"`, nil, at + `1: half of a surrogate pair is no character`},
		{"UTF-8", value, "\"\xff\"", nil, at + `1: invalid UTF-8`},
		{"UTF-8", value, "\"\xed\xa0\x80\"", nil, at + `1: invalid UTF-8`},
		{"byte order mark", value, "\ufeff1", nil, at + `0: unexpected '\ufeff', expected a value`},
		{"after problems", ints, `["a",`, nil, "/0: expected an integer, got \"a\"\n" + at + `5: unexpected end, expected a value`},
	})
}

func TestErrIsProblems(t *testing.T) {
	t.Parallel()
	d := codec.NewDecoder([]byte(`[true]`), codec.Options{})
	codec.Slice(d, codec.Int[int])
	want := codec.Problems{{Pointer: "/0", Message: "expected an integer, got true"}}
	for range 2 { // asking again changes nothing
		if got := d.Err(); !reflect.DeepEqual(got, error(want)) {
			t.Errorf("Err() = %#v, want %#v", got, want)
		}
	}
}

func TestDecoderKeepsNothing(t *testing.T) {
	t.Parallel()
	data := []byte(`["abc",{"a":1},"YWJj",12]`)
	before := string(data)
	d := codec.NewDecoder(data, codec.Options{})
	i := 0
	var s string
	var raw json.RawMessage
	var b []byte
	var n json.Number
	codec.Slice(d, func(d *codec.Decoder) struct{} {
		switch i++; i {
		case 1:
			s = codec.String[string](d)
		case 2:
			raw = codec.Raw(d)
		case 3:
			b = codec.Bytes[[]byte](d)
		case 4:
			n = codec.Number(d)
		}
		return struct{}{}
	})
	if err := d.Err(); err != nil {
		t.Fatal(err)
	}
	if string(data) != before {
		t.Errorf("the input became %s", data)
	}
	clear(data)
	if s != "abc" || string(raw) != `{"a":1}` || string(b) != "abc" || n != "12" {
		t.Errorf("got %q, %q, %q, %q after the input changed", s, raw, b, n)
	}
}

func TestReadingTwicePanics(t *testing.T) {
	t.Parallel()
	defer func() {
		if got, want := recover(), "codec: a second value is read where there is one"; got != want {
			t.Errorf("panic is %v, want %v", got, want)
		}
	}()
	d := codec.NewDecoder([]byte(`1`), codec.Options{})
	codec.Int[int](d)
	codec.Int[int](d)
}
