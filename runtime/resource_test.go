package runtime_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/mcpgen/mcpgen/runtime/mcptest"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func TestResource(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, newSales().Register)
	declared, err := json.Marshal(client.Resources())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(declared), `[{"annotations":{"audience":["assistant"],"priority":0.5},`+
		`"description":"The latest sales.","mimeType":"application/json","name":"latest","uri":"sales://latest"}]`; got != want {
		t.Errorf("declared:\n got %s\nwant %s", got, want)
	}
	contents, err := json.Marshal(client.Read("sales://latest").Contents)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(contents), `[{"uri":"sales://latest","mimeType":"application/json",`+
		`"text":"{\"title\":\"sales://latest\",\"count\":0,\"items\":[]}"}]`; got != want {
		t.Errorf("read:\n got %s\nwant %s", got, want)
	}
}

func TestResourceContents(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		files []runtime.File
		want  string
	}{
		{"text", runtime.TextContents("a"), `[{"uri":"x://x","mimeType":"a/b","text":"a"}]`},
		{"empty text", runtime.TextContents(""), `[{"uri":"x://x","mimeType":"a/b","blob":""}]`},
		{"blob", runtime.BlobContents([]byte{1}), `[{"uri":"x://x","mimeType":"a/b","blob":"AQ=="}]`},
		{"empty blob", runtime.BlobContents(nil), `[{"uri":"x://x","mimeType":"a/b","blob":""}]`},
		{"none", nil, `[]`},
		{
			"files",
			runtime.FileContents(runtime.File{URI: "x://1", MIMEType: "c/d", Text: "1"}, runtime.File{Text: "2"}),
			`[{"uri":"x://1","mimeType":"c/d","text":"1"},{"uri":"x://x","mimeType":"a/b","text":"2"}]`,
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			client := mcptest.Start(t, func(s *runtime.Server) {
				r := runtime.Resource{URI: "x://x", Name: "x", Description: "Is a test.", MIMEType: "a/b"}
				runtime.AddResource(s, r, func(context.Context, *runtime.Call) ([]runtime.File, error) { return row.files, nil })
			})
			got, err := json.Marshal(client.Read("x://x").Contents)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != row.want {
				t.Errorf("contents = %s, want %s", got, row.want)
			}
		})
	}
}

func TestJSONContentsHasTheDeclaredType(t *testing.T) {
	t.Parallel()
	for declared, want := range map[string]string{"": "application/json", "application/geo+json": "application/geo+json"} {
		client := mcptest.Start(t, func(s *runtime.Server) {
			r := runtime.Resource{URI: "x://x", Name: "x", Description: "Is a test.", MIMEType: declared}
			runtime.AddResource(s, r, func(context.Context, *runtime.Call) ([]runtime.File, error) {
				return runtime.JSONContents(Report{}, encodeReport)
			})
		})
		if got := client.Read("x://x").Contents[0].MIMEType; got != want {
			t.Errorf("declared as %q, it is %q, want %q", declared, got, want)
		}
	}
}

func TestResourceTemplateErrors(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, newSales().Register)
	for _, row := range []struct {
		uri  string
		code int64
		want string
	}{
		{"sales://year/new?day=1", -32602, "invalid arguments for sales://year/new?day=1:\n" +
			"/day: unknown variable; valid are year, months, note\n/year: expected an integer, got \"new\""},
		{"sales://year/1", jsonrpc.CodeInvalidParams, "Resource not found"},
		{"sales://year/2", -32603, "the year 2 is closed"},
		{"sales://nothing", jsonrpc.CodeInvalidParams, "Resource not found"},
	} {
		_, err := client.Session().ReadResource(t.Context(), &mcp.ReadResourceParams{URI: row.uri})
		var got *jsonrpc.Error
		if !errors.As(err, &got) {
			t.Errorf("%s: error = %v, want one of the protocol", row.uri, err)
			continue
		}
		if got.Code != row.code || got.Message != row.want {
			t.Errorf("%s: error = %d %q, want %d %q", row.uri, got.Code, got.Message, row.code, row.want)
		}
	}
}

func TestResourceTemplateVariables(t *testing.T) {
	t.Parallel()
	const years = "sales://year/{year}{?months*,note}"
	const text = "echo://{text}"
	for _, row := range []struct{ template, uri, want string }{
		{text, "echo://hello%20world", `{"text":"hello world"}`},
		{text, "echo://100%2525", `{"text":"100%25"}`},
		{text, "echo://h%C3%A9", `{"text":"hé"}`},
		{text, "echo://a%2Fb", `{"text":"a/b"}`},
		{text, "echo://a,b", `{"text":"a,b"}`},
		{text, "echo://", `{"text":""}`},
		// What the clients' own expansion of a template leaves as it is.
		{text, "echo://Hello!", `{"text":"Hello!"}`},
		{text, "echo://it's%20(f*g)", `{"text":"it's (f*g)"}`},
		// What people type.
		{text, "echo://Grüße aus Köln", `{"text":"Grüße aus Köln"}`},
		{"echo://now!/{text}", "echo://now!/then", `{"text":"then"}`},
		{text, "echo://%22%5C", `{"text":"\"\\"}`},
		{"f:{/path*}", "f:/a/b%20c", `{"path":["a","b c"]}`},
		{"f:{/path*}", "f:/a", `{"path":["a"]}`},
		{"f://x/{+path}", "f://x/a/b", `{"path":"a/b"}`},
		{"f://{x,y}", "f://1,2", `{"x":"1","y":"2"}`},
		{"f://{y:4}/z", "f://2020/z", `{"y":"2020"}`},
		{"f://x{?q,limit}", "f://x?q=1&limit=2", `{"limit":"2","q":"1"}`},
		{"f://x{?q,limit}", "f://x?limit=2&q=a%26b", `{"limit":"2","q":"a&b"}`},
		{"f://x{?q,limit}", "f://x?limit=2", `{"limit":"2"}`},
		{"f://x{?q,limit}", "f://x", `{}`},
		{"f://x{?q*}", "f://x?q=1", `{"q":["1"]}`},
		{"f://x{?q*}", "f://x?q=1&q=2", `{"q":["1","2"]}`},
		{years, "sales://year/2024?note=a%20b&months=1&months=2", `{"months":["1","2"],"note":"a b","year":"2024"}`},
	} {
		t.Run(row.uri, func(t *testing.T) {
			t.Parallel()
			client := mcptest.Start(t, func(s *runtime.Server) {
				runtime.AddResourceTemplate(s, runtime.ResourceTemplate{URITemplate: row.template, Name: "x", Description: "Is a test."},
					codec.Raw, func(_ context.Context, _ *runtime.Call, in json.RawMessage) ([]runtime.File, error) {
						return runtime.TextContents(string(in)), nil
					})
			})
			if got := client.Read(row.uri).Text(); got != row.want {
				t.Errorf("variables of %s = %s, want %s", row.uri, got, row.want)
			}
		})
	}
}

