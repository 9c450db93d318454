package runtime_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/mcpgen/mcpgen/runtime/mcptest"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func newSales() *sales {
	return &sales{db: DB{rows: []string{"red shoes", "blue shoes", "hat"}}}
}

func TestToolResult(t *testing.T) {
	t.Parallel()
	p := newSales()
	client := mcptest.Start(t, p.Register)
	result := client.Call("analyze", map[string]any{"query": "shoes", "limit": "1"})

	const want = `{"title":"About shoes","count":9007199254740994,"items":["red shoes"]}`
	if got := result.Text(); got != want {
		t.Errorf("text = %s, want %s", got, want)
	}
	if got := string(result.Structured()); got != want {
		t.Errorf("structured = %s, want %s", got, want)
	}
	if got, want := p.db.events(), []string{"open", "begin", "commit"}; !slices.Equal(got, want) {
		t.Errorf("events = %q, want %q", got, want)
	}
}

func TestToolErrors(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name      string
		arguments any
		p         *sales
		want      string
		events    []string // after "open"
	}{
		{
			name: "missing argument", arguments: nil, p: newSales(),
			want: "invalid arguments for analyze:\n/query: missing; it is required",
		},
		{
			name: "all problems", arguments: map[string]any{"query": "", "limit": 250, "db": 1}, p: newSales(),
			want: "invalid arguments for analyze:\n" +
				"/db: unknown argument; valid are query, limit\n" +
				"/limit: must be at most 100, got 250\n" +
				"/query: must have at least 1 character, got 0",
		},
		{
			name: "function", arguments: AnalyzeArguments{"gloves"}, p: newSales(),
			want:   `nothing found for "gloves"`,
			events: []string{"begin", `rollback: nothing found for "gloves"`},
		},
		{
			name: "panic", arguments: AnalyzeArguments{"panic"}, p: newSales(),
			want:   "internal error",
			events: []string{"begin", "rollback: panic (the log has the stack)"},
		},
		{
			name: "timeout", arguments: AnalyzeArguments{"wait"}, p: newSales(),
			want:   "timed out after 0.05s",
			events: []string{"begin", "rollback: timed out after 0.05s"},
		},
		{
			name: "provider", arguments: AnalyzeArguments{"shoes"}, p: &sales{beginErr: errors.New("postgres://u:secret@db.example/sales: refused")},
			want: "internal error",
		},
		{
			name: "provider with public error", arguments: AnalyzeArguments{"shoes"}, p: &sales{beginErr: runtime.Errorf("closed until %d", 9)},
			want: "closed until 9",
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			client := mcptest.Start(t, row.p.Register)
			result := client.Call("analyze", row.arguments)
			if got := result.Text(); got != row.want {
				t.Errorf("text = %q, want %q", got, row.want)
			}
			if !result.IsError {
				t.Error("IsError = false, want true")
			}
			if got, want := row.p.db.events(), append([]string{"open"}, row.events...); !slices.Equal(got, want) {
				t.Errorf("events = %q, want %q", got, want)
			}
		})
	}
}

// AnalyzeArguments is [AnalyzeInput] as a client has it.
type AnalyzeArguments struct {
	Query string `json:"query"`
}

func TestProviderFailureNamesNothingAtDefaultLevel(t *testing.T) {
	t.Parallel()
	p := &sales{beginErr: errors.New("postgres://u:secret@db.example/sales: refused")}
	var info, debug lockedBuffer
	for _, row := range []struct {
		level slog.Level
		log   *lockedBuffer
	}{{slog.LevelInfo, &info}, {slog.LevelDebug, &debug}} {
		handler := slog.NewTextHandler(row.log, &slog.HandlerOptions{Level: row.level})
		client := mcptest.Start(t, p.Register, runtime.WithLogger(slog.New(handler)))
		client.CallError("analyze", AnalyzeArguments{"shoes"})
	}
	for _, secret := range []string{"secret", "postgres", "Tx", "example.com/sales"} {
		if strings.Contains(info.String(), secret) {
			t.Errorf("the log at level info has %q:\n%s", secret, info.String())
		}
	}
	if got := info.String(); !strings.Contains(got, "a provider failed") || !strings.Contains(got, "tool=analyze") {
		t.Errorf("the log at level info does not say that a provider of the tool failed:\n%s", got)
	}
	if got := debug.String(); !strings.Contains(got, "example.com/sales.BeginTx: postgres://") {
		t.Errorf("the log at level debug does not have the provider and its error:\n%s", got)
	}
}

func TestPanicIsLoggedWithItsStack(t *testing.T) {
	t.Parallel()
	var log lockedBuffer
	client := mcptest.Start(t, newSales().Register, runtime.WithLogger(slog.New(slog.NewTextHandler(&log, nil))))
	client.CallError("analyze", AnalyzeArguments{"panic"})
	for _, want := range []string{`panic="secret password"`, "runtime_test.Analyze", "tool=analyze"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log has no %q:\n%s", want, log.String())
		}
	}
	client.Call("analyze", AnalyzeArguments{"shoes"}) // the server lives
}

func TestProtocolError(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, newSales().Register)
	_, err := client.Session().CallTool(t.Context(), &mcp.CallToolParams{Name: "analyze", Arguments: AnalyzeArguments{"protocol"}})
	var got *jsonrpc.Error
	if !errors.As(err, &got) {
		t.Fatalf("error = %v, want a protocol error", err)
	}
	if got.Code != -32055 || got.Message != "custom" || string(got.Data) != `{"why":1}` {
		t.Errorf("error = %d %q %s, want -32055 \"custom\" {\"why\":1}", got.Code, got.Message, got.Data)
	}
}

