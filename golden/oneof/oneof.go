// Package oneof has interfaces that are closed: whatever implements them and is named
// by the directive can be sent and returned.
package oneof

import (
	"errors"
	"fmt"

	"github.com/mcpgen/mcpgen/golden/oneof/plane"
)

// Shape is what can be drawn.
//
//mcp:oneof Circle Square=quad Empty discriminator=kind
type Shape interface{ Area() float64 }

// Circle is round.
type Circle struct {
	Radius float64 `json:"radius" jsonschema:"minimum=0"`
}

// Area is the surface of the circle.
func (c Circle) Area() float64 { return 3 * c.Radius * c.Radius }

// Square has four sides. Only its pointer is a Shape.
type Square struct {
	Side int `json:"side" jsonschema:"default=1"`
}

// Area is the surface of the square.
func (s *Square) Area() float64 { return float64(s.Side * s.Side) }

// Empty is nothing at all.
type Empty struct{}

// Area is zero.
func (Empty) Area() float64 { return 0 }

// Triangle is a Shape that the directive does not name.
type Triangle struct{}

// Area is unknown.
func (Triangle) Area() float64 { return 1 }

// Total adds up the areas.
//
//mcp:tool
func Total(first Shape, others []Shape) float64 {
	total := first.Area()
	for _, s := range others {
		total += s.Area()
	}
	return total
}

// Scene is several shapes.
type Scene struct {
	Main   Shape            `json:"main,omitempty"`
	Pair   *[2]Shape        `json:"pair,omitempty"`
	Named  map[string]Shape `json:"named,omitempty"`
	Flight plane.Vehicle    `json:"flight,omitzero"`
}

// Draw returns what it is given.
//
//mcp:tool
func Draw(in Scene) Scene { return in }

// Make returns a shape of that name.
//
//mcp:tool
func Make(name string) (Shape, error) {
	switch name {
	case "circle":
		return Circle{Radius: 1}, nil
	case "round":
		return &Circle{Radius: 2}, nil
	case "square":
		return &Square{Side: 2}, nil
	case "lost":
		return (*Square)(nil), nil
	case "triangle":
		return Triangle{}, nil
	case "nothing":
		return nil, nil
	}
	return nil, errors.New("there is no such shape")
}

// Expr is a sum, a number or a variable. It has no methods, and only the directive
// says what it can be.
//
//mcp:oneof Sum Number Variable=var discriminator=op
type Expr interface{}

// Sum adds up.
type Sum struct {
	Terms []Expr `json:"terms" jsonschema:"minItems=1"`
}

// Number is a number.
type Number struct {
	Value float64 `json:"value"`
}

// Variable is known by its name.
type Variable struct {
	Name string `json:"name"`
}

// Evaluate computes an expression in which every variable is 1.
//
//mcp:tool
func Evaluate(expr Expr) (string, error) {
	v, err := value(expr)
	return fmt.Sprint(v), err
}

func value(expr Expr) (float64, error) {
	switch e := expr.(type) {
	case Number:
		return e.Value, nil
	case Variable:
		return 1, nil
	case Sum:
		total := 0.0
		for _, t := range e.Terms {
			v, err := value(t)
			if err != nil {
				return 0, err
			}
			total += v
		}
		return total, nil
	}
	return 0, fmt.Errorf("%T is no expression", expr)
}

// Simplify replaces an expression by its value.
//
//mcp:tool
func Simplify(in Sum) (Expr, error) {
	v, err := value(in)
	return Number{v}, err
}

// Switch is on or off. Nothing of it is exported.
//
//mcp:oneof on off
type Switch interface{ flip() Switch }

type on struct{}

type off struct {
	Hours int `json:"hours,omitempty"`
}

func (on) flip() Switch  { return off{} }
func (off) flip() Switch { return on{} }

// Turn returns the opposite.
//
//mcp:tool
func Turn(to Switch) Switch { return to.flip() }

// Unit is what areas are measured in. It is provided, and so never an argument.
//
//mcp:oneof Circle
type Unit interface{ Area() float64 }

//mcp:provide
func newUnit() Unit { return Circle{Radius: 1} }

// Measure returns how many units an area has.
//
//mcp:tool
func Measure(s Shape, unit Unit) float64 { return s.Area() / unit.Area() }
