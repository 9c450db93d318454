package scan_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

const kinds = `
-- app.go --
package app

import (
	"context"
	"encoding/json"
	"log/slog"
	"math/big"
	"net/http"
	"net/netip"
	"net/url"
	"time"
	"unsafe"

	"example.com/app/uuid"
	"github.com/mcpgen/mcpgen/runtime"
)

// A takes everything.
//
//mcp:tool
func A(in Everything) {}

type (
	Everything struct {
		Bool      bool
		Int       int
		Int8      int8
		Uint      uint
		Rune      rune
		Byte      byte
		Float32   float32
		String    string
		Bytes     []byte
		NamedB    Blob
		NamedElem []Small
		Slice     []string
		Array     [3]int
		Map       map[string][]int
		IntMap    map[int]string
		TextMap   map[netip.Addr]int
		BadMap    map[float64]int
		Pointer   *int
		Struct    Point
		Unnamed   struct{ X, y int }
		Any       any
		Empty     interface{}
		Raw       json.RawMessage
		Number    json.Number
		Time      time.Time
		Duration  time.Duration
		URL       url.URL
		Text      netip.Addr
		UUID      uuid.UUID
		Big       big.Int
		Rat       big.Rat
		OnlyOut   Out
		Embeds    Stamped
		Iface     interface{ Do() }
		Err       error
		Progress  runtime.Progress
		Call      *runtime.Call
		Content   runtime.Content
		Context   context.Context
		Logger    *slog.Logger
		Header    http.Header
		Chan      chan int
		Func      func()
		Complex   complex128
		Unsafe    unsafe.Pointer
		NamedFunc Handler
		Alias     Shorthand
		InAlias   []Shorthand
		Pair      Pair[string, []Shorthand]
		Named     Names
		Ptr       Indirect
		Uintptr   uintptr
		Local     pairOf
	}
	Blob      []byte
	Small     uint8
	Point     struct{ X, Y int }
	Stamped   struct{ time.Time }
	Handler   func()
	Shorthand = Point
	Pair[K comparable, V any] struct { K K; V V }
	Names     map[string]Point
	Indirect  *Point
	pairOf    Pair[int, *Indirect]
)

type Out struct{}

func (*Out) MarshalJSON() ([]byte, error) { return nil, nil }
-- uuid/uuid.go --
package uuid

type UUID [16]byte

func (UUID) MarshalText() ([]byte, error) { return nil, nil }
func (*UUID) UnmarshalText([]byte) error { return nil }
`

