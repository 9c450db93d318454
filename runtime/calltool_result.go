package runtime

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// decode reads the result of a tool into what out points to; see [CallTool].
func (r *Result) decode(out any) error {
	if r == nil {
		r = EmptyResult()
	}
	if whole, ok := out.(**Result); ok {
		*whole = r
		return nil
	}
	if r.IsError {
		return errors.New(r.text())
	}
	v := reflect.ValueOf(out).Elem()
	data := r.Structured
	if member, ok := wrapped(data); ok && !takesObject(v.Type()) {
		data = member
	}
	if v.Kind() == reflect.String && (data == nil || json.Unmarshal(data, out) != nil) {
		v.SetString(r.text())
		return nil
	}
	if data == nil && v.Type() == reflect.TypeFor[struct{}]() {
		return nil
	}
	if data == nil {
		return fmt.Errorf("it answers with text, which is no %s", v.Type())
	}
	return json.Unmarshal(data, out)
}

// text is what a model reads of a result.
func (r *Result) text() string {
	var lines []string
	for _, c := range r.Content {
		if t, ok := c.(Text); ok {
			lines = append(lines, string(t))
		}
	}
	return strings.Join(lines, "\n")
}

// wrapped is the value that [WrappedResult] made an object of.
func wrapped(data json.RawMessage) (value json.RawMessage, ok bool) {
	var object map[string]json.RawMessage
	if json.Unmarshal(data, &object) != nil || len(object) != 1 {
		return nil, false
	}
	value, ok = object["result"]
	return value, ok
}

// takesObject reports whether encoding/json decodes an object into a t, so that
// nothing has to be taken out of it.
func takesObject(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch p := reflect.PointerTo(t); {
	case t == reflect.TypeFor[json.RawMessage]():
		return true
	case p.Implements(reflect.TypeFor[json.Unmarshaler]()), p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return false
	}
	return t.Kind() == reflect.Struct || t.Kind() == reflect.Map || t.Kind() == reflect.Interface
}

// readResult is the reverse of wire, from JSON.
func readResult(data []byte) (*Result, error) {
	var structured struct{ StructuredContent json.RawMessage } // the SDK's type loses digits
	var wire mcp.CallToolResult
	if err := errors.Join(json.Unmarshal(data, &wire), json.Unmarshal(data, &structured)); err != nil {
		return nil, err
	}
	r := &Result{Structured: structured.StructuredContent, IsError: wire.IsError, Meta: wire.Meta}
	for _, block := range wire.Content {
		if c, ok := readContent(block); ok {
			r.Content = append(r.Content, c)
		}
	}
	return r, nil
}
