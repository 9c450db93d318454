package schema

import (
	"bytes"
	"encoding/json"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// bytesPerToken is how much JSON makes up a token, by the rule of thumb that
// vendors give for English text. Every model counts in its own way, so no one
// tokenizer would be closer to the truth for all.
const bytesPerToken = 4

// weight is about how many tokens of a model's context t takes up, called or not: what
// clients hand on of it, as compact JSON.
func weight(t *model.Tool) int {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(struct {
		Name         string          `json:"name"`
		Title        string          `json:"title,omitempty"`
		Description  string          `json:"description,omitempty"`
		InputSchema  json.RawMessage `json:"inputSchema,omitempty"`
		OutputSchema json.RawMessage `json:"outputSchema,omitempty"`
	}{t.ToolName, t.Title, t.Doc, json.RawMessage(t.InputSchema), json.RawMessage(t.OutputSchema)}); err != nil {
		panic(err) // the schemas were written as JSON
	}
	size := b.Len() - len("\n")
	return (size + bytesPerToken - 1) / bytesPerToken
}
