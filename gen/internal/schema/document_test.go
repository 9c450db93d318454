package schema

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// The whole text of one schema, as it stands in the generated file.
func TestInputSchemaText(t *testing.T) {
	t.Parallel()
	w := newWorld(object("In",
		field("query", "string", "minLength=1,description=What to look for\\, in <plain> words & \"quotes\" `ticks`.\nÜber alles\u2028.\ufeff"),
		field("db", "io.Reader", "", "inject"),
		field("limit", "int", "minimum=1,maximum=100,default=10", "omitempty"),
	))
	tool := w.tool("sales.In", "")
	w.run(t)
	want := `{
  "properties": {
    "query": {
      "type": "string",
      "minLength": 1,
      "description": "What to look for, in <plain> words & \"quotes\" ` + "`ticks`" + `.\nÜber alles\u2028.\ufeff"
    },
    "limit": {
      "type": "integer",
      "maximum": 100,
      "minimum": 1,
      "default": 10
    }
  },
  "additionalProperties": false,
  "type": "object",
  "required": [
    "query"
  ]
}`
	if tool.InputSchema != want {
		t.Errorf("got %s\nwant %s", tool.InputSchema, want)
	}
}

// Text that looks like an escape is text.
func TestEscapes(t *testing.T) {
	t.Parallel()
	const text = `\u003c \\ "<b>" & \ .`
	w := newWorld(object("In", field("v", "string", "description="+text+",default="+text+",extras:x-<>="+text)))
	tool := w.tool("sales.In", "")
	w.run(t)
	var v struct {
		Description, Default string
		Extra                string `json:"x-<>"`
	}
	if err := json.Unmarshal([]byte(property(t, tool.InputSchema, "v")), &v); err != nil {
		t.Fatal(err)
	}
	if v.Description != text || v.Default != text || v.Extra != text {
		t.Errorf("got %q, %q and %q, want each %q", v.Description, v.Default, v.Extra, text)
	}
	if !strings.Contains(tool.InputSchema, "<b>") {
		t.Errorf("HTML is escaped in %s", tool.InputSchema)
	}
}

func TestNoArguments(t *testing.T) {
	t.Parallel()
	w := newWorld()
	tool := w.tool("", "")
	w.run(t)
	same(t, "schema", tool.InputSchema, `{"properties":{},"additionalProperties":false,"type":"object"}`)
}

func TestWithoutPlan(t *testing.T) {
	t.Parallel()
	w := newWorld(object("Out", field("n", "int", "")))
	tool := w.tool("", "sales.Out")
	tool.Plan = nil
	if got := w.problems(); got != nil {
		t.Errorf("got %q, want nothing", got)
	}
	if tool.InputSchema != "" || tool.OutputSchema == "" {
		t.Errorf("got input %q and output %q, want only an output", tool.InputSchema, tool.OutputSchema)
	}
}

func TestPlainParameters(t *testing.T) {
	t.Parallel()
	w := newWorld(color)
	tool := w.tool("", "")
	tool.Plan.Input.Params = []*model.Param{
		{Name: "ids", Type: w.use("[]int"), Keywords: keywordsAt("description=Which ones.,minItems=1", 1)},
		{Name: "paint", Type: color.ID},
		{Name: "note", Type: w.use("*string")},
		{Name: "page", Type: "int", Keywords: keywordsAt("default=1", 1)},
		{Name: "size", Type: w.use("*int"), Keywords: keywordsAt("required", 1)},
	}
	w.run(t)
	same(t, "schema", tool.InputSchema, `{"properties":{
		"ids":{"items":{"type":"integer"},"type":"array","minItems":1,"description":"Which ones."},
		"paint":{"type":"string","enum":["red","green","blue"],"description":"red: Warm.\nblue: Cold and clear."},
		"note":{"type":"string"},
		"page":{"type":"integer","default":1},
		"size":{"type":"integer"}
	},"additionalProperties":false,"type":"object","required":["ids","paint","size"]}`)
	if r := tool.Plan.Input.Params[1].Rules; r == nil || r.Enum != nil || !r.Required {
		t.Errorf("rules of paint: got %+v, want required and no enum of their own", r)
	}
}

func TestRequiredMembers(t *testing.T) {
	t.Parallel()
	promoted := field("viaPointer", "string", "")
	promoted.Path = []model.Embedded{{GoName: "Base", Type: "*" + item.ID, Pointer: true}}
	direct := field("viaValue", "string", "")
	direct.Path = []model.Embedded{{GoName: "Other", Type: item.ID}}
	w := newWorld(item, object("In",
		field("plain", "string", ""),
		field("empty", "string", "", "omitempty"),
		field("zero", "time.Time", "", "omitzero"),
		field("pointer", "*int", ""),
		field("default", "int", "default=3"),
		field("forced", "int", "required", "omitempty"),
		field("slice", "[]string", ""),
		promoted, direct,
	))
	w.use("*" + item.ID)
	tool := w.tool("sales.In", "sales.In")
	w.run(t)
	in, out := required(tool.InputSchema), required(tool.OutputSchema)
	if want := "plain forced slice viaValue"; in != want {
		t.Errorf("input requires %q, want %q", in, want)
	}
	if want := "plain pointer default slice viaValue"; out != want {
		t.Errorf("output has always %q, want %q", out, want)
	}
}

