// Package providershapes has a provider of every shape: with and without an
// error, with each kind of clean-up.
package providershapes

import (
	"context"
	"strings"
)

type (
	// Greeting is provided by a function that cannot fail.
	Greeting struct{ text string }
	// Name may fail.
	Name struct{ text string }
	// File has a clean-up that cannot fail.
	File struct{ path string }
	// Connection has a clean-up that may fail.
	Connection struct{ host string }
	// Transaction has a clean-up that is told how the call ended.
	Transaction struct{ id int }
)

//mcp:provide
func newGreeting() Greeting { return Greeting{"hello"} }

//mcp:provide
func newName(context.Context) (*Name, error) { return &Name{"Ada"}, nil }

//mcp:provide
func openFile() (File, func(), error) { return File{"/log"}, func() {}, nil }

//mcp:provide scope=server
func dial() (*Connection, func() error, error) {
	return &Connection{"db"}, func() error { return nil }, nil
}

//mcp:provide
func begin(*Connection) (Transaction, func(error) error, error) {
	return Transaction{1}, func(failed error) error { return failed }, nil
}

// Show uses all of them.
//
//mcp:tool
func Show(g Greeting, n *Name, f File, c *Connection, t Transaction, upper bool) string {
	text := strings.Join([]string{g.text, n.text, f.path, c.host}, " ")
	if upper {
		return strings.ToUpper(text)
	}
	return text
}
