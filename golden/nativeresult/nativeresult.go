// Package nativeresult builds the whole result by hand, for what no Go type says.
package nativeresult

import "github.com/mcpgen/mcpgen/runtime"

// Scan looks for faults and reports them without failing.
//
//mcp:tool
func Scan(path string) *runtime.Result {
	if path == "" {
		return &runtime.Result{
			Content: []runtime.Content{runtime.Text("path is empty: name a folder")},
			IsError: true,
		}
	}
	return &runtime.Result{
		Content:    []runtime.Content{runtime.Text("2 faults in " + path)},
		Structured: []byte(`{"faults":2}`),
		Meta:       map[string]any{"example.com/cached": false},
	}
}
