package main

import (
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/examples/echo/client"
)

func TestClients(t *testing.T) {
	t.Parallel()
	client.Need(t)
	binary := client.Build(t, ".")

	t.Run("stdio", func(t *testing.T) {
		t.Parallel()
		client.Check(t, client.Stdio(binary), "testdata/clients.json")
	})
	t.Run("http", func(t *testing.T) {
		t.Parallel()
		client.Check(t, client.Start(t, binary, "-http", "127.0.0.1:0"), "testdata/clients.json")
	})
}

// A check that cannot fail shows nothing.
func TestClientsReportDifferences(t *testing.T) {
	t.Parallel()
	client.Need(t)
	binary := client.Build(t, ".")

	for _, c := range []struct{ name, spec, want string }{
		{"name", `{"server": "ohce"}`, `FAIL  is echo 1.0.0: got "echo", want "ohce"`},
		{"missing tool", `{"tools": ["echo_tool", "shout"]}`, `want ["echo_tool","shout"]`},
		{"surplus prompt", `{"prompts": []}`, `FAIL  lists prompts: echo: got ["echo"], want []`},
		{"answer", `{"calls": [{"resource": "echo://a", "text": "Echo: b"}]}`, `got "Echo: a", want "Echo: b"`},
		{"failure", `{"calls": [{"tool": "shout"}]}`, `got the error`},
		{"success", `{"calls": [{"resource": "echo://a", "error": "not found"}]}`, `want an error with "not found"`},
		{"structure", `{"calls": [{"prompt": "echo", "arguments": {"text": "a"}, "structured": {}}]}`, `got undefined, want {}`},
		{"misspelt key", `{"tool": ["echo_tool"]}`, `check: spec: unknown key "tool"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			report, err := client.Run(t.Context(), client.Stdio(binary), client.Newest, c.spec)
			if err == nil {
				t.Fatalf("check.mjs found nothing wrong:\n%s", report)
			}
			if !strings.Contains(report, c.want) {
				t.Errorf("the report does not say %q:\n%s", c.want, report)
			}
		})
	}
}
