package codec_test

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

// shape is what generated code would read with decodeShape: a circle, a *square or
// a group of others.
type shape interface{ isShape() }

type (
	circle struct{ Radius float64 }
	square struct{ Side int }
	group  struct {
		Name   string
		Inner  shape
		Shapes []shape
	}
	empty struct{}
)

func (circle) isShape()  {}
func (*square) isShape() {}
func (group) isShape()   {}
func (empty) isShape()   {}

var (
	circleMembers = codec.Members{{Name: "radius", Required: true}}
	squareMembers = codec.Members{{Name: "side"}}
	groupMembers  = codec.Members{{Name: "name"}, {Name: "inner"}, {Name: "shapes"}}
)

func decodeShape(d *codec.Decoder) shape {
	switch d.Variant("kind", "circle", "square", "group", "none") {
	case "circle":
		return decodeCircle(d)
	case "square":
		v := decodeSquare(d)
		return &v
	case "group":
		return decodeGroup(d)
	case "none":
		return decodeEmpty(d)
	}
	return nil
}

func decodeCircle(d *codec.Decoder) (v circle) {
	for name := range d.Object(circleMembers) {
		switch name {
		case "radius":
			v.Radius = codec.Float[float64](d)
			codec.Minimum(d, v.Radius, 0)
		}
	}
	return v
}

func decodeSquare(d *codec.Decoder) (v square) {
	for name := range d.Object(squareMembers) {
		switch name {
		case "side":
			v.Side = codec.Int[int](d)
		}
	}
	return v
}

func decodeGroup(d *codec.Decoder) (v group) {
	for name := range d.Object(groupMembers) {
		switch name {
		case "name":
			v.Name = codec.String[string](d)
		case "inner":
			v.Inner = decodeShape(d)
		case "shapes":
			v.Shapes = codec.Slice(d, decodeShape)
		}
	}
	return v
}

func decodeEmpty(d *codec.Decoder) (v empty) {
	for range d.Object(nil) {
	}
	return v
}

func encodeShape(e *codec.Encoder, v shape) {
	switch v := v.(type) {
	case circle:
		codec.EncodeVariant(e, "kind", "circle", &v, encodeCircle)
	case *square:
		codec.EncodeVariant(e, "kind", "square", v, encodeSquare)
	case group:
		codec.EncodeVariant(e, "kind", "group", &v, encodeGroup)
	default:
		e.NoVariant("shape", v)
	}
}

func encodeCircle(e *codec.Encoder, v circle) {
	e.BeginObject()
	e.Name("radius")
	e.Float(v.Radius, 64)
	e.EndObject()
}

func encodeSquare(e *codec.Encoder, v square) {
	e.BeginObject()
	e.Name("side")
	e.Int(int64(v.Side))
	e.EndObject()
}

func encodeGroup(e *codec.Encoder, v group) {
	e.BeginObject()
	if v.Inner != nil {
		e.Name("inner")
		encodeShape(e, v.Inner)
	}
	e.Name("shapes")
	codec.EncodeSlice(e, v.Shapes, encodeShape)
	e.EndObject()
}

