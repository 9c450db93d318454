// Package fields has a struct for every rule by which encoding/json finds the
// members of a struct.
package fields

import (
	"encoding/json"
	"time"
)

type Plain struct {
	B, A     string
	Renamed  int    `json:"r"`
	Skipped  int    `json:"-"`
	Dash     int    `json:"-,"`
	Bad      int    `json:"\\bad,omitempty"`
	Odd      int    `json:"$%-/"`
	Options  int    `json:",omitempty,string"`
	Other    string `yaml:"x" json:"other,omitzero"`
	Ünicode  int    `json:"größe"`
	hidden   int
	withName int `json:"with_name"`
}

type Base struct {
	ID   int
	Name string `json:"name"`
}

type Deep struct {
	Base
	Name string `json:"deep_name"`
	Far  bool
}

type Promoted struct {
	First int
	Deep
	Last int
}

type Shadowed struct {
	ID string
	Base
}

type Left struct{ Same, OnlyLeft int }
type Right struct{ Same, OnlyRight int }

type Ambiguous struct {
	Left
	Right
}

type TaggedLeft struct {
	Same int `json:"Same"`
}

type TagWins struct {
	TaggedLeft
	Right
}

type NamedEmbedding struct {
	Base `json:"base"`
	Right
}

type lower struct{ FromLower int }

type UnexportedEmbedding struct {
	lower
	Own int
}

type TaggedUnexported struct {
	lower `json:"low"`
}

type Text string
type text string

type EmbeddedBasic struct {
	Text
	text
	*Plainer
}

type Plainer struct{ P int }

type Twice1 struct{ Base }
type Twice2 struct{ Base }

type Diamond struct {
	Twice1
	Twice2
}

type Recursive struct {
	*Recursive
	R int
}

type Alias = Base

type EmbeddedAlias struct {
	Alias
	*Pair[int]
}

type Pair[T any] struct{ X, Y T }

type Interfaces struct {
	Any any
	Fmt interface{ String() string } `json:"fmt"`
}

type Quotes struct {
	I   int           `json:",string"`
	F   float64       `json:",string"`
	B   bool          `json:",string"`
	S   string        `json:",string"`
	P   *int          `json:",string"`
	L   []int         `json:",string"`
	N   json.Number   `json:",string"`
	Not struct{}      `json:",string"`
	PP  **int         `json:",string"`
	D   time.Duration `json:",omitempty"`
}

// All reaches every type.
type All struct {
	Plain               Plain
	Promoted            Promoted
	Shadowed            Shadowed
	Ambiguous           Ambiguous
	TagWins             TagWins
	NamedEmbedding      NamedEmbedding
	UnexportedEmbedding UnexportedEmbedding
	TaggedUnexported    TaggedUnexported
	EmbeddedBasic       EmbeddedBasic
	Diamond             Diamond
	Recursive           Recursive
	EmbeddedAlias       EmbeddedAlias
	Interfaces          Interfaces
	Quotes              Quotes
}

// Filled has no zero value that an option could omit.
func Filled() All {
	one := 1
	pointer := &one
	plainer := &Plainer{1}
	return All{
		Plain:         Plain{B: "b", A: "a", Bad: 1, Options: 1, Other: "o", hidden: 1, withName: 1},
		EmbeddedBasic: EmbeddedBasic{Text: "t", text: "t", Plainer: plainer},
		Recursive:     Recursive{Recursive: &Recursive{}},
		EmbeddedAlias: EmbeddedAlias{Pair: &Pair[int]{}},
		Quotes:        Quotes{P: &one, PP: &pointer, N: "1", D: 1},
	}
}

//mcp:provide
func New() *All { return nil }
