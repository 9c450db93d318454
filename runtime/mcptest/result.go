package mcptest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Result is what a tool returned.
type Result struct {
	// IsError is whether this is a tool error; its text says which.
	IsError bool
	// Content is what the model reads.
	Content []mcp.Content

	t          testing.TB
	tool       string
	structured any
}

// Text returns the text of the content blocks, a line each. A block that is no
// text is named, as in "[image image/png, 4 bytes]".
func (r *Result) Text() string { return text(r.Content) }

// Structured returns the structured content as JSON, or nil if there is none.
func (r *Result) Structured() json.RawMessage {
	r.t.Helper()
	if r.structured == nil {
		return nil
	}
	if exact := r.Text(); sameJSON(exact, r.structured) {
		return json.RawMessage(exact)
	}
	data, err := json.Marshal(r.structured)
	if err != nil {
		r.t.Fatalf("tool %s: structured content: %v", r.tool, err)
	}
	return data
}

// sameJSON reports whether text is JSON with the value that the SDK has read. It
// reads all numbers as float64; where the same JSON is there as text too, as the
// specification recommends, the text still has all digits.
func sameJSON(text string, value any) bool {
	var other any
	return json.Unmarshal([]byte(text), &other) == nil && reflect.DeepEqual(other, value)
}

// Decode stores the structured content in v, which is a pointer, as
// [json.Unmarshal] does. A result that is not an object is the property "result" of
// one. The test ends if the tool failed or returned nothing structured.
func (r *Result) Decode(v any) {
	r.t.Helper()
	data := r.Structured()
	switch {
	case r.IsError:
		r.t.Fatalf("tool %s: %s", r.tool, r.Text())
	case data == nil:
		r.t.Fatalf("tool %s: no structured content, only %q", r.tool, r.Text())
	}
	if err := json.Unmarshal(data, v); err != nil {
		r.t.Fatalf("tool %s: %v in %s", r.tool, err, data)
	}
}

// Resource is what was read.
type Resource struct {
	Contents []*mcp.ResourceContents

	t   testing.TB
	uri string
}

// Text returns the text of a resource that has exactly one piece of contents. A
// binary one is returned as it is.
func (r *Resource) Text() string {
	r.t.Helper()
	if len(r.Contents) != 1 {
		r.t.Fatalf("resource %s: %d pieces of contents, want one", r.uri, len(r.Contents))
	}
	if c := r.Contents[0]; c.Blob != nil {
		return string(c.Blob)
	}
	return r.Contents[0].Text
}

// Decode stores a resource that is JSON in v, which is a pointer.
func (r *Resource) Decode(v any) {
	r.t.Helper()
	if err := json.Unmarshal([]byte(r.Text()), v); err != nil {
		r.t.Fatalf("resource %s: %v in %q", r.uri, err, r.Text())
	}
}

// Prompt is what a prompt returned.
type Prompt struct {
	Description string
	Messages    []*mcp.PromptMessage
}

// Text returns the messages, a line each, with their roles: "user: hello".
func (p *Prompt) Text() string {
	var all string
	for i, m := range p.Messages {
		if i > 0 {
			all += "\n"
		}
		all += fmt.Sprintf("%s: %s", m.Role, textOf(m.Content))
	}
	return all
}

// textOf is the text of a content block, or what else it is.
func textOf(content mcp.Content) string {
	switch c := content.(type) {
	case *mcp.TextContent:
		return c.Text
	case *mcp.ImageContent:
		return fmt.Sprintf("[image %s, %d bytes]", c.MIMEType, len(c.Data))
	case *mcp.AudioContent:
		return fmt.Sprintf("[audio %s, %d bytes]", c.MIMEType, len(c.Data))
	case *mcp.ResourceLink:
		return fmt.Sprintf("[link %s]", c.URI)
	case *mcp.EmbeddedResource:
		return fmt.Sprintf("[file %s]", c.Resource.URI)
	}
	return fmt.Sprintf("[%T]", content)
}
