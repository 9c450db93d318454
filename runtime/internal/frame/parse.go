// Package frame reads the messages of both transports, so strictly that none can do
// more harm than to be refused. The SDK's own readers end a session, and with it
// the process, at the first line that they cannot read, take a message with two
// methods for one with the second, and answer a call of a fractional id with
// another one.
package frame

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// byteOrderMark begins what some clients send first.
var byteOrderMark = []byte("\ufeff")

// Parse reads one line. It returns nil and nil for a line that needs no answer,
// being blank or an error that the client reports without saying of what. Names
// are case-sensitive, and none that means something may come twice.
func Parse(line []byte) (*Message, *Refusal) {
	line = bytes.TrimSpace(bytes.TrimPrefix(line, byteOrderMark))
	if len(line) == 0 {
		return nil, nil
	}
	all, batch, err := read(line)
	switch {
	case err != nil:
		return nil, malformed(err)
	case batch:
		return nil, noBatches()
	case all[0].isStray():
		return nil, nil // to answer errors with errors might go on for ever
	}
	m, refusal := all[0].message()
	if refusal != nil {
		return nil, refusal
	}
	return &m, nil
}

// Body is what the body of a request over HTTP says.
type Body struct {
	Messages []Message
	Batch    bool   // the messages were written as a list, be it of one
	Text     []byte // for the SDK
}

// ParseBody reads the body of a request by the rules of [Parse]: one message, or a
// batch of them if there may be one.
func ParseBody(text []byte, batches bool) (*Body, *Refusal) {
	all, batch, err := read(text)
	switch {
	case err != nil:
		return nil, malformed(err)
	case batch && !batches:
		return nil, noBatches()
	case len(all) == 0:
		return nil, Unreadable(errTooMany)
	}
	body := &Body{Messages: make([]Message, len(all)), Batch: batch, Text: text}
	for i := range all {
		var refusal *Refusal
		if body.Messages[i], refusal = all[i].message(); refusal != nil {
			return nil, refusal
		}
	}
	if slices.ContainsFunc(body.Messages, func(m Message) bool { return m.text == nil }) {
		body.Text = body.encode()
	}
	return body, nil
}

// encode returns the text of messages that are not all what was written.
func (b *Body) encode() []byte {
	if !b.Batch {
		return b.Messages[0].encode()
	}
	texts := make([][]byte, len(b.Messages))
	for i := range b.Messages {
		texts[i] = b.Messages[i].encode()
	}
	return slices.Concat([]byte("["), bytes.Join(texts, []byte(",")), []byte("]"))
}

// maxBatch is how many messages a batch may have, which only old clients send.
const maxBatch = 100

var errTooMany = errors.New("a batch has 1 to 100 messages")

func noBatches() *Refusal { return invalid(nil, "batches are not supported") }

// read reads all of the text, in one pass.
func read(text []byte) (all []envelope, batch bool, err error) {
	s := &scanner{text: text}
	if s.space(); s.peek() == '[' {
		batch = true
		err = s.array(func() error {
			if len(all) == maxBatch {
				return errTooMany
			}
			e := envelope{scanner: s}
			err := e.read()
			all = append(all, e)
			return err
		})
	} else {
		all = []envelope{{scanner: s}}
		err = all[0].read()
	}
	if err == nil {
		err = s.end()
	}
	return all, batch, err
}

// envelope holds the members of a message as they are in its text, nil if missing.
type envelope struct {
	*scanner

	text                                         []byte
	version, id, method, params, result, failure json.RawMessage
	known                                        known

	twice string // a member that comes twice, or ""
}

// read passes a message, or what is in the place of one.
func (e *envelope) read() error { return e.keepObject("", (*json.RawMessage)(&e.text), e.member) }

// member passes a member of a message.
func (e *envelope) member(name []byte) error {
	switch string(name) {
	case "jsonrpc":
		return e.keep("jsonrpc", &e.version)
	case "id":
		return e.keep("id", &e.id)
	case "method":
		return e.keep("method", &e.method)
	case "params":
		return e.keepObject("params", &e.params, e.param)
	case "result":
		return e.keep("result", &e.result)
	case "error":
		return e.keep("error", &e.failure)
	}
	return e.value()
}

