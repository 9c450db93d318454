// Package resourcefiles offers ready-made contents, several at once if it has to.
package resourcefiles

import "github.com/mcpgen/mcpgen/runtime"

// Readme is what to read first.
//
//mcp:resource uri=repo://readme mime=text/markdown
func Readme() runtime.File { return runtime.File{Text: "# Read me"} }

// Source is all of the source.
//
//mcp:resource uri=repo://source
func Source() ([]runtime.File, error) {
	return []runtime.File{
		{URI: "repo://source/main.go", MIMEType: "text/x-go", Text: "package main"},
		{URI: "repo://source/logo.png", MIMEType: "image/png", Data: []byte("\x89PNG")},
	}, nil
}
