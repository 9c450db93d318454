// Package deps takes its dependencies from the program: Register(s, deps) hands
// in what an existing program already has.
package deps

import "strings"

// Deps is what this package needs of the program.
//
//mcp:deps
type Deps struct {
	Mailer Mailer
	Index  *Index
	Prefix Prefix
	hidden int // unexported: no dependency
}

// Mailer sends mail.
type Mailer interface {
	Send(to, text string) error
}

// Index finds addresses.
type Index struct{ Addresses map[string]string }

// Prefix comes before every text.
type Prefix string

// Invite invites somebody.
//
//mcp:tool
func Invite(name string, mailer Mailer, index *Index, prefix Prefix) (string, error) {
	text := string(prefix) + "please come"
	return text, mailer.Send(index.Addresses[name], text)
}

// Addresses lists all that can be invited.
//
//mcp:tool
func (d Deps) Addresses() string {
	var names []string
	for name := range d.Index.Addresses {
		names = append(names, name)
	}
	return strings.Join(names, " ")
}
