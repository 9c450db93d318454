// Package resultstring returns text, of type string or of a type over it.
package resultstring

import "strings"

// Markdown is text with a little markup.
type Markdown string

// Heading makes a heading.
//
//mcp:tool
func Heading(text string, level int) Markdown {
	return Markdown(strings.Repeat("#", level) + " " + text)
}

// Plain removes the markup.
//
//mcp:tool
func Plain(text Markdown) (string, error) {
	return strings.TrimLeft(string(text), "# "), nil
}