// param passes a member of params.
func (e *envelope) param(name []byte) error {
	switch string(name) {
	case "_meta":
		return e.keepObject("_meta", &e.known.meta, e.metaMember)
	case "name":
		return e.keep("name", &e.known.name)
	case "uri":
		return e.keep("uri", &e.known.uri)
	case "arguments":
		return e.keep("arguments", &e.known.arguments)
	case "taskId":
		return e.keep("taskId", &e.known.taskID)
	case "requestId":
		return e.keep("requestId", &e.known.requestID)
	case "protocolVersion":
		return e.keep("protocolVersion", &e.known.protocolVersion)
	case "task":
		return e.keep("task", &e.known.task)
	case "notifications":
		return e.keepObject("notifications", &e.known.notifications, e.subscription)
	}
	return e.value()
}

// subscription passes a member of the notifications that params ask for.
func (e *envelope) subscription(name []byte) error {
	if string(name) == "taskIds" {
		return e.keep("taskIds", &e.known.taskIDs)
	}
	return e.value()
}

// metaMember passes a member of the _meta of params.
func (e *envelope) metaMember(name []byte) error {
	if string(name) == mcp.MetaKeyProtocolVersion {
		return e.keep(mcp.MetaKeyProtocolVersion, &e.known.version)
	}
	return e.value()
}

// keep passes a value that means something.
func (e *envelope) keep(name string, member *json.RawMessage) error {
	return e.keepObject(name, member, nil)
}

// keepObject is keep for what may be an object whose members mean something, too.
func (e *envelope) keepObject(name string, member *json.RawMessage, inside func(name []byte) error) (err error) {
	if *member != nil {
		e.twice = name
	}
	e.space()
	begin := e.pos
	if inside != nil && e.peek() == '{' {
		err = e.object(inside)
	} else {
		err = e.value()
	}
	*member = e.scanner.text[begin:e.pos:e.pos]
	return err
}

// isStray reports whether the message is an error that is about no request.
func (e *envelope) isStray() bool {
	return e.method == nil && e.failure != nil && (e.id == nil || string(e.id) == "null")
}

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

// message is the message, if it is one.
func (e *envelope) message() (Message, *Refusal) {
	if string(e.failure) == "null" {
		e.failure = nil // as in what old clients respond
	}
	switch {
	case e.text[0] != '{':
		return Message{}, invalid(nil, "a message must be an object")
	case e.twice != "":
		return Message{}, invalid(e.echo(), "%s comes twice", e.twice)
	case string(e.version) != `"2.0"`:
		return Message{}, invalid(e.echo(), `jsonrpc must be "2.0"`)
	case e.id != nil && !validID(e.id):
		return Message{}, invalid(e.echo(), "id must be a string or an integer that a float64 holds")
	case e.method == nil:
		return e.response()
	}
	return e.request()
}

// request is the message if it has a method.
func (e *envelope) request() (Message, *Refusal) {
	m := Message{ID: e.id, Method: textOf(e.method), Params: e.params, known: e.known, text: e.text}
	if string(m.Params) == "null" {
		m.Params = nil
	}
	switch {
	case m.Method == "":
		return Message{}, invalid(e.echo(), "method must be a string, and not an empty one")
	case e.result != nil || e.failure != nil:
		return Message{}, invalid(e.echo(), "the message is both a request and a response")
	case m.Params != nil && m.Params[0] != '{', m.Params == nil && needParams[m.Method]:
		return Message{}, &Refusal{e.echo(), jsonrpc.CodeInvalidParams, "params must be an object"}
	}
	m.correct()
	return m, nil
}

// response is the message if it has no method.
func (e *envelope) response() (Message, *Refusal) {
	if e.id == nil || (e.result == nil) == (e.failure == nil) {
		return Message{}, invalid(e.echo(), "the message is neither a request nor a response")
	}
	m := Message{ID: e.id, result: e.result, text: e.text}
	if e.failure == nil {
		return m, nil
	}
	m.failure = new(jsonrpc.Error)
	if err := json.Unmarshal(e.failure, m.failure); err != nil {
		return Message{}, invalid(e.echo(), "error: %v", err)
	}
	return m, nil
}
