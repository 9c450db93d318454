// Package descriptions has texts that could break out of a comment or a literal
// if they were pasted instead of quoted.
package descriptions

// Say repeats a text: "quoted", `raw`, 100 % of it, \n and \t as they are.
//
// A second paragraph, with /* half a comment, and the other half */ too.
// Umlauts äöü, 漢字, an emoji 🎉, and <b>HTML</b> & entities.
//
//	indented := `code`
//
//mcp:tool title="Say \"it\" `again`" icon="https://example.com/a.png?x=1&y=\"2\""
func Say(in Text) string { return in.Text }

// Text is a text.
type Text struct {
	// One, two, "three", `four` */ and \ five.
	Text string `json:"text" jsonschema:"pattern=^[^\x60]*$,default=a\\,b"`
	// Überschrift: 日本語.
	Titel string `json:"größe,omitempty" jsonschema:"enum=\"klein\",enum=groß & stark"`
	Dots  string `json:"a.b/c~d,omitempty" jsonschema_description:"Commas, colons: and = signs, in a tag."`
}

// Repeat repeats a parameter.
//
//mcp:tool
//mcp:param text description="Quotes \" and back-ticks ` and a backslash \\ and */ the end." default="`\\n\""
func Repeat(text string) string { return text }
