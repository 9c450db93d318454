package frame

import "encoding/json"

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
func (m *Message) correct() {
	switch {
	case m.Params == nil:
		m.Params, m.text = json.RawMessage("{}"), nil
	case m.Method == "initialize" && !m.IsModern() && textOf(m.known.protocolVersion) >= Modern:
		m.replace("protocolVersion", `"`+Legacy+`"`)
	}
}

// replace replaces the text of a member of the params.
func (m *Message) replace(name, text string) {
	var params map[string]json.RawMessage
	err := json.Unmarshal(m.Params, &params)
	if err == nil {
		params[name] = json.RawMessage(text)
		m.Params, err = json.Marshal(params)
	}
	if err != nil {
		panic(err) // the params are an object whose syntax is right
	}
	m.text = nil
}
