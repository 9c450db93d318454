// Package serverinfo says in its own documentation what the server is, where the
// program that registers it does not.
//
//mcp:server name=library version=2.1.0 title="The library" instructions="Ask for a book before you ask for a page." tasks=true
package serverinfo

// Borrow borrows a book.
//
//mcp:tool
func Borrow(title string) string { return "borrowed " + title }

// Return gives a book back, at once.
//
//mcp:tool task=false
func Return(title string) {}