func TestResourceTemplateIsLenient(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, newSales().Register)
	if got, want := client.Read("sales://year/2024?months=3").Text(), `2024 [3] ""`; got != want {
		t.Errorf("text = %s, want %s", got, want)
	}
	if got := client.ResourceTemplates(); len(got) != 1 || got[0].URITemplate != "sales://year/{year}{?months*,note}" {
		t.Errorf("templates = %v, want the one of sales", got)
	}
}

func TestPrompt(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, newSales().Register)
	if got, want := client.Prompt("review", map[string]string{"year": "2024"}).Text(), "user: Review 2024\nassistant: Gladly."; got != want {
		t.Errorf("messages = %q, want %q", got, want)
	}
	if got := client.Prompts(); len(got) != 1 || got[0].Name != "review" || !got[0].Arguments[0].Required {
		t.Errorf("prompts = %v, want review with a required argument", got)
	}
	for _, row := range []struct {
		arguments map[string]string
		code      int64
		want      string
	}{
		{nil, -32602, "invalid arguments for review:\n/year: missing; it is required"},
		{map[string]string{"year": "new"}, -32602, "invalid arguments for review:\n/year: expected an integer, got \"new\""},
		{map[string]string{"year": "2"}, -32603, "the year 2 is closed"},
	} {
		_, err := client.Session().GetPrompt(t.Context(), &mcp.GetPromptParams{Name: "review", Arguments: row.arguments})
		var got *jsonrpc.Error
		if !errors.As(err, &got) || got.Code != row.code || got.Message != row.want {
			t.Errorf("%v: error = %v, want %d %q", row.arguments, err, row.code, row.want)
		}
	}
}

func TestPromptMessages(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, func(s *runtime.Server) {
		add := func(name string, result *runtime.PromptResult) {
			runtime.AddPrompt(s, runtime.Prompt{Name: name, Description: "Is a test."}, runtime.NoArguments,
				func(context.Context, *runtime.Call, struct{}) (*runtime.PromptResult, error) { return result, nil })
		}
		add("nil", nil)
		add("described", &runtime.PromptResult{Description: "Is described.", Messages: []runtime.Message{{Content: runtime.Link{URI: "a:b", Name: "c"}}}})
	})
	if got := client.Prompt("nil", nil); got.Description != "Is a test." || len(got.Messages) != 0 {
		t.Errorf("nil = %+v, want the declared description and no messages", got)
	}
	if got := client.Prompt("described", nil); got.Description != "Is described." || got.Text() != "user: [link a:b]" {
		t.Errorf("described = %q %q, want its own description and the user's link", got.Description, got.Text())
	}
}

func TestPanicsOfResourcesAndPromptsAreMasked(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, func(s *runtime.Server) {
		runtime.AddResource(s, runtime.Resource{URI: "x://x", Name: "x", Description: "Is a test."},
			func(context.Context, *runtime.Call) ([]runtime.File, error) { panic("secret") })
		runtime.AddPrompt(s, runtime.Prompt{Name: "x", Description: "Is a test."}, runtime.NoArguments,
			func(context.Context, *runtime.Call, struct{}) (*runtime.PromptResult, error) { panic("secret") })
		runtime.AddPrompt(s, runtime.Prompt{Name: "decoder", Description: "Is a test."},
			func(*codec.Decoder) struct{} { panic("secret") },
			func(context.Context, *runtime.Call, struct{}) (*runtime.PromptResult, error) { return nil, nil })
	})
	for what, got := range map[string]string{
		"resource": client.ReadError("x://x"),
		"prompt":   client.PromptError("x", nil),
		"decoder":  client.PromptError("decoder", nil),
	} {
		if !strings.Contains(got, "internal error") || strings.Contains(got, "secret") {
			t.Errorf("%s: error = %q, want just an internal error", what, got)
		}
	}
}

func TestInvalidTemplateIsAStartError(t *testing.T) {
	t.Parallel()
	s := runtime.NewServer(runtime.Info{})
	runtime.AddResourceTemplate(s, runtime.ResourceTemplate{URITemplate: "x://{"}, runtime.NoArguments,
		func(context.Context, *runtime.Call, struct{}) ([]runtime.File, error) { return nil, nil })
	err := s.Start(t.Context())
	if err == nil || !strings.Contains(err.Error(), "resource template x://{, registered by github.com/mcpgen/mcpgen/runtime_test.TestInvalidTemplateIsAStartError") {
		t.Errorf("error = %v, want it to name the template and who registered it", err)
	}
}
