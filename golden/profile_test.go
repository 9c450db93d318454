package golden

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// rule is what a vendor's documentation says of the parameters of a function.
type rule struct {
	says, source string
	// holds checks one schema anywhere in a document.
	holds func(schema map[string]any) error
	// against is a schema that breaks the rule: one that the rule lets pass holds nothing.
	against string
}

const (
	vertexSchema  = "https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/Schema"
	geminiSchema  = "https://ai.google.dev/api/rest/v1beta/Schema"
	geminiFormat  = "https://firebase.google.com/docs/reference/js/ai.schemashared"
	openaiSchemas = "https://platform.openai.com/docs/guides/structured-outputs#supported-schemas"
	openaiRef     = "https://github.com/camel-ai/camel/issues/3001"
)

// profileRules are the rules of each profile.
var profileRules = map[string][]rule{
	"gemini": {
		{
			says: "a select subset of an OpenAPI 3.0 schema object, with these fields", source: vertexSchema,
			holds: only("type", "format", "title", "description", "nullable", "default", "items", "minItems", "maxItems",
				"enum", "properties", "propertyOrdering", "required", "minProperties", "maxProperties", "minimum", "maximum",
				"minLength", "maxLength", "pattern", "example", "anyOf"),
			against: `{"type": "object", "additionalProperties": false}`,
		},
		{
			says: "type: required, one of six", source: geminiSchema,
			holds:   typed("string", "number", "integer", "boolean", "array", "object"),
			against: `{"anyOf": [{"type": "string"}, {"type": "null"}]}`,
		},
		{
			says: "enum[]: possible values of the element of Type.STRING", source: geminiSchema,
			holds: func(s map[string]any) error {
				for _, v := range values(s["enum"]) {
					if _, ok := v.(string); !ok || s["type"] != "string" {
						return fmt.Errorf("the %v enum has %v", s["type"], v)
					}
				}
				return nil
			},
			against: `{"type": "integer", "enum": [1]}`,
		},
		{
			says: "format: must be either 'enum' or 'date-time'", source: geminiFormat,
			holds: formatted("enum", "date-time"), against: `{"type": "string", "format": "uuid"}`,
		},
		{
			says: "items: schema of the elements of Type.ARRAY", source: geminiSchema,
			holds: func(s map[string]any) error {
				if s["type"] == "array" && s["items"] == nil {
					return fmt.Errorf("an array without items")
				}
				return nil
			},
			against: `{"type": "array"}`,
		},
	},
	"openai": {
		{
			says: "supported types and properties", source: openaiSchemas,
			holds: only("type", "title", "description", "properties", "required", "additionalProperties", "items", "anyOf",
				"enum", "const", "$ref", "$defs", "pattern", "format", "multipleOf", "maximum", "exclusiveMaximum",
				"minimum", "exclusiveMinimum", "minItems", "maxItems"),
			against: `{"type": "string", "minLength": 1}`,
		},
		{
			says: "string, number, boolean, integer, object, array, enum, anyOf", source: openaiSchemas,
			holds:   typed("string", "number", "boolean", "integer", "object", "array", "null"),
			against: `{"description": "any value"}`,
		},
		{
			says: "format: currently supported", source: openaiSchemas,
			holds:   formatted("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"),
			against: `{"type": "string", "format": "uri"}`,
		},
		{
			says: "additionalProperties: false must always be set in objects", source: openaiSchemas,
			holds: func(s map[string]any) error {
				if s["type"] == "object" && s["additionalProperties"] != false {
					return fmt.Errorf("additionalProperties is %v", s["additionalProperties"])
				}
				return nil
			},
			against: `{"type": "object", "additionalProperties": {"type": "string"}}`,
		},
		{
			says: "all fields must be required", source: openaiSchemas,
			holds: func(s map[string]any) error {
				for name := range members(s["properties"]) {
					if !slices.Contains(values(s["required"]), any(name)) {
						return fmt.Errorf("%s is not required", name)
					}
				}
				return nil
			},
			against: `{"type": "object", "properties": {"a": {"type": "string"}}}`,
		},
		{
			says: "$ref cannot have keywords", source: openaiRef,
			holds: func(s map[string]any) error {
				if s["$ref"] != nil && len(s) > 1 {
					return fmt.Errorf("$ref beside others")
				}
				return nil
			},
			against: `{"$ref": "#/$defs/A", "description": "an A"}`,
		},
	},
}

