package schema

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/invopop/jsonschema"
)

// openai is the profile of OpenAI's function calling in strict mode. The rules are
// from the section "Supported schemas" of "Structured model outputs",
// https://platform.openai.com/docs/guides/structured-outputs, and from "Strict
// mode" of "Function calling", https://platform.openai.com/docs/guides/function-calling.
//
// The model sends null for what it would leave out elsewhere, which the decoder
// takes as absent, in strict tools too.
var openai = &profile{
	name: "openai",
	takes: map[string]func(*jsonschema.Schema) bool{
		// "Supported types": enum, and const counts into the size limits.
		"enum": always, "const": always,
		// "Supported string properties": pattern and format, with these formats.
		"pattern": always,
		"format": func(s *jsonschema.Schema) bool {
			return slices.Contains([]string{
				"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid",
			}, s.Format)
		},
		// "Supported number properties".
		"multipleOf": always, "minimum": always, "maximum": always,
		"exclusiveMinimum": always, "exclusiveMaximum": always,
		// "Supported array properties".
		"minItems": always, "maxItems": always,
		// No more is listed: neither minLength and maxLength, uniqueItems nor default,
		// which the API answers with "'default' is not permitted".
	},
	// Recursion by $ref is among what strict mode is documented to take.
	recursion: true,
	shape:     strict,
	// Function calling, API reference, name: "Must be a-z, A-Z, 0-9, or contain
	// underscores and dashes, with a maximum length of 64."
	toolName: &names{
		regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`),
		"at most 64 ASCII letters, digits, underscores and dashes",
	},
	limits: excesses,
}

// strict makes s an object of the strict mode, if it is one.
func strict(s *jsonschema.Schema) {
	if s.Ref != "" && !reflect.DeepEqual(s, &jsonschema.Schema{Ref: s.Ref}) {
		// "$ref cannot have keywords {'description'}",
		// https://github.com/camel-ai/camel/issues/3001.
		s.AnyOf, s.Ref = []*jsonschema.Schema{{Ref: s.Ref}}, ""
	}
	if s.Type != "object" {
		return
	}
	// "additionalProperties: false must always be set in objects".
	s.AdditionalProperties = jsonschema.FalseSchema
	// "All fields must be required … it is possible to emulate an optional parameter
	// by using a union type with null".
	var required []string
	for pair := s.Properties.Oldest(); pair != nil; pair = pair.Next() {
		if !slices.Contains(s.Required, pair.Key) {
			pair.Value = orNull(pair.Value)
		}
		required = append(required, pair.Key)
	}
	s.Required = required
}

// orNull is s or null.
func orNull(s *jsonschema.Schema) *jsonschema.Schema {
	if len(s.AnyOf) == 0 {
		return nullable(s)
	}
	if !slices.ContainsFunc(s.AnyOf, isNull) {
		s.AnyOf = append(s.AnyOf, &jsonschema.Schema{Type: "null"})
	}
	return s
}

func isNull(s *jsonschema.Schema) bool { return s.Type == "null" }

// size is what the strict mode limits.
type size struct{ properties, levels, enumValues, text, longestEnum int }

// The limits of the strict mode, each under the heading of "Supported schemas"
// that it stands under.
var maxima = size{
	properties: 5000, levels: 10, // "Objects have limitations on nesting depth and size"
	text:        120_000, // "Limitations on total string size"
	enumValues:  1000,    // "Limitations on enum size"
	longestEnum: 15_000,  // there, too: of a string enum of more than 250 values
}

// excesses says what of root is beyond the limits.
func excesses(root *jsonschema.Schema) []string {
	var n size
	n.add(root, 0)
	for name, s := range root.Definitions {
		n.text += utf8.RuneCountInString(name)
		n.add(s, 0)
	}
	var all []string
	for _, row := range []struct {
		got, most int
		what      string
	}{
		{n.properties, maxima.properties, "members"},
		{n.levels, maxima.levels, "levels of objects"},
		{n.enumValues, maxima.enumValues, "enum values"},
		{n.text, maxima.text, "characters in names and enum values"},
		{n.longestEnum, maxima.longestEnum, "characters in one enum"},
	} {
		if row.got > row.most {
			all = append(all, fmt.Sprintf("%d %s, more than %d,", row.got, row.what, row.most))
		}
	}
	return all
}

// add counts s, which is within so many objects.
func (n *size) add(s *jsonschema.Schema, within int) {
	if s.Type == "object" {
		within++
		n.levels = max(n.levels, within)
	}
	for pair := s.Properties.Oldest(); pair != nil; pair = pair.Next() {
		n.properties++
		n.text += utf8.RuneCountInString(pair.Key)
	}
	n.addEnum(s.Enum)
	for part := range schemaParts(s) {
		n.add(part, within)
	}
}

func (n *size) addEnum(values []any) {
	length := 0
	for _, v := range values {
		length += utf8.RuneCountInString(strings.Trim(spell(v), `"`))
	}
	n.enumValues += len(values)
	n.text += length
	if len(values) > 250 {
		n.longestEnum = max(n.longestEnum, length)
	}
}
