package golden

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// rule is what a vendor says of the parameters of a function. None is taken from
// the generator: those of OpenAI are the vendor's page, and how the vendor's own
// clients make and check schemas; those of Gemini are the vendor's pages, and what
// its APIs are reported to answer.
type rule struct {
	says, source string
	// holds checks one schema anywhere in a document; document checks a whole one.
	// Every rule has one of them.
	holds, document func(schema map[string]any) error
	// against is a document that breaks the rule: one that the rule lets pass holds nothing.
	against string
}

const (
	geminiSchema   = "https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/Schema"
	geminiFunction = "https://cloud.google.com/vertex-ai/docs/reference/rest/v1beta1/FunctionDeclaration"
	geminiGo       = "https://github.com/googleapis/go-genai/blob/main/types.go"
	geminiFormat   = "https://github.com/google-gemini/gemini-cli/issues/3178"
	geminiEnum     = "https://github.com/musistudio/llms/pull/20"
	geminiAnyOf    = "https://github.com/google/adk-python/issues/3281"
	geminiEmpty    = "https://github.com/vercel/ai/issues/3371"
	openaiSchemas  = "https://platform.openai.com/docs/guides/structured-outputs#supported-schemas"
	openaiFunction = "https://github.com/openai/openai-openapi/blob/main/openapi.yaml"
	openaiJava     = "https://github.com/openai/openai-java/blob/main/openai-java-core/src/main/kotlin/com/openai/core/JsonSchemaValidator.kt"
	openaiNode     = "https://github.com/openai/openai-node/blob/main/src/lib/transform.ts"
	openaiPython   = "https://github.com/openai/openai-python/blob/main/src/openai/lib/_pydantic.py"
)

