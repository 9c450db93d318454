//go:build !special

package buildtags

// Echo repeats what it is told.
//
//mcp:tool
func Echo(text string) string { return text }
