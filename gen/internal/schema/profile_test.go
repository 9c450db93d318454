package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/invopop/jsonschema"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// under is w with a profile.
func (w world) under(profile string) world {
	w.Server = &model.Server{Profile: profile}
	return w
}

// TestRewording has one member a row: what each profile makes of it, where the
// golden cases do not show it.
func TestRewording(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ member, profile, want string }{
		{"pattern", "gemini", `{"type":"string","pattern":"^a"}`},
		{"pattern", "openai", `{"type":"string","pattern":"^a"}`},
		{"length", "gemini", `{"type":"string","maxLength":3,"minLength":2}`},
		{"length", "openai", `{"type":"string","description":"Length at least 2; length at most 3."}`},
		{"format", "gemini", `{"type":"string","description":"Format email."}`},
		{"format", "openai", `{"type":"string","format":"email"}`},
		{"open", "gemini", `{"type":"number","description":"A number.\nAbove 1; below 2; a multiple of 0.5."}`},
		{"open", "openai", `{"type":"number","multipleOf":0.5,"exclusiveMaximum":2,"exclusiveMinimum":1,"description":"A number."}`},
		{"only", "gemini", `{"type":"string","enum":["x"]}`},
		{"only", "openai", `{"type":"string","enum":["x"]}`},
		{"one", "gemini", `{"type":"integer","description":"One of 1, 2."}`},
		{"one", "openai", `{"type":"integer","enum":[1,2]}`},
		{"list", "gemini", `{"items":{"type":"string","minLength":1},"type":"array","description":"No element twice."}`},
		{"list", "openai", `{"items":{"type":"string","description":"Length at least 1."},"type":"array","description":"No element twice."}`},
		{"map", "gemini", `{"type":"string","description":"The text of a JSON object with the schema {\"additionalProperties\":{\"items\":{\"type\":\"string\"},\"type\":\"array\"},\"type\":\"object\"}."}`},
		{"extra", "gemini", `{"type":"boolean"}`},
		{"extra", "openai", `{"type":"boolean"}`},
		{"marked", "gemini", `{"type":"string","description":"Read only; deprecated; for example \"a\"."}`},
		{"defaulted", "gemini", `{"type":"string","default":"a"}`},
		{"defaulted", "openai", `{"anyOf":[{"type":"string"},{"type":"null"}],"description":"By default \"a\"."}`},
	} {
		w := newWorld(object("In",
			field("pattern", "string", "pattern=^a"),
			field("length", "string", "minLength=2,maxLength=3"),
			field("format", "string", "format=email"),
			field("open", "float64", "exclusiveMinimum=1,exclusiveMaximum=2,multipleOf=0.5,description=A number."),
			field("only", "string", "const=x"),
			field("one", "int", "enum=1,enum=2"),
			field("list", "[]string", "uniqueItems,minLength=1"),
			field("map", "map[string][]string", ""),
			field("extra", "bool", "extras:x-a=b"),
			field("marked", "string", "readOnly,deprecated,example=a"),
			field("defaulted", "string", "default=a"),
		)).under(row.profile)
		tool := w.tool("sales.In", "")
		w.run(t)
		same(t, row.profile+" "+row.member, property(t, tool.InputSchema, row.member), row.want)
	}
}

// A profile says nothing of results, and another name of a profile is the standard.
func TestProfileLeavesAlone(t *testing.T) {
	t.Parallel()
	schemas := func(profile string) (in, out string) {
		w := newWorld(object("T", field("m", "map[string]int", "", "omitempty"), field("n", "int", "exclusiveMinimum=1"))).under(profile)
		tool := w.tool("sales.T", "sales.T")
		w.run(t)
		return tool.InputSchema, tool.OutputSchema
	}
	in, out := schemas("")
	for _, profile := range []string{"standard", "gemini", "openai"} {
		gotIn, gotOut := schemas(profile)
		same(t, profile+" result", gotOut, out)
		if equal := gotIn == in; equal != (profile == "standard") {
			t.Errorf("the arguments are as without a profile under %s: %t", profile, equal)
		}
	}
}

