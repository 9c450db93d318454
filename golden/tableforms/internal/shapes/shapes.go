// Package shapes has types of every form.
package shapes

import "encoding/json"

// Celsius is a temperature.
type Celsius float64

// Port is a number.
type Port int

// Level says how much.
type Level string

// Values of Level.
const (
	Low  Level = "low"  // hardly any
	Mid  Level = "mid"  // some
	High Level = "high" // a lot
)

// Box has members of its own.
type Box struct {
	Width int `json:"width"`
}

// Labels are an object that writes itself.
type Labels struct{ raw map[string]string }

// MarshalJSON implements json.Marshaler.
func (l Labels) MarshalJSON() ([]byte, error) {
	if l.raw == nil {
		return []byte("{}"), nil
	}
	return json.Marshal(l.raw)
}

// UnmarshalJSON implements json.Unmarshaler.
func (l *Labels) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, &l.raw) }

// Pair is an array that writes itself.
type Pair [2]int

// MarshalJSON implements json.Marshaler.
func (p *Pair) MarshalJSON() ([]byte, error) { return json.Marshal([2]int(*p)) }

// UnmarshalJSON implements json.Unmarshaler.
func (p *Pair) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, (*[2]int)(p)) }

// Flag is a boolean that writes itself.
type Flag struct{ on bool }

// MarshalJSON implements json.Marshaler.
func (f Flag) MarshalJSON() ([]byte, error) { return json.Marshal(f.on) }

// UnmarshalJSON implements json.Unmarshaler.
func (f *Flag) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, &f.on) }

// Tree is hidden, and contains itself.
type Tree struct {
	name     string
	children []Tree
}

// NewTree returns a Tree.
func NewTree(name string, children []Tree) Tree { return Tree{name, children} }

// Name is the name of the root.
func (t Tree) Name() string { return t.name }

// Children are the trees below.
func (t Tree) Children() []Tree { return t.children }

// Path is a list of names.
type Path struct{ names []string }

// PathOf returns a Path.
func PathOf(names []string) Path { return Path{names} }

// Names are those of the path.
func Names(p Path) []string { return p.names }

// Day is a number that people know by its name.
type Day int

// Money is an amount that is hidden.
type Money struct{ cents int64 }

// Cents returns an amount.
func Cents(n int64) Money { return Money{n} }

// InCents is its inverse.
func InCents(m Money) int64 { return m.cents }

// Secret is described by itself to who runs its method.
type Secret string

// JSONSchemaAlias is for github.com/invopop/jsonschema.
func (Secret) JSONSchemaAlias() any { return "" }
