package schema

import (
	"regexp"
	"slices"

	"github.com/invopop/jsonschema"
)

// gemini is the profile of Gemini's function declarations, whose field parameters is
// a "select subset of an OpenAPI 3.0 schema object". Clients that fill the field
// parametersJsonSchema instead need no profile, but a server does not know which one
// its client fills, nor whether it asks the Gemini API or Vertex AI. So where these
// differ, the rule is the narrower one. The rules are from
//
//   - "Schema", Vertex AI,
//     https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/Schema,
//     the same in type Schema of https://github.com/googleapis/go-genai/blob/main/types.go
//   - "FunctionDeclaration", Vertex AI,
//     https://cloud.google.com/vertex-ai/docs/reference/rest/v1beta1/FunctionDeclaration
//   - "Schema", Gemini API, https://ai.google.dev/api/caching#Schema
//   - what the APIs answer, as users report it: see each rule. No document says these.
//
// A keyword outside that subset fails the request: "Unknown name
// "additionalProperties" … Cannot find field", says a user in
// https://github.com/nanbingxyz/5ire/issues/42.
var gemini = &profile{
	name: "gemini",
	takes: map[string]func(*jsonschema.Schema) bool{
		// Schema: "maxItems", "minItems", "minLength", "maxLength", "pattern",
		// "minimum", "maximum" are fields; what is between them in [rewordings] is not.
		"minItems": always, "maxItems": always,
		"minLength": always, "maxLength": always, "pattern": always,
		"minimum": always, "maximum": always,
		// Schema: "default" is a field. See alone for why not beside anyOf.
		"default": func(s *jsonschema.Schema) bool { return len(s.AnyOf) == 0 },
		// Schema, enum: a list of strings. Its example for integers writes them as strings,
		// but the Gemini API answers "enum: only allowed for STRING type", says a user in
		// https://github.com/musistudio/llms/pull/20.
		"enum": func(s *jsonschema.Schema) bool { return s.Type == "string" },
		// Vertex AI takes any format. The Gemini API answers "only 'enum' and 'date-time'
		// are supported for STRING type", says a user in
		// https://github.com/google-gemini/gemini-cli/issues/3178.
		"format": func(s *jsonschema.Schema) bool { return s.Format == "date-time" },
	},
	// Schema has no $ref and no $defs. Google's client inlines them, which does not end
	// here: process_schema, https://github.com/googleapis/python-genai/blob/main/google/genai/_transformers.py.
	recursion: false,
	// Vertex AI answers "schema specified other fields alongside any_of. When using
	// any_of, it must be the only field set", says a user in
	// https://github.com/google/adk-python/issues/3281.
	alone: true,
	shape: openAPI,
	// FunctionDeclaration, name, on that page: "Must start with a letter or an
	// underscore. Must be a-z, A-Z, 0-9, or contain underscores, dots and dashes, with a
	// maximum length of 64." go-genai allows colons and 128 characters since.
	toolName: &names{
		regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]{0,63}$`),
		"at most 64 ASCII letters, digits, underscores, dots and dashes, beginning with a letter or underscore",
	},
	// FunctionDeclaration, parameters: "Parameter names must start with a letter or an
	// underscore and must only contain chars a-z, A-Z, 0-9, or underscores with a
	// maximum length of 64."
	argumentName: &names{
		regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`),
		"at most 64 ASCII letters, digits and underscores, beginning with no digit",
	},
}

// openAPI spells s as OpenAPI 3.0 does.
func openAPI(s *jsonschema.Schema) {
	s.AdditionalProperties = nil // no field of Schema on every page
	if text, ok := s.Const.(string); ok {
		s.Const, s.Enum = nil, []any{text} // const is no field of Schema, and process_schema does the same
	}
	orNull := slices.ContainsFunc(s.AnyOf, isNull)
	if !orNull {
		return
	}
	// Schema, nullable: "Indicates if the value may be null"; Type has no null.
	s.AnyOf = slices.DeleteFunc(s.AnyOf, isNull)
	if len(s.AnyOf) == 1 {
		outer := *s
		*s = *outer.AnyOf[0]
		s.Title, s.Description = outer.Title, joined(outer.Description, s.Description)
	}
	s.Extras = map[string]any{"nullable": true}
}