func TestVariant(t *testing.T) {
	t.Parallel()
	const kinds = `"circle", "square", "group", "none"`
	one := read(decodeShape)
	testReaders(t, codec.Options{}, []readerTest{
		{"first", one, `{"kind":"circle","radius":1.5}`, circle{1.5}, ""},
		{"last", one, `{"radius":1.5,"kind":"circle"}`, circle{1.5}, ""},
		{"alone", one, `{"kind":"square"}`, &square{}, ""},
		{"without members", one, ` { "kind" : "none" } `, empty{}, ""},
		{"escaped", one, `{"k\u0069nd":"\u0063ircle","radius":1}`, circle{1}, ""},
		{"nested", one, `{"shapes":[{"side":2,"kind":"square"},{"kind":"group","inner":{"radius":0,"kind":"circle"}}],"kind":"group"}`,
			group{Shapes: []shape{&square{2}, group{Inner: circle{}}}}, ""},
		{"optional null", one, `{"kind":"group","inner":null}`, group{}, ""},
		{"text", one, `"{\"radius\":2,\"kind\":\"circle\"}"`, circle{2}, ""},
		{"text in text", one, `{"kind":"group","inner":"{\"inner\":\"{\\\"kind\\\":\\\"square\\\",\\\"side\\\":1}\",\"kind\":\"group\"}","name":"x"}`,
			group{Name: "x", Inner: group{Inner: &square{1}}}, ""},
		{"as a member too", read(decodeCircle), `{"kind":"circle","radius":1}`, circle{1},
			"/kind: unknown argument; valid is radius"},

		{"missing", one, `{"radius":1}`, nil, "/kind: missing; it is required, as one of " + kinds},
		{"empty", one, `{}`, nil, "/kind: missing; it is required, as one of " + kinds},
		{"unknown", one, `{"kind":"circel","radius":1}`, nil, "/kind: must be one of " + kinds + `, got "circel"; did you mean "circle"?`},
		{"other case", one, `{"kind":"Circle"}`, nil, "/kind: must be one of " + kinds + `, got "Circle"; did you mean "circle"?`},
		{"no text", one, `{"kind":5}`, nil, "/kind: must be one of " + kinds + ", got 5"},
		{"null kind", one, `{"kind":null}`, nil, "/kind: must be one of " + kinds + ", got null"},
		{"object kind", one, `{"kind":{"kind":"circle"}}`, nil, "/kind: must be one of " + kinds + ", got an object"},
		{"twice", one, `{"kind":"circle","radius":1,"kind":"square"}`, circle{1}, "/kind: sent twice; send it once"},
		{"unknown member", one, `{"kind":"circle","radius":1,"side":2}`, circle{1}, "/side: unknown argument; valid are kind, radius"},
		{"no member but it", one, `{"kind":"none","side":2}`, empty{}, "/side: unknown argument; valid is kind"},
		{"all that is wrong", slice(decodeShape), `[{"kind":"circle","radius":-1},{"x":1},{"kind":"circle"},7,null,{"kind":"square","side":"x"}]`,
			[]shape{circle{-1}, nil, circle{}, nil, nil, &square{}},
			"/0/radius: must be at least 0, got -1\n" +
				"/1/kind: missing; it is required, as one of " + kinds + "\n" +
				"/2/radius: missing; it is required\n" +
				"/3: expected an object, got 7\n/4: expected an object, got null\n" +
				`/5/side: expected an integer, got "x"`},
		{"missing in text", slice(decodeShape), `["{\"radius\":1}",{"kind":"none"}]`, []shape{nil, empty{}},
			"/0/kind: missing; it is required, as one of " + kinds},
		{"no object in text", one, `"[1]"`, nil, `arguments: expected an object, got "[1]"`},
		{"fault before", one, `{"radius":1,,"kind":"circle"}`, nil, `arguments: not valid JSON at byte 12: unexpected ',', expected a name in double quotes`},
		{"fault in it", one, `{"kind":"\x"}`, nil, `arguments: not valid JSON at byte 9: unknown escape in a string`},
		{"fault instead", one, `{"kind":}`, nil, `arguments: not valid JSON at byte 8: unexpected '}', expected a value`},
		{"end", one, `{"kind":`, nil, "/kind: missing; it is required, as one of " + kinds + "\narguments: not valid JSON at byte 8: unexpected end, expected a value"},
		{"fault behind", one, `{"kind":"circle","radius":1`, circle{1}, `arguments: not valid JSON at byte 27: unexpected end, expected ',' or '}'`},
	})
	testReaders(t, codec.Options{Strict: true}, []readerTest{
		{"object", one, `{"radius":1.5,"kind":"circle"}`, circle{1.5}, ""},
		{"text", one, `"{\"kind\":\"square\"}"`, nil, `arguments: expected an object, got "{\"kind\":\"square\"}"`},
		{"null", one, `{"kind":"group","inner":null}`, group{}, "/inner: expected an object, got null"},
	})
}

// TestDiscriminatorAnywhere writes shapes with their discriminators in any place, and
// reads them as if these were in front.
func TestDiscriminatorAnywhere(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 8))
	for range 500 {
		want, in := randomShape(random, 0)
		d := codec.NewDecoder([]byte(in), codec.Options{})
		got := decodeShape(d)
		if d.Err() != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%s\nis read as %+v, %v\nwant       %+v", in, got, d.Err(), want)
		}
	}
}

