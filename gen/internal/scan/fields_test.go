package scan_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/model"
	"github.com/mcpgen/mcpgen/gen/internal/scan/testdata/fields"
)

// TestFieldsAsEncodingJSON compares the members that scan finds with those that
// encoding/json writes.
func TestFieldsAsEncodingJSON(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("testdata/fields/fields.go")
	if err != nil {
		t.Fatal(err)
	}
	p := one(t, "-- fields.go --\n"+string(source))
	v := reflect.ValueOf(fields.Filled())
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		want := memberNames(t, v.Field(i).Interface())
		if got := fieldNames(p, model.TypeID("example.com/app."+name)); !slices.Equal(got, want) {
			t.Errorf("%s: got members %q, want %q", name, got, want)
		}
	}
}

// memberNames are the members of v as encoding/json writes them, in order.
func memberNames(t *testing.T, v any) []string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.Token()
	var names []string
	for d.More() {
		name, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			t.Fatal(err)
		}
		names = append(names, name.(string))
	}
	return names
}

func fieldNames(p *model.Package, id model.TypeID) []string {
	var names []string
	for _, f := range p.Types[id].Fields {
		names = append(names, f.Name)
	}
	return names
}

func field(t *testing.T, p *model.Package, id model.TypeID, name string) *model.Field {
	t.Helper()
	typ := p.Types[id]
	if typ == nil {
		t.Fatalf("no type %s", id)
	}
	i := slices.IndexFunc(typ.Fields, func(f *model.Field) bool { return f.Name == name })
	if i < 0 {
		t.Fatalf("%s has no member %s", id, name)
	}
	return typ.Fields[i]
}

func TestFieldOptions(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("testdata/fields/fields.go")
	if err != nil {
		t.Fatal(err)
	}
	p := one(t, "-- fields.go --\n"+string(source))
	options := field(t, p, "example.com/app.Plain", "Options")
	if !options.OmitEmpty || options.OmitZero || !options.Quoted {
		t.Errorf("Options: got %+v, want omitempty and string", options)
	}
	if other := field(t, p, "example.com/app.Plain", "other"); other.OmitEmpty || !other.OmitZero {
		t.Errorf("Other: got %+v, want omitzero", other)
	}
	for name, want := range map[string]bool{"I": true, "F": true, "B": true, "S": true, "P": true, "N": true, "L": false, "Not": false, "PP": false} {
		if got := field(t, p, "example.com/app.Quotes", name).Quoted; got != want {
			t.Errorf("%s: Quoted = %v, want %v", name, got, want)
		}
	}
	id := field(t, p, "example.com/app.Promoted", "ID")
	want := []model.Embedded{{GoName: "Deep", Type: "example.com/app.Deep"}, {GoName: "Base", Type: "example.com/app.Base"}}
	if !reflect.DeepEqual(id.Path, want) {
		t.Errorf("path of ID: got %+v, want %+v", id.Path, want)
	}
	x := field(t, p, "example.com/app.EmbeddedAlias", "X")
	want = []model.Embedded{{GoName: "Pair", Type: "*example.com/app.Pair[int]", Pointer: true}}
	if !reflect.DeepEqual(x.Path, want) || x.Type != "int" {
		t.Errorf("X: got %s through %+v, want int through %+v", x.Type, x.Path, want)
	}
}

// TestForeignEmbedding has fields that code outside of their package cannot set.
func TestForeignEmbedding(t *testing.T) {
	t.Parallel()
	p := one(t, `
-- app.go --
package app

import "example.com/app/other"

// A does it.
//
//mcp:tool
func A(in other.In) {}

// B does it.
//
//mcp:tool
func B(in In) {}

type In struct{ *base }

type base struct{ X int }
-- other/other.go --
package other

type In struct {
	*base
	tagged `+"`json:\"t\"`"+`
	plain
}

type base struct{ X int }
type plain struct{ Y int }
type tagged struct{ Z int }
`)
	for name, want := range map[string]string{
		"X": "only its own package can set the embedded *other.base",
		"t": "only its own package can set the embedded other.tagged",
		"Y": "",
	} {
		typ := p.Types[field(t, p, "example.com/app/other.In", name).Type]
		if typ.Reason != want {
			t.Errorf("%s: got reason %q, want %q", name, typ.Reason, want)
		}
	}
	if typ := p.Types[field(t, p, "example.com/app.In", "X").Type]; typ.Kind != model.Int {
		t.Errorf("own X: got kind %s, want int", typ.Kind)
	}
}

