package codec_test

import (
	"runtime"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

func TestDepth(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		in   string
		want string
	}{
		"1000 arrays":   {strings.Repeat("[", 1000) + strings.Repeat("]", 1000), ""},
		"1001 arrays":   {strings.Repeat("[", 1001) + strings.Repeat("]", 1001), "arguments: not valid JSON at byte 1000: nested deeper than 1000 levels"},
		"10,000 arrays": {strings.Repeat("[", 10_000), "arguments: not valid JSON at byte 1000: nested deeper than 1000 levels"},
		"1001 objects":  {strings.Repeat(`{"a":`, 1001), "arguments: not valid JSON at byte 5000: nested deeper than 1000 levels"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for how, f := range map[string]reader{"any": read(codec.Any), "raw": read(codec.Raw), "tree": read(decodeTree)} {
				if how == "tree" && test.in[0] == '{' {
					continue
				}
				d := codec.NewDecoder([]byte(test.in), codec.Options{})
				f(d)
				if got := message(d.Err()); got != test.want {
					t.Errorf("%s: error is %q, want %q", how, got, test.want)
				}
			}
		})
	}
}

type tree []tree

func decodeTree(d *codec.Decoder) tree { return codec.Slice(d, decodeTree) }

func TestDepthCountsThroughText(t *testing.T) {
	t.Parallel()
	inner := strings.Repeat("[", 600) + strings.Repeat("]", 600)
	in := strings.Repeat("[", 600) + `"` + inner + `"` + strings.Repeat("]", 600)
	d := codec.NewDecoder([]byte(in), codec.Options{})
	decodeTree(d)
	want := strings.Repeat("/0", 128) + "…: expected an array, got \"" + strings.Repeat("[", 64) +
		"…\", which is not valid JSON at byte 400: nested deeper than 1000 levels"
	if got := message(d.Err()); got != want {
		t.Errorf("error is\n%s\nwant\n%s", got, want)
	}
}

func TestLongString(t *testing.T) {
	const n = 50 << 20
	in := make([]byte, 0, n+2)
	in = append(in, '"')
	for range n {
		in = append(in, 'a')
	}
	in = append(in, '"')
	before := allocated()
	d := codec.NewDecoder(in, codec.Options{})
	if got := len(codec.String[string](d)); got != n || d.Err() != nil {
		t.Errorf("got %d bytes, %v, want %d", got, d.Err(), n)
	}
	if got := allocated() - before; got > n+n/10 {
		t.Errorf("reading %d bytes allocated %d", n, got)
	}
	before = allocated()
	d = codec.NewDecoder(in, codec.Options{})
	codec.Int[int](d)
	want := `arguments: expected an integer, got "` + strings.Repeat("a", 64) + `…"`
	if got := message(d.Err()); got != want {
		t.Errorf("error is %q, want %q", got, want)
	}
	if got := allocated() - before; got > 1<<20 {
		t.Errorf("refusing %d bytes allocated %d", n, got)
	}
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

func TestLongNumber(t *testing.T) {
	t.Parallel()
	nines := strings.Repeat("9", 1<<20)
	got := ", got " + nines[:64] + "…"
	testLong := func(in string, f reader, want string) {
		t.Helper()
		d := codec.NewDecoder([]byte(in), codec.Options{})
		f(d)
		if got := message(d.Err()); got != want {
			t.Errorf("error is %q, want %q", got, want)
		}
	}
	testLong(nines, read(codec.Int[int64]), "arguments: must be at most 9223372036854775807"+got)
	testLong(nines, read(codec.Uint[uint64]), "arguments: must be at most 18446744073709551615"+got)
	testLong(nines, read(codec.Float[float64]), "arguments: must be at most 1.7976931348623157e+308"+got)
	testLong(nines, read(codec.Any), "arguments: must be at most 1.7976931348623157e+308"+got)
	testLong(nines, read(codec.String[string]), "arguments: expected a string"+got)
	testLong("0."+nines, read(codec.Float[float64]), "")
	testLong("0."+nines, read(codec.Any), "")
	testLong("5."+strings.Repeat("0", 1<<20), read(codec.Int[int]), "")
}

func TestManyProblems(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		items int
		last  string
	}{
		"20":        {20, "/19: expected an integer, got true"},
		"21":        {21, "… and 1 more problem"},
		"50":        {50, "… and 30 more problems"},
		"gives up":  {1_000_000, "… and 80 more problems"},
		"gives up ": {100, "… and 80 more problems"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := codec.NewDecoder([]byte("["+strings.Repeat("true,", test.items-1)+"true]"), codec.Options{})
			codec.Slice(d, codec.Int[int])
			lines := strings.Split(message(d.Err()), "\n")
			if got, want := len(lines), min(test.items, 21); got != want {
				t.Errorf("%d lines, want %d", got, want)
			}
			if got := lines[len(lines)-1]; got != test.last {
				t.Errorf("last line is %q, want %q", got, test.last)
			}
		})
	}
}

func TestMessagesAreShort(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ä", 1<<16)
	for name, test := range map[string]struct {
		in   string
		want string
	}{
		"value":   {`{"text":"a","limit":"` + long + `"}`, `/limit: expected an integer, got "` + long[:128] + `…"`},
		"name":    {`{"text":"a","` + long + `":1}`, `/` + long[:128] + `…: unknown argument; valid are text, limit, filter, tags, since`},
		"control": {`{"text":"a","limit":"\u0000\u202e\""}`, `/limit: expected an integer, got "\x00\u202e\""`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := codec.NewDecoder([]byte(test.in), codec.Options{})
			decodeQuery(d)
			if got := message(d.Err()); got != test.want {
				t.Errorf("error is\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestReasonIsShort(t *testing.T) {
	t.Parallel()
	d := codec.NewDecoder([]byte(`"x"`), codec.Options{})
	codec.Text[verbose](d)
	want := `arguments: expected a valid value, got "x": no\n` + strings.Repeat("o", 197) + "…"
	if got := message(d.Err()); got != want {
		t.Errorf("error is\n%s\nwant\n%s", got, want)
	}
}

// verbose refuses everything at length.
type verbose struct{}

func (*verbose) UnmarshalText([]byte) error { return oddError("no\n" + strings.Repeat("o", 1000)) }
