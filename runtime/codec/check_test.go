package codec_test

import (
	"regexp"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

// checked reads a value and checks it.
func checked[T any](f func(*codec.Decoder) T, check func(*codec.Decoder, T)) reader {
	return func(d *codec.Decoder) any {
		v := f(d)
		check(d, v)
		return v
	}
}

func TestChecks(t *testing.T) {
	t.Parallel()
	var (
		digits = regexp.MustCompile(`^\d+$`)
		text   = codec.String[string]
		ints   = func(d *codec.Decoder) []int { return codec.Slice(d, codec.Int[int]) }
		counts = func(d *codec.Decoder) map[string]int { return codec.Map(d, codec.String[string], codec.Int[int]) }
	)
	var (
		length = checked(text, func(d *codec.Decoder, v string) {
			codec.MinLength(d, v, 2)
			codec.MaxLength(d, v, 3)
			codec.Pattern(d, v, digits)
		})
		bounds = checked(codec.Int[level], func(d *codec.Decoder, v level) {
			codec.Minimum(d, v, 1)
			codec.Maximum(d, v, 10)
		})
		exclusive = checked(codec.Float[float64], func(d *codec.Decoder, v float64) {
			codec.ExclusiveMinimum(d, v, 0)
			codec.ExclusiveMaximum(d, v, 0.5)
		})
		fives  = checked(codec.Uint[uint], func(d *codec.Decoder, v uint) { codec.MultipleOf(d, v, 5) })
		tenths = checked(codec.Float[float64], func(d *codec.Decoder, v float64) { codec.MultipleOf(d, v, 0.1) })
		halves = checked(codec.Float[float64], func(d *codec.Decoder, v float64) { codec.MultipleOf(d, v, 1) })
		thirds = checked(codec.Float[float64], func(d *codec.Decoder, v float64) { codec.MultipleOf(d, v, 0.3) })
		small  = checked(codec.Float[float32], func(d *codec.Decoder, v float32) { codec.MultipleOf(d, v, 0.1) })
		items  = checked(ints, func(d *codec.Decoder, v []int) {
			codec.MinItems(d, len(v), 1)
			codec.MaxItems(d, len(v), 3)
			codec.UniqueItems(d, v)
		})
		members = checked(counts, func(d *codec.Decoder, v map[string]int) {
			codec.MinProperties(d, len(v), 1)
			codec.MaxProperties(d, len(v), 2)
		})
		colors = checked(codec.String[color], func(d *codec.Decoder, v color) { codec.OneOf(d, v, "red", "green") })
		levels = checked(codec.Int[level], func(d *codec.Decoder, v level) { codec.OneOf(d, v, 1, 2) })
	)
	testReaders(t, codec.Options{}, []readerTest{
		{"length", length, `"12"`, "12", ""},
		{"length", length, `"1"`, nil, `arguments: must have at least 2 characters, got 1`},
		{"length", length, `"1234"`, nil, `arguments: must have at most 3 characters, got 4`},
		{"length", length, `"äöü"`, nil, `arguments: must match the pattern ^\d+$, got "äöü"`},
		{"length", length, `"ä"`, nil, "arguments: must have at least 2 characters, got 1\narguments: must match the pattern ^\\d+$, got \"ä\""},
		{"length", length, `1`, nil, `arguments: expected a string, got 1`},

		{"bounds", bounds, `1`, level(1), ""},
		{"bounds", bounds, `10`, level(10), ""},
		{"bounds", bounds, `0`, nil, `arguments: must be at least 1, got 0`},
		{"bounds", bounds, `"11"`, nil, `arguments: must be at most 10, got "11"`},
		{"bounds", bounds, `200`, nil, `arguments: must be at most 127, got 200`},
		{"bounds", bounds, `true`, nil, `arguments: expected an integer, got true`},
		{"exclusive", exclusive, `0.25`, 0.25, ""},
		{"exclusive", exclusive, `0`, nil, `arguments: must be greater than 0, got 0`},
		{"exclusive", exclusive, `0.50`, nil, `arguments: must be less than 0.5, got 0.50`},
		{"multiple", fives, `15`, uint(15), ""},
		{"multiple", fives, `7`, nil, `arguments: must be a multiple of 5, got 7`},
		{"multiple", tenths, `0.3`, 0.3, ""},
		{"multiple", tenths, `0`, 0.0, ""},
		{"multiple", tenths, `-123456.7`, -123456.7, ""},
		{"multiple", tenths, `0.35`, nil, `arguments: must be a multiple of 0.1, got 0.35`},
		{"multiple", tenths, `1000000000.05`, nil, `arguments: must be a multiple of 0.1, got 1000000000.05`},
		{"multiple", tenths, `0.30000000000000004`, nil, `arguments: must be a multiple of 0.1, got 0.30000000000000004`},
		{"multiple", halves, `2251799813685249.5`, nil, `arguments: must be a multiple of 1, got 2251799813685249.5`},
		{"multiple", thirds, `1e300`, nil, `arguments: must be a multiple of 0.3, got 1e300`},
		{"multiple", small, `0.3`, float32(0.3), ""},
		{"multiple", small, `0.35`, nil, `arguments: must be a multiple of 0.1, got 0.35`},

		{"items", items, `[1,2,3]`, []int{1, 2, 3}, ""},
		{"items", items, `[]`, nil, `arguments: must have at least 1 item, got 0`},
		{"items", items, `[1,2,3,4]`, nil, `arguments: must have at most 3 items, got 4`},
		{"items", items, `[1,2,1]`, nil, `arguments: must have no equal items, got 1 at index 0 and 2`},
		{"items", items, `[1,2,3,4,"x"]`, nil, `/4: expected an integer, got "x"`},
		{"members", members, `{"a":1}`, map[string]int{"a": 1}, ""},
		{"members", members, `{}`, nil, `arguments: must have at least 1 property, got 0`},
		{"members", members, `{"a":1,"b":1,"c":1}`, nil, `arguments: must have at most 2 properties, got 3`},

		{"one of", colors, `"red"`, color("red"), ""},
		{"one of", colors, `"gren"`, nil, `arguments: must be one of "red", "green", got "gren"; did you mean "green"?`},
		{"one of", colors, `"Red"`, nil, `arguments: must be one of "red", "green", got "Red"; did you mean "red"?`},
		{"one of", colors, `"blue"`, nil, `arguments: must be one of "red", "green", got "blue"`},
		{"one of", colors, `null`, nil, `arguments: expected a string, got null`},
		{"one of", levels, `2`, level(2), ""},
		{"one of", levels, `3`, nil, `arguments: must be one of 1, 2, got 3`},
		{"one of", levels, `"3"`, nil, `arguments: must be one of 1, 2, got "3"`},
	})
}

func TestChecksOfItemsAndOfTheirArrayAreBothMade(t *testing.T) {
	t.Parallel()
	d := codec.NewDecoder([]byte(`[1,2]`), codec.Options{})
	v := codec.Slice(d, func(d *codec.Decoder) int {
		v := codec.Int[int](d)
		codec.Minimum(d, v, 2)
		return v
	})
	codec.MinItems(d, len(v), 3)
	want := "/0: must be at least 2, got 1\narguments: must have at least 3 items, got 2"
	if got := message(d.Err()); got != want {
		t.Errorf("error is\n%s\nwant\n%s", got, want)
	}
}

func TestFormat(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ good, bad []string }{
		"date-time":     {[]string{"2026-01-31T15:04:05Z", "2026-01-31T15:04:05.5+02:00", "2026-01-31t15:04:05z", "1998-12-31T23:59:60Z"}, []string{"2026-01-31", "2026-02-30T00:00:00Z", "", "2026-01-31 15:04:05Z", "2026-01-31T24:00:00Z", "2026-01-31T15:04:05,5Z"}},
		"date":          {[]string{"2026-01-31"}, []string{"2026-02-30", "31.1.2026"}},
		"time":          {[]string{"15:04:05Z", "15:04:05+01:00", "23:59:60Z", "00:59:60.5+01:00"}, []string{"15:04", "25:00:00Z", "15:04:05", "3:04:05.5Z", "15:04:05+24:00", "15:04:05+01:60", "22:59:60Z", "23:59:61Z"}},
		"duration":      {[]string{"P1Y2M3DT4H5M6S", "PT1M", "P2W", "P1D"}, []string{"P", "PT", "P1", "P1DT", "PT1D", "P1M1Y", "1m30s", "P1.5D", "P1W2D", "PW", "P12"}},
		"email":         {[]string{"ada@example.com", "a.b+c@localhost", `"a b"@example.com`, "ada@[127.0.0.1]", "ada@[IPv6:::1]"}, []string{".a@b", "a.@b", "a..b@c", "ä@b", `"a\"b"@c`, "a@[b]", "a@[127.0.0.1", "a@[IPv6:127.0.0.1]", "ada", "@example.com", "ada@", "a b@example.com", "a@b@c", "a@-b"}},
		"hostname":      {[]string{"www.example.com", "a-1"}, []string{"", "a..b", "-a", "a_b", "ä"}},
		"ipv4":          {[]string{"192.0.2.1"}, []string{"192.0.2.256", "::1", "192.0.2"}},
		"ipv6":          {[]string{"2001:db8::1", "::ffff:192.0.2.1"}, []string{"192.0.2.1", "fe80::1%eth0", ":::"}},
		"uri":           {[]string{"https://example.com/a?b#c", "urn:a:b"}, []string{"/a", "example.com", "https://a b", "%"}},
		"uri-reference": {[]string{"/a", "https://example.com", "../x"}, []string{"a b", `a\b`, "%"}},
		"uuid":          {[]string{"123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"}, []string{"123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g", "123e4567-e89b-12d3-a456+426614174000"}},
		"json-pointer":  {[]string{"", "/a/0", "/~0~1"}, []string{"a", "/~", "/~2"}},
		"regex":         {[]string{"^a+$"}, []string{"("}},
		"unheard-of":    {[]string{"", "anything"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, v := range test.good {
				if err := checkFormat(v, name); err != nil {
					t.Errorf("%q is refused: %v", v, err)
				}
			}
			for _, v := range test.bad {
				if err := checkFormat(v, name); err == nil {
					t.Errorf("%q is not refused", v)
				}
			}
		})
	}
	want := `arguments: must be an email address such as ada@example.com, got "x"`
	if got := message(checkFormat("x", "email")); got != want {
		t.Errorf("error is %q, want %q", got, want)
	}
}

func checkFormat(v, name string) error {
	e := codec.NewEncoder()
	e.String(v)
	d := codec.NewDecoder(e.JSON(), codec.Options{})
	codec.Format(d, codec.String[string](d), name)
	return d.Err()
}
