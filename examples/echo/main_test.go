package main

import (
	"testing"

	"github.com/mcpgen/mcpgen/runtime/mcptest"
)

func TestEcho(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, Register)

	for _, c := range []struct{ name, got, want string }{
		{"tool", client.Call("echo_tool", map[string]string{"text": "hello"}).Text(), "hello"},
		{"resource", client.Read("echo://static").Text(), "Echo!"},
		{"resource template", client.Read("echo://hello%20world").Text(), "Echo: hello world"},
		{"prompt", client.Prompt("echo", map[string]string{"text": "hello"}).Text(), "user: hello"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
}
