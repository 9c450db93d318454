package scan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

const tables = `
-- app.go --
package app

import (
	"example.com/app/geo"
	own "example.com/app/wire"
)

// WireTypes says how types look in JSON.
//
//mcp:types
type WireTypes struct {
	// The one that counts here.
	_ geo.Point ` + "`mcp:\"decode=parse,encode=own.Format\"`" + `
}

func parse(text string) (geo.Point, error) { return geo.Point{}, nil }

type Alias = geo.Angle

// A takes everything.
//
//mcp:tool
func A(in Everything) {}

type Everything struct {
	Point   geo.Point
	Angle   *Alias
	Track   geo.Track
	Box     geo.Box[int]
	Other   geo.Box[string]
	ByAngle map[geo.Angle]int
	ByText  map[geo.Track]int
	ByName  map[geo.Name]int
	Name    geo.Name
}
-- geo/geo.go --
package geo

type (
	Point      struct{ lat, lon float64 }
	Angle      float64
	Track      struct{}
	Box[T any] struct{ v T }
	Name       string
)

func (Track) MarshalJSON() ([]byte, error)     { return nil, nil }
func (*Track) UnmarshalJSON(data []byte) error { return nil }
-- wire/wire.go --
package wire

import "example.com/app/geo"

// Types says how types look in JSON.
//
//mcp:types
type Types struct {
	// Shadowed by the package's own.
	_ geo.Point ` + "`jsonschema:\"title=Far\"`" + `
	_ geo.Angle ` + "`mcp:\"decode=Turn,encode=Degrees\"`" + `
	_ geo.Track ` + "`jsonschema:\"type=array,minItems=2\"`" + `
	_ geo.Box[int] ` + "`mcp:\"decode=Pack,encode=Unpack\"`" + `
	_ geo.Name // What it is called.
}

func Format(geo.Point) string { return "" }

func Turn(degrees string) geo.Angle { return 0 }

func Degrees(a geo.Angle) (string, error) { return "", nil }

func Pack(n []int) geo.Box[int] { return geo.Box[int]{} }

func Unpack(b geo.Box[int]) []int { return nil }
-- cmd/main.go --
package main

import "example.com/app/geo"

// Types hold in this program alone.
//
//mcp:types
type Types struct {
	_ geo.Name ` + "`jsonschema:\"maxLength=1\"`" + `
}

func main() {}
`

func TestRows(t *testing.T) {
	t.Parallel()
	pkgs := load(t, tables)
	if text := report(pkgs[0]); text != "" {
		t.Fatalf("unexpected diagnostics:\n%s", text)
	}
	p := pkgs[0].Model
	field := func(name string) *model.Type {
		fields := p.Types["example.com/app.Everything"].Fields
		i := slices.IndexFunc(fields, func(f *model.Field) bool { return f.GoName == name })
		return p.Types[fields[i].Type]
	}
	point := field("Point")
	if got, want := point.Row.Doc, "The one that counts here."; got != want {
		t.Errorf("the row of Point says %q, want %q", got, want)
	}
	for _, tt := range []struct {
		got  *model.Converter
		want model.Converter
	}{
		{point.Row.Decode, model.Converter{PkgPath: "example.com/app", PkgName: "app", Name: "parse", Err: true}},
		{point.Row.Encode, model.Converter{PkgPath: "example.com/app/wire", PkgName: "wire", Name: "Format"}},
		{p.Types["example.com/app/geo.Angle"].Row.Encode, model.Converter{PkgPath: "example.com/app/wire", PkgName: "wire", Name: "Degrees", Err: true}},
	} {
		if *tt.got != tt.want {
			t.Errorf("got converter %+v, want %+v", *tt.got, tt.want)
		}
	}
	for _, tt := range []struct {
		field string
		kind  model.Kind
		elem  model.TypeID
		own   model.Kind // of the type itself, where it is mapped
	}{
		{"Point", model.Mapped, "string", model.Struct},
		{"Angle", model.Pointer, "example.com/app/geo.Angle", ""},
		{"Track", model.Mapped, "[]any", model.Custom},
		{"Box", model.Mapped, "[]int", model.Struct},
		{"Other", model.Struct, "", ""},
		{"ByAngle", model.Map, "int", ""},
		{"ByText", model.Unsupported, "int", ""},
		{"ByName", model.Map, "int", ""},
		{"Name", model.String, "", ""},
	} {
		got := field(tt.field)
		if got.Kind != tt.kind || got.Elem != tt.elem {
			t.Errorf("%s is %s of %q, want %s of %q", tt.field, got.Kind, got.Elem, tt.kind, tt.elem)
		}
		if tt.own != "" && p.Types[got.Row.Own].Kind != tt.own {
			t.Errorf("%s itself is %s, want %s", tt.field, p.Types[got.Row.Own].Kind, tt.own)
		}
	}
	if got, want := field("Name").Row.Doc, "What it is called."; got != want {
		t.Errorf("the row of Name says %q, want %q", got, want)
	}
	if got, want := p.Table.Rows, []model.TypeID{"example.com/app/geo.Point"}; !slices.Equal(got, want) {
		t.Errorf("the package's own rows are %v, want %v", got, want)
	}
}

