package frame

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// Modern is the first version of the protocol without sessions, and Legacy the last
// one with them.
const (
	Modern = "2026-07-28"
	Legacy = "2025-11-25"
)

// ProgressKey is the member of a task's _meta that has its progress in numbers, which
// neither era has a place for: {"done":3,"total":10}.
const ProgressKey = "io.github.mcpgen/progress"

// Message is a message that the SDK reads in the same way.
type Message struct {
	ID     json.RawMessage // as it was written; nil for a notification
	Method string          // "" for a response
	Params json.RawMessage // an object, if there is a method

	known   known
	result  json.RawMessage
	failure *jsonrpc.Error
	text    []byte // nil if the message is not what was written
}

// known are those members of params that matter before the SDK has read them, as
// they are in the text, nil if missing.
type known struct {
	name, uri, arguments, taskID, requestID, protocolVersion, meta, task, notifications json.RawMessage

	version json.RawMessage // in meta
	taskIDs json.RawMessage // in notifications
}

// IsCall reports whether the message wants an answer.
func (m *Message) IsCall() bool { return m.Method != "" && m.ID != nil }

// IsModern reports whether the message belongs to no session: whether its params
// say themselves what others have said in a handshake. The SDK tells it in the same
// way.
func (m *Message) IsModern() bool { return m.Version() >= Modern }

// Version returns the version of the protocol that the _meta of the params names,
// "" if it names none.
func (m *Message) Version() string { return textOf(m.known.version) }

// Name returns the name in the params, such as that of a tool, "" for none.
func (m *Message) Name() string { return textOf(m.known.name) }

// TaskID returns the id of a task in the params, "" for none.
func (m *Message) TaskID() string { return textOf(m.known.taskID) }

// RequestID returns the id of the request that a cancellation is about.
func (m *Message) RequestID() (id jsonrpc.ID, ok bool) {
	if !validID(m.known.requestID) {
		return jsonrpc.ID{}, false
	}
	return readID(m.known.requestID), true
}

// Request returns the message as the SDK has it, if it has a method.
func (m *Message) Request() *jsonrpc.Request {
	return &jsonrpc.Request{ID: readID(m.ID), Method: m.Method, Params: m.Params}
}

// Response returns the message as the SDK has it, if it has no method.
func (m *Message) Response() *jsonrpc.Response {
	response := &jsonrpc.Response{ID: readID(m.ID), Result: m.result}
	if m.failure != nil {
		response.Error = m.failure
	}
	return response
}

// encode returns the text of the message.
func (m *Message) encode() []byte {
	if m.text != nil {
		return m.text
	}
	text := []byte(`{"jsonrpc":"2.0",`)
	if m.ID != nil {
		text = fmt.Appendf(text, `"id":%s,`, m.ID)
	}
	method, err := json.Marshal(m.Method)
	if err != nil {
		panic(err) // strings can be encoded
	}
	return fmt.Appendf(text, `"method":%s,"params":%s}`, method, m.Params)
}

// maxExact is the first integer from which on a float64, which is what the SDK
// reads ids with, does not tell neighbours apart.
const maxExact = 1 << 53

// validID reports whether the SDK would answer with the same id.
func validID(value []byte) bool {
	if len(value) == 0 {
		return false
	}
	if value[0] == '"' {
		return true
	}
	n, err := strconv.ParseFloat(string(value), 64)
	return err == nil && n == math.Trunc(n) && math.Abs(n) < maxExact
}

// readID reads an id that is valid, or missing.
func readID(value []byte) jsonrpc.ID {
	if value == nil {
		return jsonrpc.ID{}
	}
	var raw any = textOf(value)
	if value[0] != '"' {
		raw, _ = strconv.ParseFloat(string(value), 64)
	}
	id, _ := jsonrpc.MakeID(raw)
	return id
}

// textOf decodes a string whose syntax is right, and returns "" for anything else.
func textOf(value []byte) string {
	if len(value) == 0 || value[0] != '"' {
		return ""
	}
	return string(unquoted(value))
}
