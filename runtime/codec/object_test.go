package codec_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

// query is what generated code would read with decodeQuery.
type query struct {
	Text   string
	Limit  int
	Filter filter
	Tags   []string
	Since  *int
}

type filter struct {
	Field string
	Any   map[string]int
	Sub   []filter
}

var (
	queryMembers  = codec.Members{{Name: "text", Required: true}, {Name: "limit"}, {Name: "filter"}, {Name: "tags"}, {Name: "since"}}
	filterMembers = codec.Members{{Name: "field", Required: true}, {Name: "any"}, {Name: "sub"}}
)

func decodeQuery(d *codec.Decoder) (v query) {
	v.Limit = 10
	for name := range d.Object(queryMembers) {
		switch name {
		case "text":
			v.Text = codec.String[string](d)
			codec.MinLength(d, v.Text, 1)
		case "limit":
			v.Limit = codec.Int[int](d)
			codec.Minimum(d, v.Limit, 1)
			codec.Maximum(d, v.Limit, 100)
		case "filter":
			v.Filter = decodeFilter(d)
		case "tags":
			v.Tags = codec.Slice(d, codec.String[string])
			codec.MaxItems(d, len(v.Tags), 2)
		case "since":
			v.Since = codec.Pointer(d, codec.Int[int])
		}
	}
	return v
}

func decodeFilter(d *codec.Decoder) (v filter) {
	for name := range d.Object(filterMembers) {
		switch name {
		case "field":
			v.Field = codec.String[string](d)
			codec.OneOf(d, v.Field, "title", "author")
		case "any":
			v.Any = codec.Map(d, codec.String[string], codec.Int[int])
		case "sub":
			v.Sub = codec.Slice(d, decodeFilter)
		}
	}
	return v
}

func TestObject(t *testing.T) {
	t.Parallel()
	q := read(decodeQuery)
	full := query{Text: "a", Limit: 5, Filter: filter{Field: "title", Sub: []filter{}}, Tags: []string{"x"}}
	const missing = "/text: missing; it is required"
	const valid = "; valid are text, limit, filter, tags, since"
	testReaders(t, codec.Options{}, []readerTest{
		{"in order", q, `{"text":"a","limit":5,"filter":{"field":"title","sub":[]},"tags":["x"]}`, full, ""},
		{"any order", q, `{"tags":["x"],"filter":{"sub":[],"field":"title"},"limit":5,"text":"a"}`, full, ""},
		{"escaped name", q, `{"te\u0078t":"a"}`, query{Text: "a", Limit: 10}, ""},
		{"null", q, `{"text":"a","limit":null,"filter":null,"tags":null,"since":null}`, query{Text: "a", Limit: 10}, ""},
		{"null", q, `{"text":null}`, nil, `/text: expected a string, got null`},
		{"text", q, `{"text":"a","filter":"{\"field\":\"x\"}"}`, nil, `/filter/field: must be one of "title", "author", got "x"`},
		{"text", q, `"{\"text\":\"a\"}"`, query{Text: "a", Limit: 10}, ""},
		{"absent", q, ``, nil, missing},
		{"absent", q, ` `, nil, missing},
		{"absent", q, ` null `, nil, missing},
		{"absent", read(decodeNone), `null`, 0, ""},
		{"absent", read(decodeNone), ``, 0, ""},
		{"only outermost", q, `{"text":"a","tags":[{}],"filter":[]}`, nil, "/tags/0: expected a string, got an object\n/filter: expected an object, got an array"},
		{"other", q, `"null"`, nil, `arguments: expected an object, got "null"`},
		{"other", q, `nulL`, nil, `arguments: not valid JSON at byte 0: unexpected 'n', expected a value`},
		{"other", q, `[]`, nil, `arguments: expected an object, got an array`},
		{"missing", q, `{"filter":{}}`, nil, "/filter/field: missing; it is required\n" + missing},
		{"unknown", q, `{"text":"a","db":{"x":[1]}}`, nil, `/db: unknown argument` + valid},
		{"unknown", q, `{"text":"a","limt":5}`, nil, `/limt: unknown argument` + valid + `; did you mean "limit"?`},
		{"unknown", q, `{"text":"a","Tags":[]}`, nil, `/Tags: unknown argument` + valid + `; did you mean "tags"?`},
		{"unknown", q, `{"text":"a","filter":{"field":"title","ani":0}}`, nil, `/filter/ani: unknown property; valid are field, any, sub; did you mean "any"?`},
		{"unknown", q, `{"text":"a","a~b/c":1,"":2}`, nil, `/a~0b~1c: unknown argument` + valid + "\n/: unknown argument" + valid},
		{"unknown", q, `{"text":"a","a\nb":1}`, nil, `/a\nb: unknown argument` + valid},
		{"unknown", read(decodeNone), `{"db":1}`, nil, `/db: unknown argument; none is expected`},
		{"unknown", read(decodeOne), `{"db":1}`, 0, `/db: unknown argument; valid is n`},
		{"twice", q, `{"text":"a","limit":5,"limit":"x"}`, nil, `/limit: sent twice; send it once`},
		{"twice", q, `{"text":"a","limit":null,"limit":5}`, nil, `/limit: sent twice; send it once`},
		{"deep", q, `{"text":"a","filter":{"field":"title","sub":[{"field":"title","any":{"x/y":true}}]}}`, nil, `/filter/sub/0/any/x~1y: expected an integer, got true`},
	})
	testReaders(t, codec.Options{Strict: true, Kind: "property"}, []readerTest{
		{"null", q, `{"text":"a","limit":null,"since":null}`, nil, "/limit: expected an integer, got null\n/since: expected an integer, got null"},
		{"kind", q, `{"text":"a","db":null}`, nil, `/db: unknown property` + valid},
		{"text", q, `{"text":"a","filter":"{}"}`, nil, `/filter: expected an object, got "{}"`},
		{"absent", q, `null`, nil, missing},
	})
}

