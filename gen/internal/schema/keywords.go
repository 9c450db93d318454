package schema

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// keyword is one word of the tag grammar.
type keyword struct {
	name    string
	fits    func(subject) bool // the values it says something about
	takes   arity
	repeats func(subject) bool // nil: stands once
	set     func(s subject, r *model.Rules, value string) error
}

// arity says what may follow a keyword.
type arity int

const (
	value arity = iota // key=value
	flag               // key alone, key=true or key=false
	bare               // key alone
)

// keywords is the whole grammar, in the order in which it is suggested. The
// words are those of github.com/invopop/jsonschema; const, minProperties,
// maxProperties and deprecated are ours.
var keywords = []keyword{
	{name: "title", fits: anything, set: text(func(r *model.Rules) *string { return &r.Title })},
	{name: "description", fits: anything, set: text(func(r *model.Rules) *string { return &r.Description })},
	{name: "required", fits: anything, takes: bare, set: on(func(r *model.Rules) *bool { return &r.Required })},
	{name: "default", fits: hasDefault, repeats: subject.array, set: setDefault},
	{name: "example", fits: scalar, repeats: anything, set: addExample},
	{name: "enum", fits: listable, repeats: anything, set: addEnum},
	{name: "const", fits: listable, set: addEnum},

	{name: "minimum", fits: numeric, set: bound(func(r *model.Rules) *string { return &r.Minimum })},
	{name: "maximum", fits: numeric, set: bound(func(r *model.Rules) *string { return &r.Maximum })},
	{name: "exclusiveMinimum", fits: numeric, set: bound(func(r *model.Rules) *string { return &r.ExclusiveMinimum })},
	{name: "exclusiveMaximum", fits: numeric, set: bound(func(r *model.Rules) *string { return &r.ExclusiveMaximum })},
	{name: "multipleOf", fits: numeric, set: setMultipleOf},

	{name: "minLength", fits: isString, set: count(func(r *model.Rules) **int { return &r.MinLength })},
	{name: "maxLength", fits: isString, set: count(func(r *model.Rules) **int { return &r.MaxLength })},
	{name: "pattern", fits: isString, set: setPattern},
	{name: "format", fits: hasFormat, set: setFormat},

	{name: "minItems", fits: isSlice, set: count(func(r *model.Rules) **int { return &r.MinItems })},
	{name: "maxItems", fits: isSlice, set: count(func(r *model.Rules) **int { return &r.MaxItems })},
	{name: "uniqueItems", fits: comparesItems, takes: flag, set: on(func(r *model.Rules) *bool { return &r.UniqueItems })},
	{name: "minProperties", fits: isMap, set: count(func(r *model.Rules) **int { return &r.MinProperties })},
	{name: "maxProperties", fits: isMap, set: count(func(r *model.Rules) **int { return &r.MaxProperties })},

	{name: "readOnly", fits: anything, takes: flag, set: on(func(r *model.Rules) *bool { return &r.ReadOnly })},
	{name: "writeOnly", fits: anything, takes: flag, set: on(func(r *model.Rules) *bool { return &r.WriteOnly })},
	{name: "deprecated", fits: anything, takes: flag, set: on(func(r *model.Rules) *bool { return &r.Deprecated })},
}

// refusal says why a word of invopop's grammar is none of ours.
type refusal struct{ why, instead string }

var refusals = map[string]refusal{
	"-":              {"the decoder would still read the member", "tag the field `json:\"-\"`"},
	"nullable":       {"optional is not nullable", "use a pointer or omitempty for a value that may be absent, and runtime.Optional for one that may be null"},
	"type":           {"the decoder goes by the Go type", "give the field the Go type that has that JSON form; a type that writes itself has its type= in a //mcp:types table"},
	"anchor":         {"a schema is delivered whole and has no links into it", "leave it out"},
	"oneof_required": {"the decoder checks every member by itself", "check in the function which members came together"},
	"anyof_required": {"the decoder checks every member by itself", "check in the function which members came together"},
	"oneof_ref":      {"the decoder goes by the Go type", "use an interface with //mcp:oneof"},
	"anyof_ref":      {"the decoder goes by the Go type", "use an interface with //mcp:oneof"},
	"oneof_type":     {"the decoder goes by the Go type", "use any, or a type of your own with UnmarshalJSON"},
	"anyof_type":     {"the decoder goes by the Go type", "use any, or a type of your own with UnmarshalJSON"},
}