// What OpenAI's strict mode limits, with the limit and one more.
func TestOpenAILimits(t *testing.T) {
	t.Parallel()
	many := func(n int, typ, tag string) *model.Type {
		in := object("In")
		for i := range n {
			in.Fields = append(in.Fields, field(fmt.Sprint("f", i), typ, tag))
		}
		return in
	}
	nested := func(n int, leaf string) []*model.Type {
		types := []*model.Type{object(fmt.Sprint("L", n), field("leaf", leaf, ""))}
		for i := n - 1; i > 0; i-- {
			types = append(types, object(fmt.Sprint("L", i), field("in", fmt.Sprint("[]sales.L", i+1), "")))
		}
		types[len(types)-1].ID, types[len(types)-1].Name = home+".In", "In"
		return types
	}
	values := func(n, length int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "enum=%0*d,", length, i)
		}
		return b.String()
	}
	for _, row := range []struct {
		what  string
		types []*model.Type
		want  string
	}{
		{"members", []*model.Type{many(5000, "bool", "")}, ""},
		{"members", []*model.Type{many(5001, "bool", "")}, "5001 members, more than 5000"},
		// The root is level 0, and each list below it takes one as well as its elements.
		{"levels", nested(5, "[]bool"), ""},
		{"levels", nested(6, "bool"), "11 levels of nesting, more than 10"},
		{"values", []*model.Type{many(1, "string", values(1000, 4))}, ""},
		{"values", []*model.Type{many(1, "string", values(1001, 4))}, "1001 enum values, more than 1000"},
		{"one enum", []*model.Type{many(1, "string", values(250, 100))}, ""},
		{"one enum", []*model.Type{many(1, "string", values(251, 100))}, "characters in one enum, more than 15000"},
		{"names", []*model.Type{object("In", field(strings.Repeat("n", 120_001), "bool", ""))}, "120001 characters in names and enum values, more than 120000"},
	} {
		w := newWorld(row.types...).under("openai")
		w.tool("sales.In", "")
		found := w.problems()
		if row.want == "" && len(found) > 0 || row.want != "" && !slices.ContainsFunc(found, func(p string) bool { return strings.Contains(p, row.want) }) {
			t.Errorf("%s: got %q, want %q", row.what, found, row.want)
		}
	}
}

// A const counts as an enum of one does, but for the number of values.
func TestOpenAICountsConst(t *testing.T) {
	t.Parallel()
	s := &jsonschema.Schema{Type: "string", Const: strings.Repeat("é", 120_000)}
	if got := excesses(s); len(got) > 0 {
		t.Errorf("excesses of 120,000 characters: %q", got)
	}
	s.Const = s.Const.(string) + "e"
	if got := excesses(s); len(got) != 1 {
		t.Errorf("excesses of 120,001 characters: %q, want one", got)
	}
}

// Only OpenAI has models send null for what is absent.
func TestNullIsAbsent(t *testing.T) {
	t.Parallel()
	for profile, want := range map[string]bool{"": false, "gemini": false, "openai": true} {
		w := newWorld(object("In")).under(profile)
		tool := w.tool("sales.In", "")
		w.run(t)
		if tool.NullIsAbsent != want {
			t.Errorf("profile %q: got %t, want %t", profile, tool.NullIsAbsent, want)
		}
	}
}

// Gemini takes no keyword beside anyOf, so each alternative says all.
func TestGeminiAnyOfAlone(t *testing.T) {
	t.Parallel()
	s := &jsonschema.Schema{
		Title: "Size", Description: "How large.", Default: "small",
		OneOf: []*jsonschema.Schema{{Type: "string"}, {Type: "integer", Description: "In metres."}, {Type: "null"}},
	}
	gemini.rewrite(s)
	same(t, "the rewritten schema", spell(s), `{"anyOf":[`+
		`{"type":"string","title":"Size","description":"How large.\nBy default \"small\".","nullable":true},`+
		`{"type":"integer","title":"Size","description":"How large.\nBy default \"small\".\nIn metres.","nullable":true}]}`)
}