// functionNames are the names of functions that a vendor takes.
var functionNames = map[string]*regexp.Regexp{
	"gemini": regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]{0,63}$`), // https://cloud.google.com/vertex-ai/docs/reference/rest/v1beta1/FunctionDeclaration
	"openai": regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`),           // https://platform.openai.com/docs/api-reference/chat/create
}

// TestProfiles holds the input schemas of every package with a profile against
// that profile's rules.
func TestProfiles(t *testing.T) {
	t.Parallel()
	result, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, p := range result.Packages {
		if p.Server == nil || profileRules[p.Server.Profile] == nil {
			continue
		}
		profile := p.Server.Profile
		seen[profile] = true
		for _, tool := range p.Tools {
			if !functionNames[profile].MatchString(tool.ToolName) {
				t.Errorf("%s: %s is no name", p.Name, tool.ToolName)
			}
			document := decoded(t, tool.InputSchema)
			if document["type"] != "object" {
				t.Errorf("%s: the root of %s is no object", p.Name, tool.ToolName)
			}
			for _, r := range profileRules[profile] {
				if err := everywhere(document, r.holds); err != nil {
					t.Errorf("%s, tool %s, against %q (%s): %v", p.Name, tool.ToolName, r.says, r.source, err)
				}
			}
		}
	}
	for profile := range profileRules {
		if !seen[profile] {
			t.Errorf("no case has profile=%s", profile)
		}
	}
}

// TestProfileRulesCanFail shows each rule a schema that breaks it.
func TestProfileRulesCanFail(t *testing.T) {
	t.Parallel()
	for profile, rules := range profileRules {
		for _, r := range rules {
			if everywhere(decoded(t, r.against), r.holds) == nil {
				t.Errorf("%s: the rule %q lets %s pass", profile, r.says, r.against)
			}
		}
	}
}

// everywhere applies holds to a schema and all schemas within.
func everywhere(schema map[string]any, holds func(map[string]any) error) error {
	if err := holds(schema); err != nil {
		return err
	}
	parts := values(schema["anyOf"])
	for _, group := range []string{"properties", "$defs"} {
		for _, part := range members(schema[group]) {
			parts = append(parts, part)
		}
	}
	for _, part := range append(parts, schema["items"]) {
		if part, ok := part.(map[string]any); ok {
			if err := everywhere(part, holds); err != nil {
				return err
			}
		}
	}
	return nil
}

// only allows no other keywords.
func only(keywords ...string) func(map[string]any) error {
	return func(s map[string]any) error {
		for keyword := range s {
			if !slices.Contains(keywords, keyword) {
				return fmt.Errorf("%s is no keyword", keyword)
			}
		}
		return nil
	}
}

// typed asks every schema for one of the types, or for what stands for a type.
func typed(types ...string) func(map[string]any) error {
	return func(s map[string]any) error {
		if s["anyOf"] != nil || s["$ref"] != nil {
			return nil
		}
		if is, ok := s["type"].(string); !ok || !slices.Contains(types, is) {
			return fmt.Errorf("the type is %v", s["type"])
		}
		return nil
	}
}

func formatted(formats ...string) func(map[string]any) error {
	return func(s map[string]any) error {
		if is, ok := s["format"].(string); ok && !slices.Contains(formats, is) {
			return fmt.Errorf("the format is %s", is)
		}
		return nil
	}
}

func members(of any) map[string]any { m, _ := of.(map[string]any); return m }

func values(of any) []any { s, _ := of.([]any); return s }

func decoded(t *testing.T, text string) map[string]any {
	t.Helper()
	var document map[string]any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&document); err != nil {
		t.Fatal(err)
	}
	return document
}
