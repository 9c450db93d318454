package runtime_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/mcptest"
)

// report is a tool that returns any result, with that output schema.
func report(schema string, result *runtime.Result, err error) func(*runtime.Server) {
	return func(s *runtime.Server) {
		runtime.AddTool(s, runtime.Tool{Name: "report", InputSchema: `{"type": "object"}`, OutputSchema: schema}, runtime.NoArguments,
			func(context.Context, *runtime.Call, struct{}) (*runtime.Result, error) { return result, err })
	}
}

// logged are the lines that a call of report logs at level error.
func logged(t *testing.T, register func(*runtime.Server), options ...runtime.Option) (lines []string) {
	t.Helper()
	var log lockedBuffer
	handler := slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelError})
	client := mcptest.Start(t, register, append(options, runtime.WithLogger(slog.New(handler)))...)
	client.Call("report", nil)
	for line := range strings.Lines(log.String()) {
		var entry struct{ Tool, Pointer, Reason string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, entry.Tool+" "+entry.Pointer+": "+entry.Reason)
	}
	return lines
}

func TestCheckResults(t *testing.T) {
	t.Parallel()
	const schema = `{
		"type": "object",
		"properties": {
			"a/b": {"type": "integer", "minimum": 1},
			"list": {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "number"}}, "required": ["n"]}},
			"next": {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]}
		},
		"required": ["a/b"],
		"$defs": {"Node": {
			"type": "object",
			"properties": {"name": {"type": "string", "maxLength": 3}, "next": {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]}},
			"additionalProperties": false
		}}
	}`
	for _, row := range []struct {
		name, structured string
		want             []string
	}{
		{"fits", `{"a/b": 1, "list": [{"n": 1}], "next": {"name": "a", "next": null}, "more": 1}`, nil},
		{"missing", `{}`, []string{`report : required: missing properties: ["a/b"]`}},
		{"no object", `[]`, []string{`report : type: [] has type "array", want "object"`}},
		{"member", `{"a/b": 0}`, []string{`report /a~1b: minimum: 0/1 is less than 1.000000`}},
		{
			"several", `{"a/b": "1", "list": [{"n": 1}, {}, {"n": true}]}`,
			[]string{
				`report /a~1b: type: 1 has type "string", want "integer"`,
				`report /list/1: required: missing properties: ["n"]`,
				`report /list/2/n: type: true has type "boolean", want "number"`,
			},
		},
		{
			"recursion", `{"a/b": 1, "next": {"next": {"name": "long"}}}`,
			[]string{`report /next/next/name: maxLength: "long" contains 4 Unicode code points, more than 3`},
		},
		{
			"unexpected", `{"a/b": 1, "next": {"other": 1}}`,
			[]string{`report /next: unexpected additional properties ["other"]`},
		},
		{"nothing", ``, []string{`report : there is no structured content`}},
		{
			"long", `{"a/b": "` + strings.Repeat("x", 300) + `"}`,
			[]string{`report /a~1b: type: ` + strings.Repeat("x", 194) + `… (340 bytes)`},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			result := &runtime.Result{}
			if row.structured != "" {
				result.Structured = json.RawMessage(row.structured)
			}
			got := logged(t, report(schema, result, nil), runtime.CheckResults())
			if got, want := strings.Join(got, "\n"), strings.Join(row.want, "\n"); got != want {
				t.Errorf("logged\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestCheckResultsKeepsResults(t *testing.T) {
	t.Parallel()
	const wrong = `{"n":"one"}`
	client := mcptest.Start(t, report(`{"type": "object", "properties": {"n": {"type": "integer"}}}`,
		&runtime.Result{Structured: json.RawMessage(wrong)}, nil),
		runtime.CheckResults(), runtime.WithLogger(slog.New(slog.DiscardHandler)))
	if got := string(client.Call("report", nil).Structured()); got != wrong {
		t.Errorf("got %s, want %s", got, wrong)
	}
}

func TestCheckResultsOfWrongSchema(t *testing.T) {
	t.Parallel()
	result := &runtime.Result{Structured: json.RawMessage(`{}`)}
	got := logged(t, report(`{"type": "object", "$ref": "#/$defs/None"}`, result, nil), runtime.CheckResults())
	if len(got) != 1 || !strings.HasPrefix(got[0], "report : the output schema is wrong: ") {
		t.Errorf("logged %q", got)
	}
}

func TestCheckResultsIsOffByDefault(t *testing.T) {
	t.Parallel()
	result := &runtime.Result{Structured: json.RawMessage(`{"n": 1}`)}
	if got := logged(t, report(`{"type": "object", "required": ["m"]}`, result, nil)); got != nil {
		t.Errorf("logged %q", got)
	}
}

// A tool error has no structured content to check, and a tool without an output
// schema promises nothing.
func TestCheckResultsSkips(t *testing.T) {
	t.Parallel()
	const schema = `{"type": "object", "required": ["m"]}`
	for name, register := range map[string]func(*runtime.Server){
		"error":     report(schema, nil, errors.New("no")),
		"isError":   report(schema, &runtime.Result{IsError: true}, nil),
		"no schema": report("", &runtime.Result{Structured: json.RawMessage(`{}`)}, nil),
	} {
		if got := logged(t, register, runtime.CheckResults()); got != nil {
			t.Errorf("%s: logged %q", name, got)
		}
	}
}