func lookup(name string) (keyword, bool) {
	i := slices.IndexFunc(keywords, func(k keyword) bool { return k.name == name })
	if i < 0 {
		return keyword{}, false
	}
	return keywords[i], true
}

// What keywords fit. An enum is for values that Go can compare and write down.

func anything(subject) bool    { return true }
func isString(s subject) bool  { return s.Kind == model.String }
func isSlice(s subject) bool   { return s.Kind == model.Slice }
func isMap(s subject) bool     { return s.Kind == model.Map }
func numeric(s subject) bool   { return s.is(model.Int, model.Uint, model.Float) }
func listable(s subject) bool  { return numeric(s) || s.is(model.String, model.Bool) }
func hasFormat(s subject) bool { return s.is(model.String, model.Text, model.Time) }

// scalar reports whether s is neither array nor object.
func scalar(s subject) bool { return !s.array() && !s.is(model.Map, model.Struct, model.OneOf) }

func hasDefault(s subject) bool { return scalar(s) || s.array() && scalar(subject{Type: s.elem}) }

// comparesItems reports whether == on two elements of s compares what they mean.
func comparesItems(s subject) bool {
	if !s.array() || s.indirect {
		return false
	}
	elem := subject{Type: s.elem}
	return listable(elem) || elem.is(model.Duration) || elem.Kind == model.Text && elem.Comparable
}

func (s subject) is(kinds ...model.Kind) bool { return slices.Contains(kinds, s.Kind) }

// How keywords are taken in.

type setter = func(subject, *model.Rules, string) error

func text(field func(*model.Rules) *string) setter {
	return func(_ subject, r *model.Rules, value string) error {
		*field(r) = value
		return nil
	}
}

func on(field func(*model.Rules) *bool) setter {
	return func(_ subject, r *model.Rules, value string) error {
		*field(r) = value != "false"
		return nil
	}
}

func bound(field func(*model.Rules) *string) setter {
	return func(s subject, r *model.Rules, value string) (err error) {
		*field(r), err = measure(s, value)
		return err
	}
}

// measure reads a bound of s: generated code compares in the type of s, so that
// the bound must fit it.
func measure(s subject, value string) (string, error) {
	if s.Kind == model.Float {
		return number(s.Type, value)
	}
	return integer(s.Type, value)
}

func setMultipleOf(s subject, r *model.Rules, value string) error {
	n, err := measure(s, value)
	if err != nil {
		return err
	}
	if exact, _ := rational(n); exact.Sign() <= 0 {
		return errors.New("not above zero")
	}
	r.MultipleOf = n
	return nil
}

func count(field func(*model.Rules) **int) setter {
	return func(_ subject, r *model.Rules, value string) error {
		n, err := strconv.Atoi(value)
		switch {
		case err != nil:
			return errors.New("not a whole number")
		case n < 0:
			return errors.New("negative")
		}
		*field(r) = &n
		return nil
	}
}

func setFormat(s subject, r *model.Rules, value string) error {
	own := s.Format
	if s.Kind == model.Time {
		own = "date-time"
	}
	switch {
	case own == "":
		r.Format = value
	case own != value:
		return fmt.Errorf("its type has the format %s", own)
	}
	return nil
}

// setDefault takes in one default or, of an array, its next element.
func setDefault(s subject, r *model.Rules, value string) error {
	if !s.array() {
		v, err := literal(s.Type, value)
		r.Default = v
		return err
	}
	v, err := literal(s.elem, value)
	if err != nil {
		return err
	}
	r.Default = list(append(elements(r.Default), v))
	return nil
}

func addExample(s subject, r *model.Rules, value string) error {
	v, err := literal(s.Type, value)
	if err != nil {
		return err
	}
	r.Examples = append(r.Examples, v)
	return nil
}

func addEnum(s subject, r *model.Rules, value string) error {
	v, err := literal(s.Type, value)
	switch {
	case err != nil:
		return err
	case contains(r.Enum, v):
		return errors.New("listed twice")
	case len(s.Enum) > 0 && !contains(constants(s.Type), v):
		return fmt.Errorf("no constant of %s; they are %s", s.Name, enumerate(constants(s.Type)))
	}
	r.Enum = append(r.Enum, v)
	return nil
}
