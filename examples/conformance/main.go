// Command conformance is a server that uses every feature of the protocol, for the
// official conformance suite to try: tools, resources and prompts with the names,
// and the behaviour, that the suite asks for. All of them are annotated functions.
package main

//go:generate go tool mcpgen

import "github.com/mcpgen/mcpgen/runtime"

func main() {
	runtime.Main(runtime.Info{Name: "conformance", Version: "1.0.0"}, Register)
}
