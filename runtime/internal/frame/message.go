// Package frame reads the messages of a stream, a message a line, so strictly that
// no line can do more harm than to be refused: the SDK's own reader ends the
// session, and with it the process, at the first line that it cannot read.
package frame

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// A Refusal is the answer to what is no message.
type Refusal struct {
	ID      json.RawMessage // nil if it cannot be told
	Code    int64
	Message string
}

// Line returns the answer as a message.
func (r *Refusal) Line() []byte {
	id := r.ID
	if id == nil {
		id = json.RawMessage("null")
	}
	message, err := json.Marshal(r.Message)
	if err != nil {
		message = []byte(`"invalid request"`)
	}
	return fmt.Appendf(nil, `{"jsonrpc":"2.0","id":%s,"error":{"code":%d,"message":%s}}`, id, r.Code, message)
}

// Unreadable is the refusal of a line that [Lines.Next] has skipped.
func Unreadable(err error) *Refusal {
	return &Refusal{Code: jsonrpc.CodeInvalidRequest, Message: err.Error()}
}

func invalid(id json.RawMessage, format string, arguments ...any) *Refusal {
	return &Refusal{id, jsonrpc.CodeInvalidRequest, fmt.Sprintf(format, arguments...)}
}

// byteOrderMark begins what some clients send first.
var byteOrderMark = []byte("\ufeff")

// Parse reads one line. It returns nil and nil for a line that needs no answer,
// being blank or an error that the client reports without saying of what. Names
// are case-sensitive, and none that means something may come twice.
func Parse(line []byte) (jsonrpc.Message, *Refusal) {
	line = bytes.TrimSpace(bytes.TrimPrefix(line, byteOrderMark))
	if len(line) == 0 {
		return nil, nil
	}
	e, refusal := readEnvelope(line)
	if refusal != nil {
		return nil, refusal
	}
	id, ok := e.readID()
	if !ok {
		return nil, invalid(e.echo(), "id must be a string or an integer that a float64 holds")
	}
	switch {
	case e.twice != "":
		return nil, invalid(e.echo(), "%s comes twice", e.twice)
	case string(e.version) != `"2.0"`:
		return nil, invalid(e.echo(), `jsonrpc must be "2.0"`)
	case e.method != nil:
		return e.request(id)
	}
	return e.response(id)
}

// envelope holds the members of a message as they are in its text, nil if missing.
type envelope struct {
	version, id, method, params, result, failure json.RawMessage

	twice string // a member that comes twice, or ""
}

func readEnvelope(line []byte) (*envelope, *Refusal) {
	if !utf8.Valid(line) {
		return nil, &Refusal{Code: jsonrpc.CodeParseError, Message: "invalid UTF-8"}
	}
	e := new(envelope)
	s := scanner{text: line}
	var err error
	if line[0] == '{' {
		err = s.object(e.add)
	} else {
		err = s.value()
	}
	if err == nil {
		err = s.end()
	}
	switch {
	case err == ErrTooDeep:
		return nil, Unreadable(err)
	case err != nil:
		return nil, &Refusal{Code: jsonrpc.CodeParseError, Message: err.Error()}
	case line[0] == '[':
		return nil, invalid(nil, "batches are not supported")
	case line[0] != '{':
		return nil, invalid(nil, "a message must be an object")
	}
	return e, nil
}

// add takes note of a member.
func (e *envelope) add(name string, value []byte) {
	var member *json.RawMessage
	switch name {
	case "jsonrpc":
		member = &e.version
	case "id":
		member = &e.id
	case "method":
		member = &e.method
	case "params":
		member = &e.params
	case "result":
		member = &e.result
	case "error":
		member = &e.failure
	default:
		return
	}
	if *member != nil {
		e.twice = name
	}
	*member = value
}

// readID returns the id, which is not valid if the message has none.
func (e *envelope) readID() (id jsonrpc.ID, ok bool) {
	if e.id == nil || e.method == nil && e.noID() {
		return jsonrpc.ID{}, true
	}
	return ReadID(e.id)
}

// noID reports whether the id is null, as in the answer to what had no id.
func (e *envelope) noID() bool { return string(e.id) == "null" }

// echo is the id as the client has written it, if that can be an id.
func (e *envelope) echo() json.RawMessage {
	if e.id == nil || e.twice == "id" {
		return nil
	}
	if c := e.id[0]; c == '"' || c == '-' || '0' <= c && c <= '9' {
		return e.id
	}
	return nil
}

// maxExact is the first integer from which on a float64, which is what the SDK
// reads ids with, does not tell neighbours apart.
const maxExact = 1 << 53

// ReadID reads the id of a request. It refuses numbers that the SDK would answer
// with another one.
func ReadID(value []byte) (id jsonrpc.ID, ok bool) {
	if len(value) == 0 {
		return jsonrpc.ID{}, false
	}
	if value[0] == '"' {
		s, err := text(value)
		if err != nil {
			return jsonrpc.ID{}, false
		}
		id, err = jsonrpc.MakeID(s)
		return id, err == nil
	}
	n, err := strconv.ParseFloat(string(value), 64)
	if err != nil || n != math.Trunc(n) || math.Abs(n) >= maxExact {
		return jsonrpc.ID{}, false
	}
	id, err = jsonrpc.MakeID(n)
	return id, err == nil
}

// request is the message if it has a method.
func (e *envelope) request(id jsonrpc.ID) (jsonrpc.Message, *Refusal) {
	if e.method[0] != '"' {
		return nil, invalid(e.echo(), "method must be a string")
	}
	method, err := text(e.method)
	if err != nil {
		return nil, invalid(e.echo(), "method: %v", err)
	}
	if e.params != nil && string(e.params) == "null" {
		e.params = nil
	}
	if e.params != nil && e.params[0] != '{' {
		return nil, &Refusal{e.echo(), jsonrpc.CodeInvalidParams, "params must be an object"}
	}
	return &jsonrpc.Request{ID: id, Method: method, Params: e.params}, nil
}

// response is the message if it has no method.
func (e *envelope) response(id jsonrpc.ID) (jsonrpc.Message, *Refusal) {
	switch {
	case e.failure != nil && !id.IsValid():
		return nil, nil // to answer errors with errors might go on for ever
	case !id.IsValid() || e.result == nil && e.failure == nil:
		return nil, invalid(e.echo(), "the message is neither a request nor a response")
	case e.failure == nil:
		return &jsonrpc.Response{ID: id, Result: e.result}, nil
	}
	failure := new(jsonrpc.Error)
	if err := json.Unmarshal(e.failure, failure); err != nil {
		return nil, invalid(e.echo(), "error: %v", err)
	}
	return &jsonrpc.Response{ID: id, Error: failure}, nil
}