func TestToolDeclaration(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, func(s *runtime.Server) {
		runtime.AddTool(s, runtime.Tool{
			Name: "full", Title: "Full", Description: "Has everything.",
			InputSchema: `{"type":"object"}`, OutputSchema: `{"type":"object"}`,
			ReadOnly: runtime.False, Destructive: runtime.True, Idempotent: runtime.True, OpenWorld: runtime.False,
			Icon: "data:image/png;base64,AAAA",
		}, runtime.NoArguments, nothing)
		runtime.AddTool(s, runtime.Tool{Name: "small", Description: "Has little.", InputSchema: `{"type":"object"}`}, runtime.NoArguments, nothing)
	})
	for name, want := range map[string]string{
		"full": `{"annotations":{"destructiveHint":true,"idempotentHint":true,"openWorldHint":false,"readOnlyHint":false},` +
			`"description":"Has everything.","inputSchema":{"type":"object"},"name":"full","outputSchema":{"type":"object"},"title":"Full",` +
			`"icons":[{"src":"data:image/png;base64,AAAA","mimeType":"image/png"}]}`,
		"small": `{"description":"Has little.","inputSchema":{"type":"object"},"name":"small"}`,
	} {
		got, err := json.Marshal(client.Tool(name))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("tool %s:\n got %s\nwant %s", name, got, want)
		}
	}
}

// nothing is a tool that does nothing.
func nothing(context.Context, *runtime.Call, struct{}) (*runtime.Result, error) {
	return runtime.EmptyResult(), nil
}

func TestNoArgumentsRefusesArguments(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, func(s *runtime.Server) { addTool(s, "none", nothing) })
	client.Call("none", nil)
	client.Call("none", map[string]any{})
	if got := client.CallError("none", map[string]any{"x": 1}); !strings.Contains(got, "/x: unknown argument") {
		t.Errorf("error = %q, want it to refuse /x", got)
	}
}

// addTool adds a tool without arguments.
func addTool(s *runtime.Server, name string, call func(context.Context, *runtime.Call, struct{}) (*runtime.Result, error)) {
	runtime.AddTool(s, runtime.Tool{Name: name, Description: "Is a test.", InputSchema: `{"type":"object"}`}, runtime.NoArguments, call)
}

func TestResults(t *testing.T) {
	t.Parallel()
	number := func(v int64) (*runtime.Result, error) {
		return runtime.WrappedResult(v, (*codec.Encoder).Int)
	}
	for _, row := range []struct {
		name   string
		result func() (*runtime.Result, error)
		want   string // content, structuredContent and isError of the answer
	}{
		{"nil", func() (*runtime.Result, error) { return nil, nil }, `[] null false`},
		{"empty", func() (*runtime.Result, error) { return runtime.EmptyResult(), nil }, `[] null false`},
		{"text", func() (*runtime.Result, error) { return runtime.TextResult(""), nil }, `[{"type":"text","text":""}] null false`},
		{"wrapped", func() (*runtime.Result, error) { return number(5) }, `[{"type":"text","text":"{\"result\":5}"}] {"result":5} false`},
		{
			"nil pointer",
			func() (*runtime.Result, error) {
				return runtime.StructuredResult[*Report](nil, func(e *codec.Encoder, r *Report) { codec.EncodePointer(e, r, encodeReport) })
			},
			`[{"type":"text","text":"no result"}] null true`,
		},
		{
			"not encodable",
			func() (*runtime.Result, error) {
				return runtime.WrappedResult(func() {}, func(e *codec.Encoder, v func()) { e.Any(v) })
			},
			`json: unsupported type: func()`,
		},
		{
			"blocks",
			func() (*runtime.Result, error) {
				return runtime.ContentResult(
					runtime.Text("a"),
					runtime.Image{Data: []byte{1}, MIMEType: "image/png"},
					runtime.Audio{Data: []byte{2}, MIMEType: "audio/wav"},
					runtime.File{URI: "f://1", Text: "x"},
					runtime.File{URI: "f://2", Data: []byte{3}, MIMEType: "a/b"},
					runtime.File{URI: "f://3"},
					runtime.Link{URI: "f://4", Name: "four", Size: 4},
				), nil
			},
			`[{"type":"text","text":"a"},` +
				`{"type":"image","mimeType":"image/png","data":"AQ=="},` +
				`{"type":"audio","mimeType":"audio/wav","data":"Ag=="},` +
				`{"type":"resource","resource":{"uri":"f://1","text":"x"}},` +
				`{"type":"resource","resource":{"uri":"f://2","mimeType":"a/b","blob":"Aw=="}},` +
				`{"type":"resource","resource":{"uri":"f://3","blob":""}},` +
				`{"type":"resource_link","uri":"f://4","name":"four","size":4}] null false`,
		},
		{
			"error with content",
			func() (*runtime.Result, error) {
				return &runtime.Result{Content: []runtime.Content{runtime.Text("sorry")}, IsError: true}, nil
			},
			`[{"type":"text","text":"sorry"}] null true`,
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			client := mcptest.Start(t, func(s *runtime.Server) {
				addTool(s, "tool", func(context.Context, *runtime.Call, struct{}) (*runtime.Result, error) { return row.result() })
			})
			result := client.Call("tool", nil)
			content, err := json.Marshal(result.Content)
			if err != nil {
				t.Fatal(err)
			}
			structured := "null"
			if s := result.Structured(); s != nil {
				structured = string(s)
			}
			got := string(content) + " " + structured + map[bool]string{true: " true", false: " false"}[result.IsError]
			if got != row.want && !(strings.HasPrefix(row.want, "json:") && strings.Contains(got, row.want)) {
				t.Errorf("\n got %s\nwant %s", got, row.want)
			}
		})
	}
}
