// Package collisions uses names that the generated file would like to have.
package collisions

import "fmt"

// Names of imports.
type (
	runtime struct{ context string }
	codec   int
)

var context = "of this package"

// Names of generated declarations.
type (
	serverValues      struct{ n int }
	callShowArguments struct{}
	showArguments     struct{}
)

const (
	showInputSchema = "taken"
	dPattern        = "taken"
)

func decodeInput(v codec) codec { return v }

func encodeOutput() {}

func inputMembers() showArguments { return showArguments{} }

// Input has fields named like variables of the generated functions.
type Input struct {
	V    int               `json:"v"`
	D    string            `json:"d" jsonschema:"pattern=^d"`
	E    map[string]string `json:"e,omitempty"`
	Name string            `json:"name"`
}

// Output comes back.
type Output struct {
	V codec `json:"v"`
	E Input `json:"e"`
}

//mcp:provide scope=server
func newRuntime() *runtime { return &runtime{context} }

//mcp:provide
func newServerValues(v *runtime) *serverValues { return &serverValues{len(v.context)} }

// Show takes parameters named like variables of the generated functions.
//
//mcp:tool
func Show(call, in, out, err, v, d, ctx2, name string, ctx *runtime, s *serverValues, len int) string {
	return fmt.Sprint(call, in, out, err, v, d, ctx2, name, ctx.context, s.n, len, inputMembers(), dPattern)
}

// Convert goes through Input and Output.
//
//mcp:tool
func Convert(in Input, out *runtime, err *serverValues) Output {
	encodeOutput()
	return Output{V: decodeInput(codec(in.V)), E: in}
}

// callShow is named like the generated function that calls Show.
//
//mcp:tool
func callShow(arg callShowArguments) string { return showInputSchema }
