// Command echo repeats what it is given: as a tool, as a resource, as a resource
// template and as a prompt. It is a complete server, and the smallest one.
package main

//go:generate go tool mcpgen

import "github.com/mcpgen/mcpgen/runtime"

// EchoTool repeats a text.
//
//mcp:tool readonly idempotent openworld=false
//mcp:param text description="What to repeat."
func EchoTool(text string) string { return text }

// Static says the same to everybody.
//
//mcp:resource uri=echo://static mime=text/plain
func Static() string { return "Echo!" }

// Text repeats the text in its URI.
//
//mcp:resource uri=echo://{text} mime=text/plain
func Text(text string) string { return "Echo: " + text }

// Echo says what it is told to say.
//
//mcp:prompt
//mcp:param text description="What to say."
func Echo(text string) string { return text }

func main() {
	runtime.Main(runtime.Info{Name: "echo", Version: "1.0.0"}, Register)
}
