package frame

import (
	"crypto/rand"
	"encoding/json"
)

// Aside is the member of a request's _meta that holds what the SDK's types have no
// place for: the task of a tools/call, and the taskIds of a subscriptions/listen.
// Nobody outside of this process can know its name.
var Aside = "mcpgen/" + rand.Text()

// needParams are the methods that the SDK refuses without params, each transport in
// its own way. They are refused here.
var needParams = map[string]bool{
	"initialize":            true,
	"subscriptions/listen":  true,
	"tools/call":            true,
	"prompts/get":           true,
	"resources/read":        true,
	"resources/subscribe":   true,
	"resources/unsubscribe": true,
	"completion/complete":   true,
	"logging/setLevel":      true,
}

// correct changes a message that the SDK would misread.
//
// Without params, methods that users add to the SDK's server would get a nil
// pointer, and the first use of it would end the process; so there are always some.
//
// A client that asks the handshake for a version that has none would be offered an
// older one, and the session then be treated as if it were of the version that was
// asked for; so it asks for the last version that has one.
//
// What the SDK would drop moves to where it survives, see [Aside].
func (m *Message) correct() {
	switch {
	case m.Params == nil:
		m.Params, m.text = json.RawMessage("{}"), nil
	case m.Method == "initialize" && !m.IsModern() && textOf(m.known.protocolVersion) >= Modern:
		m.replace("protocolVersion", []byte(`"`+Legacy+`"`))
	case m.Method == "tools/call" && m.known.task != nil:
		m.setAside(m.known.task)
	case m.Method == "subscriptions/listen" && m.known.taskIDs != nil:
		m.setAside(m.known.taskIDs)
	}
}

// setAside adds a value to the _meta of the params, if that is an object or missing;
// otherwise the SDK refuses the message.
func (m *Message) setAside(value json.RawMessage) {
	var meta map[string]json.RawMessage
	if m.known.meta != nil && json.Unmarshal(m.known.meta, &meta) != nil {
		return
	}
	if meta == nil {
		meta = make(map[string]json.RawMessage)
	}
	meta[Aside] = value
	text, err := json.Marshal(meta)
	if err != nil {
		panic(err) // the values are of a text whose syntax is right
	}
	m.replace("_meta", text)
}

// replace replaces the text of a member of the params.
func (m *Message) replace(name string, text json.RawMessage) {
	var params map[string]json.RawMessage
	err := json.Unmarshal(m.Params, &params)
	if err == nil {
		params[name] = text
		m.Params, err = json.Marshal(params)
	}
	if err != nil {
		panic(err) // the params are an object whose syntax is right
	}
	m.text = nil
}