func decodeNone(d *codec.Decoder) int {
	n := 0
	for range d.Object(nil) {
		n++
	}
	return n
}

func decodeOne(d *codec.Decoder) (n int) {
	for range d.Object(codec.Members{{Name: "n"}}) {
		n = codec.Int[int](d)
	}
	return n
}

func TestAllProblemsAtOnce(t *testing.T) {
	t.Parallel()
	in := `{
		"limit": 250,
		"limitt": 1,
		"tags": ["a", 5, "c"],
		"since": "yesterday",
		"filter": {
			"field": "titel",
			"any": {"a": 1, "b/c": [], "a": 2},
			"sub": "[{\"field\":\"author\",\"any\":{\"x\":1.5}},{}]"
		}
	}`
	want := strings.Join([]string{
		`/limit: must be at most 100, got 250`,
		`/limitt: unknown argument; valid are text, limit, filter, tags, since; did you mean "limit"?`,
		`/tags/1: expected a string, got 5`,
		`/since: expected an integer, got "yesterday"`,
		`/filter/field: must be one of "title", "author", got "titel"; did you mean "title"?`,
		`/filter/any/b~1c: expected an integer, got an array`,
		`/filter/any/a: sent twice; send it once`,
		`/filter/sub/0/any/x: expected an integer, got 1.5`,
		`/filter/sub/1/field: missing; it is required`,
		`/text: missing; it is required`,
	}, "\n")
	d := codec.NewDecoder([]byte(in), codec.Options{})
	decodeQuery(d)
	if got := message(d.Err()); got != want {
		t.Errorf("error is\n%s\nwant\n%s", got, want)
	}
}

func TestManyMembers(t *testing.T) {
	t.Parallel()
	const n = 130
	var members codec.Members
	var in []string
	for i := range n {
		name := fmt.Sprintf("m%d", i)
		members = append(members, codec.Member{Name: name, Required: true})
		if i != 5 && i != 100 {
			in = append(in, fmt.Sprintf("%q:%d", name, i))
		}
	}
	in = append(in, `"m99":1`, `"other":1`)
	d := codec.NewDecoder([]byte("{"+strings.Join(in, ",")+"}"), codec.Options{})
	sum := 0
	for range d.Object(members) {
		sum += codec.Int[int](d)
	}
	if want := n*(n-1)/2 - 105; sum != want {
		t.Errorf("sum is %d, want %d", sum, want)
	}
	var names []string
	for i := range 20 {
		names = append(names, fmt.Sprintf("m%d", i))
	}
	want := "/m99: sent twice; send it once\n" +
		"/other: unknown argument; valid are " + strings.Join(names, ", ") + ", … and 110 more\n" +
		"/m5: missing; it is required\n" +
		"/m100: missing; it is required"
	if got := message(d.Err()); got != want {
		t.Errorf("error is\n%s\nwant\n%s", got, want)
	}
}

func TestNullIsAbsent(t *testing.T) {
	t.Parallel()
	members := codec.Members{{Name: "a", Required: true}, {Name: "b"}}
	for _, row := range []struct {
		options codec.Options
		in      string
		refused bool
	}{
		{codec.Options{}, `{"a":1,"b":null}`, false},
		{codec.Options{Strict: true}, `{"a":1,"b":null}`, true},
		{codec.Options{Strict: true, NullIsAbsent: true}, `{"a":1,"b":null}`, false},
		{codec.Options{Strict: true, NullIsAbsent: true}, `{"a":null,"b":1}`, true},
		{codec.Options{Strict: true, NullIsAbsent: true}, `{"a":1,"b":"1"}`, true},
	} {
		d := codec.NewDecoder([]byte(row.in), row.options)
		for range d.Object(members) {
			codec.Int[int](d)
		}
		if err := d.Err(); (err != nil) != row.refused {
			t.Errorf("%s under %+v: got %v, want refused %t", row.in, row.options, err, row.refused)
		}
	}
}

func TestObjectLoopMisusePanics(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		body func(*codec.Decoder, codec.Members)
		want string
	}{
		"reads nothing": {func(d *codec.Decoder, m codec.Members) {
			for range d.Object(m) {
			}
		}, "codec: the loop over Object did not read a"},
		"ends early": {func(d *codec.Decoder, m codec.Members) {
			for range d.Object(m) {
				break
			}
		}, "codec: the loop over Object ended early"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if got := recover(); got != test.want {
					t.Errorf("panic is %v, want %v", got, test.want)
				}
			}()
			test.body(codec.NewDecoder([]byte(`{"a":1}`), codec.Options{}), codec.Members{{Name: "a"}})
		})
	}
}
