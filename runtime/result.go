package runtime

import (
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Result is the complete result of a tool, for a function that wants to say more
// than a plain value can.
type Result struct {
	// Content is what the model reads.
	Content []Content
	// Structured is a JSON value for programs, nil for none. Nothing checks it
	// against an output schema.
	Structured json.RawMessage
	// IsError marks a tool error: the model sees the content and can try again.
	// Clean-ups are told that the call failed.
	IsError bool
	// Meta is the _meta of the result.
	Meta map[string]any
}

// EmptyResult is the result of a tool that has nothing to say but that it is done.
func EmptyResult() *Result { return &Result{} }

// TextResult is a result of plain text.
func TextResult(text string) *Result { return ContentResult(Text(text)) }

// ContentResult is a result of content blocks.
func ContentResult(contents ...Content) *Result { return &Result{Content: contents} }

// StructuredResult is a JSON object for programs, and its text for models. It
// fails if v cannot be encoded, or is nil and therefore not the object that the
// output schema promises.
func StructuredResult[T any](v T, encode func(*codec.Encoder, T)) (*Result, error) {
	data, err := encoded(v, encode)
	if err != nil {
		return nil, err
	}
	if string(data) == "null" {
		return nil, errors.New("no result")
	}
	return structured(data), nil
}

// WrappedResult is [StructuredResult] for a value that is not an object: it is
// the property "result" of one, since structured content has to be an object.
func WrappedResult[T any](v T, encode func(*codec.Encoder, T)) (*Result, error) {
	data, err := encoded(v, func(e *codec.Encoder, v T) {
		e.BeginObject()
		e.Name("result")
		encode(e, v)
		e.EndObject()
	})
	if err != nil {
		return nil, err
	}
	return structured(data), nil
}

func structured(data []byte) *Result {
	return &Result{Content: []Content{Text(data)}, Structured: data}
}

// encoded is v in JSON.
func encoded[T any](v T, encode func(*codec.Encoder, T)) ([]byte, error) {
	e := codec.NewEncoder()
	encode(e, v)
	if err := e.Err(); err != nil {
		return nil, err
	}
	return e.JSON(), nil
}

// errorResult is a tool error.
func errorResult(text string) *Result {
	return &Result{Content: []Content{Text(text)}, IsError: true}
}

// check returns a [*brokenResult] if r cannot be encoded. The SDK would find out, but
// then never answer the call of a client with a session.
func (r *Result) check() error {
	if r == nil {
		return nil
	}
	if r.Structured != nil && !(json.Valid(r.Structured) && utf8.Valid(r.Structured)) {
		return &brokenResult{errors.New("the structured content is not JSON")}
	}
	if _, err := json.Marshal(r.Meta); err != nil {
		return &brokenResult{fmt.Errorf("_meta: %w", err)}
	}
	return nil
}

// wire is r as the SDK has it. A nil r is an empty result.
func (r *Result) wire() *mcp.CallToolResult {
	if r == nil {
		r = EmptyResult()
	}
	out := &mcp.CallToolResult{Content: blocks(r.Content), IsError: r.IsError, Meta: r.Meta}
	if r.Structured != nil {
		out.StructuredContent = r.Structured
	}
	return out
}