func TestInject(t *testing.T) {
	t.Parallel()
	p := one(t, `
-- app.go --
package app

// A does it.
//
//mcp:tool
func A(in In) {}

type In struct {
	Query string
	DB *DB `+"`mcp:\"inject\" json:\"query\"`"+`
	log *Log `+"`mcp:\"inject\"`"+`
	Store `+"`mcp:\"inject\"`"+`
	Last int
}

type (
	DB struct{}
	Log struct{}
	Store interface{ Get() }
)

func (*DB) Get() {}

//mcp:provide
func Open() *DB { return nil }
`)
	var got []string
	for _, f := range p.Types["example.com/app.In"].Fields {
		name := f.GoName
		if f.Inject {
			name += " injected"
		}
		got = append(got, name)
	}
	want := []string{"Query", "DB injected", "log injected", "Store injected", "Last"}
	if !slices.Equal(got, want) {
		t.Errorf("got fields %q, want %q", got, want)
	}
	if got := p.Implements["example.com/app.Store"]; !slices.Equal(got, []model.TypeID{"*example.com/app.DB"}) {
		t.Errorf("Store is satisfied by %q, want *DB", got)
	}
}

// TestKeywordPositions finds every keyword of a tag in the source at its position.
func TestKeywordPositions(t *testing.T) {
	t.Parallel()
	const source = `package app

// A does it.
//
//mcp:tool
//mcp:param n minimum=1 description="how \"many\"" pattern=a|b
func A(in In, n int) {}

type In struct {
	Ä     string ` + "`json:\"a\" jsonschema:\"required,description=one, two,  maximum=3, and so on,title=T\\\\\\\\,U, pattern=^a\\\\,b$\"`" + `
	B     int    "json:\"b\" jsonschema:\"minimum=1,maximum=\\x32\""
	C, D  int    ` + "`jsonschema_description:\"all, of it\"   jsonschema_extras:\"x-a=1,x-b=2\"`" + `
	*E           ` + "`jsonschema:\"wrong,minimun=1, maximum=2,,deprecated,\"`" + `
}

type E int
`
	p := one(t, "-- app.go --\n"+source)
	lines := strings.Split(source, "\n")
	check := func(k model.Keyword) {
		t.Helper()
		key := strings.TrimPrefix(k.Key, "extras:")
		if line := lines[k.Pos.Line-1][k.Pos.Column-1:]; key != "description" && !strings.HasPrefix(line, key) {
			t.Errorf("key %s is at %q", k.Key, line)
		}
		first, _, _ := strings.Cut(k.Value, ",")
		first, _, _ = strings.Cut(first, `"`)
		first, _, _ = strings.Cut(first, `\`)
		if line := lines[k.ValuePos.Line-1][k.ValuePos.Column-1:]; k.HasValue && !strings.HasPrefix(line, first) && !strings.HasPrefix(line, `\\x32`) {
			t.Errorf("value %q of %s is at %q", k.Value, k.Key, line)
		}
	}
	got := map[string]string{}
	for _, f := range p.Types["example.com/app.In"].Fields {
		for _, k := range f.Keywords {
			check(k)
			got[f.GoName] += k.Key + "=" + k.Value + ";"
		}
	}
	for _, k := range p.Tools[0].Params[1].Keywords {
		check(k)
		got["n"] += k.Key + "=" + k.Value + ";"
	}
	want := map[string]string{
		"Ä": `required=;description=one, two;maximum=3;and so on=;title=T\,U;pattern=^a,b$;`,
		"B": "minimum=1;maximum=2;",
		"C": "description=all, of it;extras:x-a=1;extras:x-b=2;",
		"D": "description=all, of it;extras:x-a=1;extras:x-b=2;",
		"E": "wrong=;minimun=1;maximum=2;deprecated=;",
		"n": `minimum=1;description=how "many";pattern=a|b;`,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
