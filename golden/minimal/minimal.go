// Package minimal is the least that one can write: a function, a comment, a directive.
package minimal

// Greet says hello.
//
//mcp:tool
func Greet(name string) string {
	return "Hello, " + name + "!"
}