func TestKinds(t *testing.T) {
	t.Parallel()
	p := one(t, kinds)
	for name, want := range map[string]struct {
		id   model.TypeID
		kind model.Kind
		bits int
	}{
		"Bool":      {"bool", model.Bool, 0},
		"Int":       {"int", model.Int, 0},
		"Int8":      {"int8", model.Int, 8},
		"Uint":      {"uint", model.Uint, 0},
		"Rune":      {"int32", model.Int, 32},
		"Byte":      {"uint8", model.Uint, 8},
		"Float32":   {"float32", model.Float, 32},
		"String":    {"string", model.String, 0},
		"Bytes":     {"[]byte", model.Bytes, 0},
		"NamedB":    {"example.com/app.Blob", model.Bytes, 0},
		"NamedElem": {"[]example.com/app.Small", model.Slice, 0},
		"Slice":     {"[]string", model.Slice, 0},
		"Array":     {"[3]int", model.Array, 0},
		"Map":       {"map[string][]int", model.Map, 0},
		"IntMap":    {"map[int]string", model.Map, 0},
		"TextMap":   {"map[net/netip.Addr]int", model.Map, 0},
		"BadMap":    {"map[float64]int", model.Unsupported, 0},
		"Pointer":   {"*int", model.Pointer, 0},
		"Struct":    {"example.com/app.Point", model.Struct, 0},
		"Unnamed":   {"struct{X int; y int}", model.Struct, 0},
		"Any":       {"any", model.Any, 0},
		"Empty":     {"any", model.Any, 0},
		"Raw":       {"encoding/json.RawMessage", model.Raw, 0},
		"Number":    {"encoding/json.Number", model.Number, 0},
		"Time":      {"time.Time", model.Time, 0},
		"Duration":  {"time.Duration", model.Duration, 0},
		"URL":       {"net/url.URL", model.URL, 0},
		"Text":      {"net/netip.Addr", model.Text, 0},
		"UUID":      {"example.com/app/uuid.UUID", model.Text, 0},
		"Big":       {"math/big.Int", model.Big, 0},
		"Rat":       {"math/big.Rat", model.Big, 0},
		"OnlyOut":   {"example.com/app.Out", model.Custom, 0},
		"Embeds":    {"example.com/app.Stamped", model.Custom, 0},
		"Iface":     {"interface{Do()}", model.Interface, 0},
		"Err":       {"error", model.Interface, 0},
		"Progress":  {"github.com/mcpgen/mcpgen/runtime.Progress", model.Runtime, 0},
		"Call":      {"*github.com/mcpgen/mcpgen/runtime.Call", model.Pointer, 0},
		"Content":   {"github.com/mcpgen/mcpgen/runtime.Content", model.Runtime, 0},
		"Context":   {"context.Context", model.Context, 0},
		"Logger":    {"*log/slog.Logger", model.Logger, 0},
		"Header":    {"net/http.Header", model.Header, 0},
		"Chan":      {"chan int", model.Unsupported, 0},
		"Func":      {"func()", model.Unsupported, 0},
		"Complex":   {"complex128", model.Unsupported, 0},
		"Unsafe":    {"unsafe.Pointer", model.Unsupported, 0},
		"NamedFunc": {"example.com/app.Handler", model.Unsupported, 0},
		"Alias":     {"example.com/app.Point", model.Struct, 0},
		"InAlias":   {"[]example.com/app.Point", model.Slice, 0},
		"Pair":      {"example.com/app.Pair[string, []example.com/app.Point]", model.Struct, 0},
		"Named":     {"example.com/app.Names", model.Map, 0},
		"Ptr":       {"example.com/app.Indirect", model.Pointer, 0},
		"Uintptr":   {"uintptr", model.Uint, 0},
		"Local":     {"example.com/app.pairOf", model.Struct, 0},
	} {
		f := field(t, p, "example.com/app.Everything", name)
		typ := p.Types[f.Type]
		if typ == nil || f.Type != want.id || typ.ID != want.id || typ.Kind != want.kind || typ.Bits != want.bits {
			t.Errorf("%s: got %q %+v, want %v", name, f.Type, typ, want)
		}
		if typ.Kind == model.Unsupported && typ.Reason == "" {
			t.Errorf("%s is unsupported for no reason", name)
		}
	}
}

func TestTypeDetails(t *testing.T) {
	t.Parallel()
	types := one(t, kinds).Types
	if got := types["example.com/app/uuid.UUID"].Format; got != "uuid" {
		t.Errorf("format of UUID: got %q, want uuid", got)
	}
	if out := types["example.com/app.Out"]; !out.Marshals || out.Unmarshals {
		t.Errorf("Out: got Marshals %v, Unmarshals %v, want true and false", out.Marshals, out.Unmarshals)
	}
	if got, want := types["struct{X int; y int}"].Source, "struct{X int; y int}"; got != want {
		t.Errorf("source: got %q, want %q", got, want)
	}
	pair := types["example.com/app.Pair[string, []example.com/app.Point]"]
	if pair.Name != "Pair" || !slices.Equal(pair.Args, []model.TypeID{"string", "[]example.com/app.Point"}) {
		t.Errorf("Pair: got %q of %q", pair.Name, pair.Args)
	}
	if names := types["example.com/app.Names"]; names.Key != "string" || names.Elem != "example.com/app.Point" {
		t.Errorf("Names: got key %q, element %q", names.Key, names.Elem)
	}
	if array := types["[3]int"]; array.Len != 3 || array.Elem != "int" {
		t.Errorf("array: got %d of %q, want 3 of int", array.Len, array.Elem)
	}
	if !types["example.com/app.Point"].Comparable || types["[]string"].Comparable {
		t.Error("Comparable: want true for Point and false for []string")
	}
	if !types["time.Time"].HasIsZero || types["time.Duration"].HasIsZero {
		t.Error("HasIsZero: want true for time.Time and false for time.Duration")
	}
}

// TestTypesAreClosed finds every type that another refers to.
func TestTypesAreClosed(t *testing.T) {
	t.Parallel()
	types := one(t, kinds).Types
	for _, id := range slices.Sorted(maps.Keys(types)) {
		typ := types[id]
		refs := append([]model.TypeID{typ.Elem, typ.Key}, typ.Args...)
		for _, f := range typ.Fields {
			refs = append(refs, f.Type)
		}
		for _, ref := range refs {
			if ref != "" && types[ref] == nil {
				t.Errorf("%s refers to %s, which is missing", id, ref)
			}
		}
	}
}

