package runtime

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
)

// TestBrokenResult has results that are written by hand and are no JSON: the call is
// answered, the client learns nothing, and the operator what is wrong.
func TestBrokenResult(t *testing.T) {
	t.Parallel()
	const failed = `"text":"internal error"}],"isError":true`
	for _, row := range []struct {
		name      string
		result    *Result
		err       error
		want, log string
	}{
		{"no JSON", &Result{Structured: json.RawMessage(`{"a":`)}, nil, failed, "the structured content is not JSON"},
		{"nothing", &Result{Structured: json.RawMessage{}}, nil, failed, "the structured content is not JSON"},
		{"no UTF-8", &Result{Structured: json.RawMessage("{\"a\":\"\xff\"}")}, nil, failed, "the structured content is not JSON"},
		{"no JSON, of an error", &Result{Structured: json.RawMessage(`{`), IsError: true}, nil, failed, "the structured content is not JSON"},
		{"a function in _meta", &Result{Meta: map[string]any{"a": func() {}}}, nil, failed, "_meta: json: unsupported type"},
		{"no JSON in an error", nil, &ProtocolError{Code: -32602, Message: "no", Data: json.RawMessage(`{`)}, `"error":{"code":-32602,"message":"no"}`, ""},
		{"as it should be", &Result{Structured: json.RawMessage(`{"a":1}`)}, nil, `"structuredContent":{"a":1}`, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			for _, version := range []string{legacyVersion, modernVersion} {
				var log strings.Builder
				s := NewServer(Info{Name: "broken"}, WithLogger(slog.New(slog.NewTextHandler(&log, nil))))
				AddTool(s, Tool{Name: "work", Description: "Works.", InputSchema: `{"type":"object"}`}, NoArguments,
					func(context.Context, *Call, struct{}) (*Result, error) { return row.result, row.err })

				input := initialize + callWork
				if version == modernVersion {
					input = strings.Replace(callWork, `"name"`, `"_meta":{"io.modelcontextprotocol/protocolVersion":"`+version+`","io.modelcontextprotocol/clientCapabilities":{}},"name"`, 1)
				}
				if out := serveText(t, s, input); !strings.Contains(out, `"id":2,`) || !strings.Contains(out, row.want) {
					t.Errorf("%s: the answer is %s, want %s", version, out, row.want)
				}
				if !strings.Contains(log.String(), row.log) || row.log != "" && !strings.Contains(log.String(), "level=ERROR") {
					t.Errorf("%s: the log is %q, want %q", version, log.String(), row.log)
				}
			}
		})
	}
}
