// Package resourcebytes offers bytes.
package resourcebytes

// Logo is the picture at the top of every page.
//
//mcp:resource uri=site://logo.png mime=image/png
func Logo() []byte { return []byte("\x89PNG") }

// Archive is a copy of the site.
//
//mcp:resource uri=site://archive
func Archive() ([]byte, error) { return nil, nil }