// profileRules are the rules of each profile.
var profileRules = map[string][]rule{
	"gemini": {
		{
			says: "a select subset of an OpenAPI 3.0 schema object, with these fields", source: geminiGo,
			holds: only("type", "format", "title", "description", "nullable", "default", "items", "minItems", "maxItems",
				"enum", "properties", "propertyOrdering", "required", "minProperties", "maxProperties", "minimum", "maximum",
				"minLength", "maxLength", "pattern", "example", "anyOf"),
			against: `{"type": "object", "additionalProperties": false}`,
		},
		{
			says: "type: one of six", source: geminiSchema,
			holds:   typed("string", "number", "integer", "boolean", "array", "object"),
			against: `{"anyOf": [{"type": "string"}, {"type": "null"}]}`,
		},
		{
			says: "if type is ARRAY, STRING, INTEGER or NUMBER, OBJECT: these fields", source: geminiGo,
			holds: byType(map[string]string{
				"array": "items minItems maxItems", "string": "minLength maxLength pattern",
				"integer": "minimum maximum", "number": "minimum maximum",
				"object": "properties propertyOrdering required minProperties maxProperties",
			}, "type", "format", "title", "description", "nullable", "default", "enum", "example", "anyOf"),
			against: `{"type": "string", "minItems": 1}`,
		},
		{
			says: "enum: only allowed for STRING type", source: geminiEnum,
			holds: func(s map[string]any) error {
				for _, v := range values(s["enum"]) {
					if _, ok := v.(string); !ok || s["type"] != "string" {
						return fmt.Errorf("the %v enum has %v", s["type"], v)
					}
				}
				return nil
			},
			against: `{"type": "integer", "enum": ["1"]}`,
		},
		{
			says: "format: only 'enum' and 'date-time' are supported for STRING type", source: geminiFormat,
			holds: formatted("enum", "date-time"), against: `{"type": "string", "format": "uuid"}`,
		},
		{
			says: "when using any_of, it must be the only field set", source: geminiAnyOf,
			holds: alone("anyOf"), against: `{"anyOf": [{"type": "string"}, {"type": "integer"}], "description": "either"}`,
		},
		{
			says: "items specifies the schema of elements in the array", source: geminiSchema,
			holds: itemized, against: `{"type": "array"}`,
		},
		{
			says: "properties: should be non-empty for OBJECT type", source: geminiEmpty,
			document: inhabited, against: `{"type": "object", "properties": {"a": {"type": "object", "properties": {}}}}`,
		},
		{
			says:   "parameter names must start with a letter or an underscore and must only contain chars a-z, A-Z, 0-9, or underscores with a maximum length of 64",
			source: geminiFunction,
			document: func(s map[string]any) error {
				for name := range members(s["properties"]) {
					if !regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`).MatchString(name) {
						return fmt.Errorf("%s is no name of a parameter", name)
					}
				}
				return nil
			},
			against: `{"type": "object", "properties": {"a-b": {"type": "string"}}}`,
		},
		{
			says: "parameters in JSON Schema Object format", source: geminiFunction,
			document: rooted, against: `{"anyOf": [{"type": "object"}]}`,
		},
	},
	"openai": {
		{
			says: "root objects must not be anyOf and must be an object", source: openaiSchemas,
			document: rooted, against: `{"type": "object", "anyOf": [{"type": "object"}]}`,
		},
		{
			says: "expected exactly one of type, anyOf, $ref", source: openaiJava,
			holds: func(s map[string]any) error {
				n := 0
				for _, keyword := range []string{"type", "anyOf", "$ref"} {
					if s[keyword] != nil {
						n++
					}
				}
				if n != 1 {
					return fmt.Errorf("%d of them", n)
				}
				return nil
			},
			against: `{"type": "string", "anyOf": [{"type": "string"}]}`,
		},
		{
			says: "string, number, boolean, integer, object, array, and null in unions", source: openaiSchemas,
			holds:   typed("string", "number", "boolean", "integer", "object", "array", "null"),
			against: `{"description": "any value"}`,
		},
		{
			says: "allowed keywords by type", source: openaiJava,
			holds: byType(map[string]string{
				"object": "required additionalProperties properties $defs", "array": "items minItems maxItems",
				"boolean": "enum const", "string": "enum const pattern format",
				"integer": "enum const minimum exclusiveMinimum maximum exclusiveMaximum multipleOf",
				"number":  "enum const minimum exclusiveMinimum maximum exclusiveMaximum multipleOf",
			}, "type", "title", "description", "anyOf", "$ref"),
			against: `{"type": "string", "minLength": 1}`,
		},
		{
			says: "supported string properties: format: currently supported", source: openaiSchemas,
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
			says: "expected required to be an array, of properties that are declared", source: openaiNode,
			holds: func(s map[string]any) error {
				if _, ok := s["required"].([]any); s["type"] == "object" && !ok {
					return fmt.Errorf("required is %v", s["required"])
				}
				for _, name := range values(s["required"]) {
					if members(s["properties"])[name.(string)] == nil {
						return fmt.Errorf("%s is required and not there", name)
					}
				}
				return nil
			},
			against: `{"type": "object", "properties": {}, "required": ["a"]}`,
		},
		{
			says: "at least one named property must be defined", source: openaiJava,
			document: inhabited, against: `{"type": "object", "properties": {"a": {"type": "object", "properties": {}}}}`,
		},
		{
			says: "declares an array without items, which cannot be represented in strict Structured Outputs", source: openaiNode,
			holds: itemized, against: `{"type": "array"}`,
		},
		{
			says: "we can't use $refs if there are also other properties defined", source: openaiPython,
			holds: alone("$ref"), against: `{"$ref": "#/$defs/A", "description": "an A"}`,
		},
		{
			says: "invalid or unsupported reference", source: openaiJava,
			document: func(root map[string]any) error {
				return everywhere(root, func(s map[string]any) error {
					ref, ok := s["$ref"].(string)
					if ok && ref != "#" && members(root["$defs"])[strings.TrimPrefix(ref, "#/$defs/")] == nil {
						return fmt.Errorf("%s leads nowhere", ref)
					}
					return nil
				})
			},
			against: `{"type": "object", "properties": {"a": {"$ref": "#/$defs/A"}}}`,
		},
		{
			says: "a schema may have up to 5000 object properties total", source: openaiSchemas,
			document: atMost(5000, func(s map[string]any) int { return len(members(s["properties"])) }),
			against:  `{"type": "object", "properties": {` + numbered(5001, `"p%d": {"type": "string"}`) + `}}`,
		},
		{
			says: "with up to 10 levels of nesting, of which the root is 0", source: openaiSchemas + " and " + openaiJava,
			document: func(s map[string]any) error {
				if n := levels(s); n > 10 {
					return fmt.Errorf("%d levels", n)
				}
				return nil
			},
			against: strings.Repeat(`{"type": "array", "items": `, 11) + `{"type": "string"}` + strings.Repeat("}", 11),
		},
		{
			says: "total string length of all property names, definition names, enum values, and const values cannot exceed 120,000 characters", source: openaiSchemas,
			document: atMost(120_000, func(s map[string]any) int {
				n := characters(s["const"]) + characters(values(s["enum"])...)
				for _, group := range []string{"properties", "$defs"} {
					for name := range members(s[group]) {
						n += len([]rune(name))
					}
				}
				return n
			}),
			against: `{"type": "object", "properties": {"a": {"type": "string", "const": "` + strings.Repeat("é", 120_000) + `"}}}`,
		},
		{
			says: "up to 1000 enum values across all enum properties", source: openaiSchemas,
			document: atMost(1000, func(s map[string]any) int { return len(values(s["enum"])) }),
			against:  `{"type": "integer", "enum": [` + numbered(1001, "%d") + `]}`,
		},
		{
			says: "the total string length of all enum values cannot exceed 15,000 characters when there are more than 250 enum values", source: openaiSchemas,
			holds: func(s map[string]any) error {
				if all := values(s["enum"]); s["type"] == "string" && len(all) > 250 && characters(all...) > 15_000 {
					return fmt.Errorf("%d characters", characters(all...))
				}
				return nil
			},
			against: `{"type": "string", "enum": [` + numbered(251, `"%060d"`) + `]}`,
		},
	},
}

// functionNames are the names of functions that a vendor takes.
var functionNames = map[string]*regexp.Regexp{
	"gemini": regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]{0,63}$`), // geminiFunction
	"openai": regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`),           // FunctionObject in openaiFunction
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
			for _, r := range profileRules[profile] {
				if err := r.breaks(document); err != nil {
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
			if r.breaks(decoded(t, r.against)) == nil {
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
	for _, part := range subschemas(schema) {
		if err := everywhere(part, holds); err != nil {
			return err
		}
	}
	return nil
}

// subschemas are the schemas directly within one.
func subschemas(schema map[string]any) []map[string]any {
	parts := append(values(schema["anyOf"]), schema["items"])
	for _, group := range []string{"properties", "$defs"} {
		parts = append(parts, slices.Collect(maps.Values(members(schema[group])))...)
	}
	var all []map[string]any
	for _, part := range parts {
		if part, ok := part.(map[string]any); ok {
			all = append(all, part)
		}
	}
	return all
}

// breaks is how the document breaks the rule, nil if it does not.
func (r rule) breaks(document map[string]any) error {
	if r.document != nil {
		return r.document(document)
	}
	return everywhere(document, r.holds)
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

// byType allows the keywords of every type, and those of the schema's own.
func byType(own map[string]string, every ...string) func(map[string]any) error {
	return func(s map[string]any) error {
		is, _ := s["type"].(string)
		return only(append(strings.Fields(own[is]), every...)...)(s)
	}
}

// alone allows nothing beside the keyword.
func alone(keyword string) func(map[string]any) error {
	return func(s map[string]any) error {
		if s[keyword] != nil && len(s) > 1 {
			return fmt.Errorf("%s beside others", keyword)
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

func itemized(s map[string]any) error {
	if s["type"] == "array" && members(s["items"]) == nil {
		return fmt.Errorf("an array without items")
	}
	return nil
}

// rooted asks for an object that is no union.
func rooted(s map[string]any) error {
	if s["type"] != "object" || s["anyOf"] != nil {
		return fmt.Errorf("the root is %v", s["type"])
	}
	return nil
}

// inhabited asks every object but the root for members. The arguments of a tool
// without any have to be an object for MCP.
func inhabited(root map[string]any) error {
	for _, part := range subschemas(root) {
		err := everywhere(part, func(s map[string]any) error {
			if s["type"] == "object" && len(members(s["properties"])) == 0 {
				return fmt.Errorf("an object without members")
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// atMost limits the sum of count over all schemas of a document.
func atMost(limit int, count func(map[string]any) int) func(map[string]any) error {
	return func(root map[string]any) error {
		sum := 0
		_ = everywhere(root, func(s map[string]any) error { sum += count(s); return nil })
		if sum > limit {
			return fmt.Errorf("%d, more than %d", sum, limit)
		}
		return nil
	}
}

// levels is how deep schemas are within s, which is level 0.
func levels(s map[string]any) int {
	deepest := 0
	for _, part := range subschemas(s) {
		deepest = max(deepest, 1+levels(part))
	}
	return deepest
}

// characters is the length of texts, and of numbers as JSON has them.
func characters(all ...any) int {
	n := 0
	for _, v := range all {
		if v != nil {
			n += len([]rune(fmt.Sprint(v)))
		}
	}
	return n
}

// numbered are n copies of a format, each with its number.
func numbered(n int, format string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf(format, i)
	}
	return strings.Join(all, ", ")
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
