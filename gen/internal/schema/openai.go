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

// openai is the profile of OpenAI's function calling in strict mode. The rules are from
//
//   - "Structured model outputs", sections "Supported schemas" and "JSON Schema
//     support", https://platform.openai.com/docs/guides/structured-outputs
//   - "Function calling", section "Strict mode",
//     https://platform.openai.com/docs/guides/function-calling
//   - "FunctionObject", https://github.com/openai/openai-openapi/blob/main/openapi.yaml
//   - toStrictJsonSchema, which OpenAI's client for Node makes such schemas with,
//     https://github.com/openai/openai-node/blob/main/src/lib/transform.ts
//   - JsonSchemaValidator, with which OpenAI's client for Java checks them,
//     https://github.com/openai/openai-java/blob/main/openai-java-core/src/main/kotlin/com/openai/core/JsonSchemaValidator.kt
//   - what the API answers, as users report it: see each rule. No document says these.
//
// The model sends null for what it would leave out elsewhere, which the decoder
// takes as absent, in strict tools too. So there is no way to send null for a
// member with a default, or to tell null from unset.
var openai = &profile{
	name: "openai",
	takes: map[string]func(*jsonschema.Schema) bool{
		// "Supported types": enum; and const counts into the size limits.
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
		// No more is listed, and JsonSchemaValidator refuses all else: minLength and
		// maxLength, uniqueItems, default, examples. toStrictJsonSchema lets default pass, but
		// the API answers "'default' is not permitted", says a user in
		// https://github.com/567-labs/instructor/issues/1074.
	},
	// "Definitions are supported" and "Recursive schemas are supported".
	recursion: true,
	shape:     strict,
	// FunctionObject, name: "Must be a-z, A-Z, 0-9, or contain underscores and dashes,
	// with a maximum length of 64." FunctionToolParam, of the newer Responses API, has
	// maxLength 128.
	toolName: &names{
		regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`),
		"at most 64 ASCII letters, digits, underscores and dashes",
	},
	limits: excesses,
}

// strict makes s an object of the strict mode, if it is one.
func strict(s *jsonschema.Schema) {
	if s.Ref != "" && !reflect.DeepEqual(s, &jsonschema.Schema{Ref: s.Ref}) {
		// "we can't use `$ref`s if there are also other properties defined",
		// https://github.com/openai/openai-python/blob/main/src/openai/lib/_pydantic.py. The API
		// answers "$ref cannot have keywords {'description'}", says a user in
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
	if s.Required = required; len(required) == 0 {
		// Without it, JsonSchemaValidator says, the API complains. So does _EMPTY_SCHEMA of
		// https://github.com/openai/openai-agents-python/blob/main/src/agents/strict_schema.py.
		s.Extras = map[string]any{"required": []string{}}
	}
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
// that it stands under. JsonSchemaValidator has smaller ones, from an earlier
// version of that page, for all but the levels.
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
		n.add(s, 1)
	}
	var all []string
	for _, row := range []struct {
		got, most int
		what      string
	}{
		{n.properties, maxima.properties, "members"},
		{n.levels, maxima.levels, "levels of nesting"},
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

// add counts s, which is so many levels below the root. The page does not say what
// a level is; JsonSchemaValidator counts one for each schema within another, be it
// a property, the items of an array, one of anyOf or a definition, and does not
// follow $ref.
func (n *size) add(s *jsonschema.Schema, level int) {
	n.levels = max(n.levels, level)
	for pair := s.Properties.Oldest(); pair != nil; pair = pair.Next() {
		n.properties++
		n.text += utf8.RuneCountInString(pair.Key)
	}
	n.addEnum(s.Enum)
	if s.Const != nil {
		n.text += length(s.Const)
	}
	for part := range schemaParts(s) {
		n.add(part, level+1)
	}
}

func (n *size) addEnum(values []any) {
	total := 0
	for _, v := range values {
		total += length(v)
	}
	n.enumValues += len(values)
	n.text += total
	if len(values) > 250 {
		n.longestEnum = max(n.longestEnum, total)
	}
}

// length is that of a value as text, in characters.
func length(v any) int {
	return utf8.RuneCountInString(strings.Trim(spell(v), `"`))
}
