package scan_test

import (
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

const closed = `
-- app.go --
package app

import (
	"example.com/app/shapes"
	other "github.com/mcpgen/mcpgen/foreign"
)

// A takes all of them.
//
//mcp:tool
func A(own Own, shape shapes.Shape, foreign other.Shape, area Area, open Open) {}

// Own is closed.
//
//mcp:oneof Plain *Both Pointer=p Alias discriminator=is
type Own interface{ own() }

type (
	Plain   struct{}
	Both    struct{}
	Pointer struct{}
	Alias   = HTTPServer

	HTTPServer struct{ Next Own }
)

func (Plain) own()      {}
func (Both) own()       {}
func (*Pointer) own()   {}
func (HTTPServer) own() {}

// Area is closed by types of other packages.
//
//mcp:oneof shapes.Circle other.Square=square2
type Area interface{ Area() float64 }

// Open is not closed, whatever it says of //mcp:oneof Plain.
type Open interface{ own() }
-- shapes/shapes.go --
package shapes

// Shape is only used elsewhere.
//
//mcp:oneof Circle
type Shape interface{ Area() float64 }

type Circle struct{}

func (Circle) Area() float64 { return 0 }
-- fake/foreign/foreign.go --
// Package foreign is outside the main module.
package foreign

type (
	// Shape is declared in a group.
	//
	//mcp:oneof Square
	Shape interface{ Area() float64 }

	Square struct{}
)

func (*Square) Area() float64 { return 0 }
`

func TestOneOf(t *testing.T) {
	t.Parallel()
	p := load(t, closed, ".")
	if got := len(p); got != 1 {
		t.Fatalf("got %d packages, want 1", got)
	}
	if text := report(p[0]); text != "" {
		t.Fatal(text)
	}
	types := p[0].Model.Types
	for id, want := range map[model.TypeID]string{
		"example.com/app.Own": "is: example.com/app.Plain=plain, value; *example.com/app.Both=both, value; " +
			"*example.com/app.Pointer=p, pointer; example.com/app.HTTPServer=alias, value",
		"example.com/app.Area":                   "type: example.com/app/shapes.Circle=circle, value; *github.com/mcpgen/mcpgen/foreign.Square=square2, pointer",
		"example.com/app/shapes.Shape":           "type: example.com/app/shapes.Circle=circle, value",
		"github.com/mcpgen/mcpgen/foreign.Shape": "type: *github.com/mcpgen/mcpgen/foreign.Square=square, pointer",
	} {
		typ := types[id]
		if typ == nil || typ.Kind != model.OneOf {
			t.Errorf("%s: got %+v, want a %s", id, typ, model.OneOf)
			continue
		}
		var all []string
		for _, v := range typ.Variants {
			how := "pointer"
			if v.ByValue {
				how = "value"
			}
			all = append(all, string(v.Type)+"="+v.Value+", "+how)
			if types[v.Type] == nil {
				t.Errorf("%s: %s is not described", id, v.Type)
			}
		}
		if got := typ.Discriminator.Name + ": " + strings.Join(all, "; "); got != want {
			t.Errorf("%s: got  %s\nwant %s", id, got, want)
		}
	}
	if got := types["example.com/app.Open"].Kind; got != model.Interface {
		t.Errorf("Open: got %s, want %s", got, model.Interface)
	}
}

// TestOneOfMistakesTravel reports the mistakes of an interface to who uses it, even if
// its own package is not asked about.
func TestOneOfMistakesTravel(t *testing.T) {
	t.Parallel()
	archive := strings.NewReplacer("//mcp:oneof Circle", "//mcp:oneof Circel", "oneof Plain *Both", "oneof shapes.Circle").Replace(closed)
	p := load(t, archive, ".")
	got := report(p[0])
	for _, want := range []string{
		"app.go:15:13: shapes.Circle does not implement Own: it has no method own()\n",
		"shapes/shapes.go:5:13: unknown type Circel\n\twrite Circle\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("got\n%swant in it\n%s", got, want)
		}
	}
}