// randomShape invents a shape, and JSON of it.
func randomShape(random *rand.Rand, depth int) (shape, string) {
	members := []string{`"kind":"none"`}
	var made shape = empty{}
	switch choice := random.IntN(4); {
	case choice == 0:
		made, members = circle{2}, []string{`"radius":2`, `"kind":"circle"`}
	case choice == 1:
		made, members = &square{3}, []string{`"side": 3`, `"kind":"square"`}
	case depth < 8:
		g := group{Name: strings.Repeat("x", random.IntN(100)), Shapes: []shape{}}
		var inner string
		g.Inner, inner = randomShape(random, depth+1)
		var list []string
		for range random.IntN(4) {
			s, text := randomShape(random, depth+1)
			g.Shapes, list = append(g.Shapes, s), append(list, text)
		}
		made, members = g, []string{`"name":"` + g.Name + `"`, `"inner":` + inner, `"shapes":[` + strings.Join(list, ",") + `]`, `"kind":"group"`}
	}
	random.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	return made, "{" + strings.Join(members, ",") + "}"
}

// TestNestedVariantsAreReadInLinearTime reads an object that is 900 times within
// itself, each time with its discriminator behind all the rest.
func TestNestedVariantsAreReadInLinearTime(t *testing.T) {
	const depth = 900
	leaves := strings.Repeat(`{"side":12,"kind":"square"},{"name":"a longer name, so that stepping over the object is noted","kind":"group"},`, 50_000)
	in := []byte(strings.Repeat(`{"inner":`, depth) + `{"shapes":[` + leaves + `{"kind":"none"}],"kind":"group"}` + strings.Repeat(`,"kind":"group"}`, depth))

	before := allocated()
	d := codec.NewDecoder(in, codec.Options{})
	v := decodeShape(d)
	spent := allocated() - before
	if d.Err() != nil {
		t.Fatal(d.Err())
	}
	for range depth {
		v = v.(group).Inner
	}
	if got := len(v.(group).Shapes); got != 100_001 {
		t.Errorf("%d shapes, want 100001", got)
	}
	noted, again := codec.LookedAhead(d)
	if most := bytes.Count(in, []byte("{")) + 1; noted > most {
		t.Errorf("%d objects and arrays are noted, want at most the %d that there are", noted, most)
	}
	if most := 2 * len(in); again > most {
		t.Errorf("of %d bytes, %d are scanned again, want at most %d", len(in), again, most)
	}
	if most := 8 * uint64(len(in)); spent > most {
		t.Errorf("reading %d bytes allocated %d, want at most %d", len(in), spent, most)
	}
}

func TestEncodeVariant(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in        shape
		want, err string
	}{
		{circle{1.5}, `{"kind":"circle","radius":1.5}`, ""},
		{&square{2}, `{"kind":"square","side":2}`, ""},
		{group{Inner: &square{1}, Shapes: []shape{circle{}, group{}}},
			`{"kind":"group","inner":{"kind":"square","side":1},"shapes":[{"kind":"circle","radius":0},{"kind":"group","shapes":[]}]}`, ""},
		{nil, `null`, "result: a nil shape has no JSON form; omitempty leaves it out"},
		{group{Shapes: []shape{circle{}, nil}}, `{"kind":"group","shapes":[{"kind":"circle","radius":0},null]}`,
			"/shapes/1: a nil shape has no JSON form; omitempty leaves it out"},
		{group{Inner: (*square)(nil)}, `{"kind":"group","inner":null,"shapes":[]}`, "/inner: a nil *codec_test.square has no JSON form"},
		{group{Inner: empty{}}, `{"kind":"group","inner":null,"shapes":[]}`,
			"/inner: codec_test.empty is none of the types of shape; add it to //mcp:oneof there"},
	}
	for _, tt := range tests {
		e := codec.NewEncoder()
		encodeShape(e, tt.in)
		if got := string(e.JSON()); got != tt.want {
			t.Errorf("%#v is written as %s, want %s", tt.in, got, tt.want)
		}
		if got := message(e.Err()); got != tt.err {
			t.Errorf("%#v: error is %q, want %q", tt.in, got, tt.err)
		}
	}
}

// BenchmarkDecodeVariant reads one struct by itself, and as a variant with its
// discriminator at either end.
func BenchmarkDecodeVariant(b *testing.B) {
	for _, bm := range []struct {
		name, in string
		decode   reader
	}{
		{"struct", `{"radius":1.5}`, read(decodeCircle)},
		{"first", `{"kind":"circle","radius":1.5}`, read(decodeShape)},
		{"last", `{"radius":1.5,"kind":"circle"}`, read(decodeShape)},
		{"nested", `{"kind":"group","shapes":[{"kind":"circle","radius":1.5},{"radius":1.5,"kind":"circle"}]}`, read(decodeShape)},
	} {
		data := []byte(bm.in)
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d := codec.NewDecoder(data, codec.Options{})
				bm.decode(d)
				if d.Err() != nil {
					b.Fatal(d.Err())
				}
			}
		})
	}
}