// TestRowWithMistake makes sure that who needs a row with a mistake gets no file, and
// that nobody else is told.
func TestRowWithMistake(t *testing.T) {
	t.Parallel()
	broken := strings.Replace(tables, "encode=Degrees", "encode=Degree", 1)
	for _, p := range load(t, broken, "./...") {
		if got, want := p.Incomplete, p.Model.Path == "example.com/app"; got != want {
			t.Errorf("package %s is incomplete: %t, want %t", p.Model.Path, got, want)
		}
		if got, want := p.Diags.Len() > 0, p.Model.Path == "example.com/app/wire"; got != want {
			t.Errorf("package %s has mistakes: %t, want %t\n%s", p.Model.Path, got, want, report(p))
		}
	}
}

const methods = `
-- go.mod --
module example.com/app

go 1.26

require (
	github.com/invopop/jsonschema v0.0.0
	github.com/mcpgen/mcpgen v0.0.0
)

replace (
	github.com/invopop/jsonschema => ./invopop
	github.com/mcpgen/mcpgen => ./fake
)
-- invopop/go.mod --
module github.com/invopop/jsonschema
-- invopop/schema.go --
package jsonschema

type Schema struct{}
-- app.go --
package app

import "github.com/invopop/jsonschema"

type (
	Plain   struct{}
	Whole   struct{}
	Extends struct{}
	Alias   string
	Member  struct{}
	Embeds  struct{ Member }
	Other   struct{}
	Iface   interface{ JSONSchemaAlias() any }
)

func (Whole) JSONSchema() *jsonschema.Schema          { return nil }
func (*Extends) JSONSchemaExtend(*jsonschema.Schema)  {}
func (Alias) JSONSchemaAlias() interface{}            { return nil }
func (Member) JSONSchemaProperty(prop string) any     { return nil }
func (Other) JSONSchema() string                      { return "" }

// A takes everything.
//
//mcp:tool
func A(plain Plain, whole *Whole, extends Extends, alias Alias, embeds Embeds, other Other, iface Iface) {}
`

func TestSchemaMethods(t *testing.T) {
	t.Parallel()
	p := load(t, methods)[0].Model
	for name, want := range map[string]string{
		"Plain": "", "Whole": "JSONSchema", "Extends": "JSONSchemaExtend", "Alias": "JSONSchemaAlias",
		"Embeds": "JSONSchemaProperty", "Other": "", "Iface": "",
	} {
		if got := p.Types[model.TypeID("example.com/app."+name)].SchemaMethod; got != want {
			t.Errorf("%s describes itself by %q, want %q", name, got, want)
		}
	}
}
