// Package contentlist returns several content blocks of different kinds, or one
// whose kind is only known when it is made.
package contentlist

import "github.com/mcpgen/mcpgen/runtime"

// Report shows a chart and says what is in it.
//
//mcp:tool
func Report(year int) []runtime.Content {
	content := []runtime.Content{runtime.Text("Sales rose.")}
	if year >= 2000 {
		content = append(content,
			runtime.Image{Data: []byte("chart"), MIMEType: "image/png"},
			runtime.Link{URI: "sales://raw", Name: "raw"},
		)
	}
	return content
}

// Chart is a chart, or a sentence where there is nothing to draw.
//
//mcp:tool
func Chart(points []float64) runtime.Content {
	if len(points) == 0 {
		return runtime.Text("no points")
	}
	return runtime.Image{Data: make([]byte, len(points)), MIMEType: "image/png"}
}
