// Package tableforms shows the forms of types that a //mcp:types table takes, and where
// they can stand. Its own table goes before those of others.
package tableforms

import (
	"fmt"
	"slices"

	"github.com/mcpgen/mcpgen/golden/tableforms/internal/shapes"
)

// WireTypes says how types look in JSON.
//
//mcp:types
type WireTypes struct {
	_ shapes.Celsius `jsonschema:"minimum=-273.15"`
	_ shapes.Port    `jsonschema:"type=integer,minimum=1,maximum=65535"`
	// How much of it.
	_ shapes.Level `jsonschema:"enum=low,enum=high"`
	// What to pack it in.
	_ shapes.Box    `jsonschema:"title=Box"`
	_ shapes.Labels `jsonschema:"type=object,maxProperties=2"`
	_ shapes.Pair   `jsonschema:"type=array,minItems=2,maxItems=2"`
	_ shapes.Flag   `jsonschema:"type=boolean"`
	_ shapes.Tree   `mcp:"decode=plant,encode=describe"`
	_ shapes.Path   `jsonschema:"minItems=1,pattern=^[a-z]+$" mcp:"decode=shapes.PathOf,encode=shapes.Names"`
	_ shapes.Day    `jsonschema:"enum=monday,enum=tuesday" mcp:"decode=dayOf,encode=nameOf"`
	_ shapes.Money  `jsonschema:"minimum=0" mcp:"decode=shapes.Cents,encode=shapes.InCents"`
	_ shapes.Secret
}

// tree is what a shapes.Tree looks like in JSON.
type tree struct {
	Name     string        `json:"name"`
	Children []shapes.Tree `json:"children,omitempty"`
}

func plant(t tree) shapes.Tree { return shapes.NewTree(t.Name, t.Children) }

func describe(t shapes.Tree) tree { return tree{t.Name(), t.Children()} }

var days = []string{"monday", "tuesday"}

func dayOf(name string) (shapes.Day, error) {
	i := slices.Index(days, name)
	if i < 0 {
		return 0, fmt.Errorf("no day is called %q", name)
	}
	return shapes.Day(i), nil
}

func nameOf(d shapes.Day) (string, error) {
	if d < 0 || int(d) >= len(days) {
		return "", fmt.Errorf("day %d has no name", d)
	}
	return days[d], nil
}

// Parcel has a member of each form.
type Parcel struct {
	Kept    shapes.Celsius             `json:"kept,omitempty" jsonschema:"maximum=8"`
	Port    *shapes.Port               `json:"port,omitempty" jsonschema:"minimum=1024"`
	Ports   []shapes.Port              `json:"ports,omitempty" jsonschema:"uniqueItems,maximum=8080"`
	Level   shapes.Level               `json:"level,omitempty" jsonschema:"default=low"`
	Box     shapes.Box                 `json:"box,omitzero"`
	Labels  shapes.Labels              `json:"labels,omitzero"`
	Pair    shapes.Pair                `json:"pair,omitzero"`
	Flag    shapes.Flag                `json:"flag,omitzero"`
	Tree    *shapes.Tree               `json:"tree,omitempty"`
	Path    shapes.Path                `json:"path,omitzero" jsonschema:"maxItems=3"`
	Day     shapes.Day                 `json:"day" jsonschema:"default=tuesday"`
	ByDay   map[shapes.Day]shapes.Port `json:"byDay,omitempty"`
	Price   shapes.Money               `json:"price,omitzero" jsonschema:"maximum=1000"`
	Prices  [2]shapes.Money            `json:"prices,omitzero"`
	Secret  shapes.Secret              `json:"secret,omitempty"`
	Several map[string][]*shapes.Money `json:"several,omitempty"`
	Quoted  shapes.Port                `json:"quoted,omitempty,string"`
}

// Pack returns a parcel as it was understood.
//
//mcp:tool
func Pack(in Parcel) Parcel { return in }

// Weigh is strict.
//
//mcp:tool strict
//mcp:param price maximum=500
func Weigh(price shapes.Money, day *shapes.Day) (shapes.Tree, error) {
	return shapes.NewTree("weighed", nil), nil
}

// Days are the days of a price.
//
//mcp:tool
func Days(day shapes.Day) []shapes.Day { return []shapes.Day{day, day + 1} }

// Open is when it is open.
//
//mcp:resource uri=open://{day}{?ports*}
func Open(day shapes.Day, ports []shapes.Port) shapes.Path { return shapes.PathOf([]string{"always"}) }

// Ask asks for a day.
//
//mcp:prompt
//mcp:param day description="The day in question."
func Ask(day shapes.Day, price *shapes.Money) string { return "What about it?" }