// required lists the last "required" of a schema, which is that of the root.
func required(schema string) string {
	_, list, _ := strings.Cut(schema[strings.LastIndex(schema, `"required"`):], "[")
	list, _, _ = strings.Cut(list, "]")
	return strings.Join(strings.Fields(strings.NewReplacer(`"`, "", ",", "").Replace(list)), " ")
}

func TestOutputSchemas(t *testing.T) {
	t.Parallel()
	report := object("Report",
		field("title", "string", "maxLength=80"),
		field("parent", "*string", "description=Where it belongs."),
		field("next", "*string", "", "omitempty"),
		field("items", "[]*sales.Item", ""),
		field("any", "*any", ""),
		field("twice", "**int", ""),
		field("quoted", "int", "", "string"),
		field("maybe", "*uint", "", "string"),
	)
	const reportSchema = `{"properties":{
		"title":{"type":"string","maxLength":80},
		"parent":{"anyOf":[{"type":"string"},{"type":"null"}],"description":"Where it belongs."},
		"next":{"type":"string"},
		"items":{"items":{"anyOf":[
			{"properties":{"sku":{"type":"string"},"count":{"type":"integer"}},"type":"object","required":["sku"]},
			{"type":"null"}],"description":"One line of an order."},"type":"array"},
		"any":{},
		"twice":{"anyOf":[{"type":"integer"},{"type":"null"}]},
		"quoted":{"type":"string","pattern":"^-?(0|[1-9][0-9]*)$"},
		"maybe":{"anyOf":[{"type":"string","pattern":"^(0|[1-9][0-9]*)$"},{"type":"null"}]}
	},"type":"object","required":["title","parent","items","any","twice","quoted","maybe"]}`
	tests := []struct{ result, want string }{
		{"", ""},
		{"string", ""},
		{"sales.ID", ""},
		{"runtime.Image", ""},
		{"[]runtime.Content", ""},
		{"*runtime.Result", ""},
		{"sales.Report", reportSchema},
		{"*sales.Report", reportSchema},
		{"map[string]*int", `{"additionalProperties":{"anyOf":[{"type":"integer"},{"type":"null"}]},"type":"object"}`},
		{"int", `{"properties":{"result":{"type":"integer"}},"type":"object","required":["result"]}`},
		{"*int", `{"properties":{"result":{"anyOf":[{"type":"integer"},{"type":"null"}]}},"type":"object","required":["result"]}`},
		{"[]string", `{"properties":{"result":{"items":{"type":"string"},"type":"array"}},"type":"object","required":["result"]}`},
		{"sales.Color", `{"properties":{"result":{"type":"string","enum":["red","green","blue"],"description":"red: Warm.\nblue: Cold and clear."}},"type":"object","required":["result"]}`},
		{"time.Time", `{"properties":{"result":{"type":"string","format":"date-time"}},"type":"object","required":["result"]}`},
		{"json.RawMessage", `{"properties":{"result":{}},"type":"object","required":["result"]}`},
	}
	for _, tt := range tests {
		t.Run(tt.result, func(t *testing.T) {
			t.Parallel()
			w := newWorld(report, item, color, named("ID", model.String))
			tool := w.tool("", tt.result)
			w.run(t)
			if tt.want == "" {
				if tool.OutputSchema != "" {
					t.Errorf("got %s, want none", tool.OutputSchema)
				}
				return
			}
			same(t, "schema", tool.OutputSchema, tt.want)
		})
	}
}

func TestPromptArguments(t *testing.T) {
	t.Parallel()
	code := field("code", "string", "title=Code")
	code.Doc = "What to review."
	w := newWorld(color, object("In", code, field("paint", "sales.Color", "", "omitempty")))
	whole := &model.Prompt{PromptName: "review", Plan: &model.Plan{Input: model.Input{Struct: full("sales.In")}}}
	whole.Result = "string"
	plain := &model.Prompt{PromptName: "greet", Plan: &model.Plan{Input: model.Input{Params: []*model.Param{
		{Name: "who", Type: "string", Keywords: keywordsAt("description=Whom to greet.", 1)},
	}}}}
	plain.Result = w.use(full("[]runtime.Message"))
	w.Prompts = []*model.Prompt{whole, plain}
	w.run(t)
	for i, want := range [][]model.PromptArgument{
		{
			{Name: "code", Title: "Code", Description: "What to review.", Required: true},
			{Name: "paint", Description: "red: Warm.\nblue: Cold and clear.", Values: []string{"red", "green", "blue"}},
		},
		{{Name: "who", Description: "Whom to greet.", Required: true}},
	} {
		if got := w.Prompts[i].Arguments; !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
	}
}
