// Command inject keeps the books of a small library. It shows how tools come by
// what they work with: none of them opens a database, begins a transaction or
// ends one, and nothing of either can be seen by a client.
//
// Every call gets a repository on a transaction of its own, which is committed
// when the tool succeeds and rolled back when it does not. The providers are in
// package store, the calls to them in mcp_gen.go.
package main

//go:generate go tool mcpgen

import "github.com/mcpgen/mcpgen/runtime"

func main() {
	runtime.Main(runtime.Info{Name: "library", Version: "1.0.0"}, Register)
}
