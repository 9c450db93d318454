package main

import (
	"fmt"
	"strings"
)

// closedCount is how many types there are with closed interfaces in them, which
// encoding/json cannot read. Each has a mirror that it can.
const closedCount = 16

// closedFields are the ways in which a closed interface stands in a struct, and how
// its mirror does.
var closedFields = []struct{ typ, mirror, tag string }{
	{"%s", "%s", `json:"%s"`},
	{"%s", "*%s", `json:"%s,omitempty"`},
	{"[]%s", "[]%s", `json:"%s" jsonschema:"minItems=1,maxItems=3"`},
	{"[2]%s", "[2]%s", `json:"%s"`},
	{"*[]%s", "*[]%s", `json:"%s,omitempty"`},
	{"map[string]%s", "map[string]%s", `json:"%s" jsonschema:"maxProperties=2"`},
	{"map[int8][]%s", "map[int8][]%s", `json:"%s,omitempty"`},
	{"%s", "*%s", `json:"%s,omitzero"`},
	{"[][]%s", "[][]%s", `json:"%s,omitempty"`},
	{"*Pair[%s, int]", "*Pair[%s, int]", `json:"%s,omitempty"`},
}

// closed are the interfaces, and their mirrors.
var closed = [][2]string{{"Shape", "mirrorShape"}, {"Tree", "mirrorTree"}}

// closedType is the declaration of type n, and that of its mirror.
func closedType(n int) (typ, mirror string) {
	name := typeName(n)
	var t, m strings.Builder
	fmt.Fprintf(&t, "\n// %s is argument and result of a tool.\ntype %[1]s struct {\n", name)
	fmt.Fprintf(&m, "\ntype mirror%s struct {\n", name)
	for i := range 3 {
		at := 3*(n-count) + i
		f, which := closedFields[at%len(closedFields)], closed[at/2%len(closed)]
		tag := fmt.Sprintf(f.tag, fmt.Sprintf("%c%d", 'a'+i, n))
		fmt.Fprintf(&t, "\t%c%d "+f.typ+" `%s`\n", 'A'+i, n, which[0], tag)
		fmt.Fprintf(&m, "\t%c%d "+f.mirror+" `%s`\n", 'A'+i, n, which[1], tag)
	}
	t.WriteString("}\n")
	m.WriteString("}\n")
	return t.String(), m.String()
}

// closedBasics are the interfaces and their variants.
const closedBasics = `
// Shape is one of several structs.
//
//mcp:oneof Circle Square=quad Empty discriminator=kind
type Shape interface{ shape() }

// Circle is a Shape.
type Circle struct {
	Radius float64 ` + "`json:\"radius\" jsonschema:\"minimum=0,maximum=2.5\"`" + `
	Color  Color   ` + "`json:\"color,omitempty\"`" + `
}

// Square is a Shape by its pointer.
type Square struct {
	Side int8  ` + "`json:\"side\" jsonschema:\"default=4\"`" + `
	Name *Name ` + "`json:\"name,omitempty\"`" + `
}

// Empty is a Shape without members.
type Empty struct{}

func (Circle) shape()  {}
func (*Square) shape() {}
func (Empty) shape()   {}

// Tree contains itself.
//
//mcp:oneof *Leaf Branch
type Tree any

// Leaf is a Tree.
type Leaf struct {
	Value any ` + "`json:\"value\"`" + `
}

// Branch is a Tree.
type Branch struct {
	Trees []Tree ` + "`json:\"trees\" jsonschema:\"maxItems=2\"`" + `
	Shape Shape  ` + "`json:\"shape,omitempty\"`" + `
}
`