func TestEnum(t *testing.T) {
	t.Parallel()
	p := one(t, `
-- a.go --
package app

import (
	"time"

	"example.com/app/other"
)

// A does it.
//
//mcp:tool
func A(c Color, l Level, m time.Month, o other.Kind, f Ratio, p Plain) {}

// Color is a color.
type Color string

const (
	// Red is warm,
	// like fire.
	Red  Color = "red"
	Blue Color = "blue" // cold
	Same       = Blue
	_    Color = "none"
	text       = "no color"
)

type Ratio float64

const Half Ratio = 0.5

type Plain int
-- b.go --
package app

type Level int8

const (
	_ Level = iota // skipped
	Low
	High // the top
)

// Green stands alone.
const Green Color = "green\n"
-- other/other.go --
package other

type Kind uint

const (
	One Kind = iota + 1
	two
	Three
)
`)
	for id, want := range map[model.TypeID][]model.EnumValue{
		"example.com/app.Color": {
			{GoName: "Red", Value: []byte(`"red"`), Doc: "Warm, like fire."},
			{GoName: "Blue", Value: []byte(`"blue"`), Doc: "cold"},
			{GoName: "Green", Value: []byte(`"green\n"`), Doc: "Green stands alone."},
		},
		"example.com/app.Level":      {{GoName: "Low", Value: []byte("1")}, {GoName: "High", Value: []byte("2"), Doc: "the top"}},
		"example.com/app/other.Kind": {{GoName: "One", Value: []byte("1")}, {GoName: "Three", Value: []byte("3")}},
		"example.com/app.Ratio":      nil,
		"example.com/app.Plain":      nil,
	} {
		got := p.Types[id].Enum
		if !slices.EqualFunc(got, want, func(a *model.EnumValue, b model.EnumValue) bool {
			return a.GoName == b.GoName && string(a.Value) == string(b.Value) && a.Doc == b.Doc
		}) {
			t.Errorf("%s: got %d values, want %d", id, len(got), len(want))
			for _, v := range got {
				t.Errorf("\tgot %s = %s %q", v.GoName, v.Value, v.Doc)
			}
		}
	}
	if months := p.Types["time.Month"].Enum; len(months) != 12 || months[0].GoName != "January" {
		t.Errorf("time.Month: got %d values, want 12 from January on", len(months))
	}
	if doc := p.Types["example.com/app.Color"].Doc; doc != "A color." {
		t.Errorf("doc of Color: got %q", doc)
	}
}

func TestVisible(t *testing.T) {
	t.Parallel()
	p := one(t, `
-- app.go --
package app

import "example.com/app/other"

// A does it.
//
//mcp:tool
func A(in In) {}

type In struct {
	other.All
	Own own
}

type own struct{}
-- other/other.go --
package other

import "example.com/app/other/internal/deep"

type All struct {
	Open   Open
	Closed closed
	Slice  []closed
	Map    map[string]*closed
	Deep   deep.T
	Box    Box[closed]
	Struct struct{ x int }
}

type (
	Open       struct{}
	closed     struct{}
	Box[T any] struct{ V T }
)
-- other/internal/deep/deep.go --
package deep

type T struct{}
`)
	for name, want := range map[string]bool{
		"Open": true, "Own": true,
		"Closed": false, "Slice": false, "Map": false, "Deep": false, "Box": false, "Struct": false,
	} {
		if got := p.Types[field(t, p, "example.com/app.In", name).Type].Visible; got != want {
			t.Errorf("%s: Visible = %v, want %v", name, got, want)
		}
	}
}

func TestSpell(t *testing.T) {
	t.Parallel()
	p := one(t, kinds)
	for id, want := range map[model.TypeID]string{
		"*example.com/app.Point":                                 "*Point",
		"map[net/netip.Addr]int":                                 "map[netip.Addr]int",
		"example.com/app.Pair[string, []example.com/app.Point]":  "Pair[string, []Point]",
		"[3]*time.Time":                                          "[3]*time.Time",
		"gopkg.in/yaml.v3.Node":                                  "yaml.Node",
		"github.com/x/go-y/v2.T":                                 "y.T",
		"func(a ...example.com/app.Point) (<-chan error, error)": "func(a ...Point) (<-chan error, error)",
		`struct{A time.Time "json:\"a.b/c.d\""}`:                 `struct{A time.Time "json:\"a.b/c.d\""}`,
		"any":                                                    "any",
	} {
		if got := p.Spell(id); got != want {
			t.Errorf("Spell(%q) = %q, want %q", id, got, want)
		}
	}
}
