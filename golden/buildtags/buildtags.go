// Package buildtags has files that not every build sees: what is generated is what
// the build that generates can see.
package buildtags

// System names the system that the server runs on.
//
//mcp:tool
func System() string { return "the usual one" }
