// Command tasks does what takes time, so that nobody has to wait for it. Each of
// its tools is an ordinary function with task=true above it: a client that can take
// a task is told its id after a moment and comes back for the result, and any other
// client waits. The functions do not know which of them has called.
package main

//go:generate go tool mcpgen

import "github.com/mcpgen/mcpgen/runtime"

func main() {
	runtime.Main(runtime.Info{Name: "tasks", Version: "1.0.0"}, Register)
}
