//go:build special

package buildtags

// Special is only in builds with the tag special.
//
//mcp:tool
func Special() string { return "special" }
