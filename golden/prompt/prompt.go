// Package prompt offers prompts that are one text.
package prompt

// Review asks for a review of some code.
//
//mcp:prompt title="Code review"
//mcp:param code description="The code, as it is."
//mcp:param language description="What it is written in." default=Go
func Review(code, language string, focus *string) string {
	text := "Review this " + language + " code:\n\n" + code
	if focus != nil {
		text += "\n\nLook at " + *focus + " first."
	}
	return text
}

// Joke asks for a joke.
//
//mcp:prompt
func Joke() string { return "Tell me a joke." }
