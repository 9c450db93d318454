package emit

import (
	"encoding/json"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// value is a Go expression of type t for a JSON value, where there is one that a
// person would write.
func (e *emitter) value(t *model.Type, value json.RawMessage) (*jen.Statement, bool) {
	for _, choice := range t.Enum {
		if string(choice.Value) == string(value) {
			return jen.Qual(t.PkgPath, choice.GoName), true
		}
	}
	switch t.Kind {
	case model.Duration:
		if d, err := time.ParseDuration(unquoted(value)); err == nil {
			return duration(d), true
		}
	case model.Time:
		if at, err := time.Parse(time.RFC3339, unquoted(value)); err == nil && at.Location() == time.UTC {
			return date(at), true
		}
	case model.Slice, model.Array:
		return e.list(t, value)
	case model.Pointer:
		elem := e.pkg.Types[t.Elem]
		if pointee, ok := e.value(elem, value); ok {
			return jen.New(e.converted(pointee, elem)), true
		}
	case model.Optional:
		elem := e.pkg.Types[t.Elem]
		if inner, ok := e.value(elem, value); ok {
			return runtimeName("Some").Call(e.converted(inner, elem)), true
		}
	case model.Null:
		if inner, ok := e.value(e.pkg.Types[t.Elem], value); ok {
			return e.typ(t.ID).Values(jen.Id(t.Value).Op(":").Add(inner), jen.Id("Valid").Op(":").True()), true
		}
	}
	return literal(t, value)
}

// list is a Go literal of type t for a JSON array.
func (e *emitter) list(t *model.Type, value json.RawMessage) (*jen.Statement, bool) {
	var elements []json.RawMessage
	if json.Unmarshal(value, &elements) != nil {
		return nil, false
	}
	all := make([]jen.Code, len(elements))
	for i, element := range elements {
		literal, ok := e.value(e.pkg.Types[t.Elem], element)
		if !ok {
			return nil, false
		}
		all[i] = literal
	}
	return e.typ(t.ID).Values(all...), true
}

// converted is a constant as t, where it would be of another type by default.
func (e *emitter) converted(constant *jen.Statement, t *model.Type) *jen.Statement {
	switch t.ID {
	case "bool", "int", "string", "time.Time", "time.Duration":
		return constant
	}
	if len(t.Enum) > 0 || t.Elem != "" { // has its type already
		return constant
	}
	return e.typ(t.ID).Call(constant)
}

// literal is the Go literal of a JSON value, where the type has one.
func literal(t *model.Type, value json.RawMessage) (*jen.Statement, bool) {
	switch t.Kind {
	case model.Bool, model.Int, model.Uint, model.Float:
		return jen.Op(string(value)), true
	case model.String:
		var s string
		if json.Unmarshal(value, &s) == nil {
			return text(s), true
		}
	}
	return nil, false
}

// unquoted is the text of a JSON string, or "" for other values.
func unquoted(value json.RawMessage) (s string) {
	if json.Unmarshal(value, &s) != nil {
		return ""
	}
	return s
}

// date writes a time in UTC.
func date(t time.Time) *jen.Statement {
	return jen.Qual("time", "Date").Call(
		jen.Lit(t.Year()), jen.Qual("time", t.Month().String()), jen.Lit(t.Day()),
		jen.Lit(t.Hour()), jen.Lit(t.Minute()), jen.Lit(t.Second()), jen.Lit(t.Nanosecond()),
		jen.Qual("time", "UTC"),
	)
}

// duration writes d in the largest unit that divides it: 30 * time.Second.
func duration(d time.Duration) *jen.Statement {
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"}, {time.Millisecond, "Millisecond"}, {time.Microsecond, "Microsecond"}} {
		if d != 0 && d%unit.size == 0 {
			one := jen.Qual("time", unit.name)
			if d == unit.size {
				return one
			}
			return jen.Lit(int(d / unit.size)).Op("*").Add(one)
		}
	}
	return jen.Lit(int(d))
}
