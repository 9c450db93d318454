package golden

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// compile compiles a schema, which holds it against the meta-schema of 2020-12.
func compile(t *testing.T, source string) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(source))
	if err != nil {
		t.Fatalf("%v in schema %s", err, source)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	if err := c.AddResource("mcpgen:schema", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("mcpgen:schema")
	if err != nil {
		t.Fatalf("%v in schema %s", err, source)
	}
	return schema
}

func TestSchemasAreValid(t *testing.T) {
	t.Parallel()
	result, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range result.Packages {
		for _, tool := range p.Tools {
			t.Run(p.Name+"/"+tool.ToolName, func(t *testing.T) {
				compile(t, tool.InputSchema)
				if tool.OutputSchema != "" {
					compile(t, tool.OutputSchema)
				}
			})
		}
	}
}

// schemas are what tools/list says, by the name of the tool.
type schemas map[string]struct {
	input  *jsonschema.Schema
	output *jsonschema.Schema // nil for none
}

// listedSchemas are those of a reply to tools/list.
func listedSchemas(t *testing.T, result json.RawMessage) schemas {
	t.Helper()
	var list struct {
		Tools []struct {
			Name                      string
			InputSchema, OutputSchema json.RawMessage
		}
	}
	if err := json.Unmarshal(result, &list); err != nil {
		t.Fatal(err)
	}
	all := schemas{}
	for _, tool := range list.Tools {
		s := all[tool.Name]
		s.input = compile(t, string(tool.InputSchema))
		if len(tool.OutputSchema) > 0 {
			s.output = compile(t, string(tool.OutputSchema))
		}
		all[tool.Name] = s
	}
	return all
}

// disagree names the cases in which decoder and schema rightly differ, and why.
var disagree = map[string]string{
	"lenient":        "the decoder forgives slips",
	"profilegemini":  "the schema says in words what Gemini has no keyword for",
	"profileopenai":  "the schema has null for absent arguments, and says in words what OpenAI has no keyword for",
	"strict":         "the decoder forgives slips",
	"optionalparams": "the decoder takes null for an absent argument",
	"jsonmarshaler":  "only the type itself knows what it reads",
	"thirdparty":     "only the type itself knows what it reads",
	"schemafile":     "the function checks what a schema of the user's own says beyond the Go types",
	"mapkeys":        "the schema does not speak of member names: propertyNames breaks some clients",
}

// check holds a call and its reply against the schemas of the tool, and reports
// whether the tool failed.
func (s schemas) check(t *testing.T, name string, params, result []byte) (failed bool) {
	t.Helper()
	call := struct {
		Name      string
		Arguments json.RawMessage
	}{Arguments: json.RawMessage("{}")}
	if err := json.Unmarshal(params, &call); err != nil {
		t.Fatal(err)
	}
	var reply struct {
		IsError           bool
		Content           []struct{ Text string }
		StructuredContent json.RawMessage
	}
	if err := json.Unmarshal(result, &reply); err != nil {
		t.Fatal(err)
	}
	tool, listed := s[call.Name]
	if !listed {
		t.Fatalf("%s is called before it is listed", call.Name)
	}

	refused := reply.IsError && strings.HasPrefix(reply.Content[0].Text, "invalid arguments")
	err := validate(t, tool.input, call.Arguments)
	if _, may := disagree[name]; !may && refused != (err != nil) {
		t.Errorf("the decoder of %s refuses %s: %t; its input schema says: %v", call.Name, call.Arguments, refused, err)
	}

	switch {
	case reply.IsError || tool.output == nil:
	case len(reply.StructuredContent) == 0:
		t.Errorf("%s has an output schema, and this reply no structured content: %s", call.Name, result)
	default:
		if err := validate(t, tool.output, reply.StructuredContent); err != nil {
			t.Errorf("the result of %s does not fit its output schema: %v", call.Name, err)
		}
	}
	return reply.IsError
}

// validate holds a value against a schema.
func validate(t *testing.T, schema *jsonschema.Schema, value []byte) error {
	t.Helper()
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(value))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(instance)
}
