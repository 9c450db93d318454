package schema

import (
	"regexp"
	"slices"

	"github.com/invopop/jsonschema"
)

// gemini is the profile of Gemini's function declarations, whose parameters are a
// "select subset of an OpenAPI 3.0 schema object". The rules are from
//
//   - "Schema", Generative AI on Vertex AI,
//     https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/Schema
//   - "FunctionDeclaration", Vertex AI,
//     https://cloud.google.com/vertex-ai/docs/reference/rest/v1beta1/FunctionDeclaration
//   - "The Schema", Gemini API, https://ai.google.dev/api/rest/v1beta/Schema
//   - "SchemaShared", Firebase AI Logic,
//     https://firebase.google.com/docs/reference/js/ai.schemashared
//
// A keyword outside that subset fails the request: "Unknown name
// "additionalProperties" … Cannot find field", https://github.com/nanbingxyz/5ire/issues/42.
var gemini = &profile{
	name: "gemini",
	takes: map[string]func(*jsonschema.Schema) bool{
		// Schema: "maxItems", "minItems", "minLength", "maxLength", "pattern",
		// "minimum", "maximum" are fields; what is between them in [rewordings] is not.
		"minItems": always, "maxItems": always,
		"minLength": always, "maxLength": always, "pattern": always,
		"minimum": always, "maximum": always,
		// Schema: "default" is a field, for documentation.
		"default": always,
		// The Schema: "Possible values of the element of Type.STRING". For another
		// type: "enum: only allowed for STRING type",
		// https://github.com/diegosouzapw/OmniRoute/pull/760.
		"enum": func(s *jsonschema.Schema) bool { return s.Type == "string" },
		// SchemaShared: "this must be either 'enum' or 'date-time', otherwise requests
		// will fail". Vertex AI takes more, but a server does not know who asks.
		"format": func(s *jsonschema.Schema) bool { return s.Format == "date-time" },
	},
	// The subset has no $ref and no $defs, and inlining does not end:
	// https://github.com/googleapis/python-genai/issues/1122.
	recursion: false,
	shape:     openAPI,
	// FunctionDeclaration, name: "Must start with a letter or an underscore. Must be
	// a-z, A-Z, 0-9, or contain underscores, dots and dashes, with a maximum length of 64."
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
	s.AdditionalProperties = nil // no field of Schema
	if text, ok := s.Const.(string); ok {
		s.Const, s.Enum = nil, []any{text} // const is no field of Schema
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
