package httpx

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// Message is one message of JSON-RPC that has the shape of one. What is inside
// its params is for others to judge.
type Message struct {
	ID     json.RawMessage // as it was written; nil for a notification
	Method string          // "" for a response
	Params json.RawMessage // an object, or nil

	members map[string]json.RawMessage // of the params, if Parse made the message
}

// IsCall reports whether the message wants an answer.
func (m *Message) IsCall() bool { return m.Method != "" && m.ID != nil }

// Member returns a member of the params, nil if there is none.
func (m *Message) Member(name string) json.RawMessage { return m.members[name] }

// Text returns a member of the params that is a string, "" for anything else.
func (m *Message) Text(name string) string { return text(m.Member(name)) }

// Meta reports whether the _meta of the params has a member of that name.
func (m *Message) Meta(name string) bool {
	members, err := object(m.Member("_meta"))
	return err == nil && members[name] != nil
}

func text(data json.RawMessage) (s string) {
	if len(data) == 0 || data[0] != '"' || json.Unmarshal(data, &s) != nil {
		return ""
	}
	return s
}

// Limits of what is read.
const (
	maxDepth = 1000 // levels of JSON; the SDK has the same limit
	maxBatch = 100  // messages in a batch, which only old clients send
)

// Parse reads the body of a request: one message, or a batch of them. It is
// stricter than the SDK, which takes a message with two methods for one with the
// second, and answers a call of a fractional id with another one.
func Parse(body []byte) (messages []Message, batch bool, refusal *Refusal) {
	if depth(body) > maxDepth {
		return nil, false, malformed(CodeParse, fmt.Sprintf("JSON is nested deeper than %d levels", maxDepth))
	}
	trimmed := bytes.TrimLeft(body, " \t\r\n")
	if len(trimmed) == 0 || trimmed[0] != '[' {
		message, refusal := parseMessage(body)
		return []Message{message}, false, refusal
	}
	var all []json.RawMessage
	if json.Unmarshal(body, &all) != nil {
		return nil, true, malformed(CodeParse, "the body is not valid JSON")
	}
	if len(all) == 0 || len(all) > maxBatch {
		return nil, true, malformed(CodeInvalidRequest, fmt.Sprintf("a batch has 1 to %d messages", maxBatch))
	}
	for _, data := range all {
		message, refusal := parseMessage(data)
		if refusal != nil {
			return nil, true, refusal
		}
		messages = append(messages, message)
	}
	return messages, true, nil
}

func malformed(code int, message string) *Refusal {
	return &Refusal{Status: http.StatusBadRequest, Code: code, Message: message}
}

func parseMessage(data []byte) (m Message, refusal *Refusal) {
	members, err := object(data)
	switch {
	case err == errDuplicate:
		return m, malformed(CodeInvalidRequest, "the message has a member twice")
	case err == errNoObject:
		return m, malformed(CodeInvalidRequest, "the message is not an object")
	case err != nil:
		return m, malformed(CodeParse, "the body is not valid JSON")
	}
	id, hasID := members["id"]
	if hasID && !validID(id) {
		return m, malformed(CodeInvalidRequest, "id is neither a string nor an integer within 2^53")
	}
	m = Message{ID: id, Params: members["params"]}
	if bytes.Equal(m.Params, []byte("null")) {
		m.Params = nil
	}
	invalid := func(why string) (Message, *Refusal) {
		r := malformed(CodeInvalidRequest, why)
		r.ID = id
		return m, r
	}
	if text(members["jsonrpc"]) != "2.0" {
		return invalid(`jsonrpc is not "2.0"`)
	}
	_, hasResult := members["result"]
	_, hasError := members["error"]
	if method, ok := members["method"]; ok {
		if m.Method = text(method); m.Method == "" || hasResult || hasError {
			return invalid("method is not a name, or the message has a result too")
		}
	} else if !hasID || hasResult == hasError {
		return invalid("the message is neither a request nor a response")
	}
	if m.Params == nil {
		return m, nil
	}
	if m.members, err = object(m.Params); err != nil {
		return invalid("params is not an object, or has a member twice")
	}
	return m, nil
}

var (
	errDuplicate = fmt.Errorf("a member twice")
	errNoObject  = fmt.Errorf("not an object")
)

// object returns the members of the JSON object in data. Names are compared to the
// byte, as the SDK does it and encoding/json does not for structs.
func object(data []byte) (map[string]json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	begin, err := d.Token()
	if err != nil {
		return nil, err
	}
	if begin != json.Delim('{') {
		if !json.Valid(data) {
			return nil, io.ErrUnexpectedEOF
		}
		return nil, errNoObject
	}
	members := make(map[string]json.RawMessage)
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
		if _, twice := members[name.(string)]; twice {
			return nil, errDuplicate
		}
		members[name.(string)] = value
	}
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, io.ErrUnexpectedEOF
	}
	return members, nil
}

// maxID is the largest integer that survives a number of JavaScript, or of the SDK.
const maxID = 1<<53 - 1

// validID reports whether every reader of the id sees the same one.
func validID(id json.RawMessage) bool {
	if len(id) > 0 && id[0] == '"' {
		return true
	}
	n, err := strconv.ParseInt(string(id), 10, 64)
	return err == nil && -maxID <= n && n <= maxID && id[0] != '+'
}

// depth is how deep JSON is nested, also if it is none.
func depth(data []byte) (deepest int) {
	level, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			level++
			deepest = max(deepest, level)
		case c == '}' || c == ']':
			level--
		}
	}
	return deepest
}

// Encode is the message as JSON, if it has a method. One without params gets empty
// ones: there are methods for which the SDK crashes without them.
func (m *Message) Encode() ([]byte, error) {
	params := m.Params
	if params == nil {
		params = json.RawMessage("{}")
	}
	return json.Marshal(struct {
		JSONRPC string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id,omitempty"`
		Method  string          `json:"method"`
		Params  json.RawMessage `json:"params"`
	}{JSONRPC: "2.0", ID: m.ID, Method: m.Method, Params: params})
}

// Replace changes a member of the params, which have to be there.
func (m *Message) Replace(name, value string) (err error) {
	if m.members[name], err = json.Marshal(value); err != nil {
		return err
	}
	m.Params, err = json.Marshal(m.members)
	return err
}
