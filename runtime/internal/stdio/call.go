package stdio

import (
	"encoding/json"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/mcpgen/mcpgen/runtime/internal/oneshot"
)

// Names of methods that are treated in their own way.
const (
	initialize = "initialize"
	ping       = "ping"
	cancelled  = "notifications/cancelled"
	listen     = "subscriptions/listen"
)

// A call is a request that has not been answered.
type call struct {
	request *jsonrpc.Request
	size    int // of its line
	lane    lane
	modern  bool

	// The multiplexer's lock is held for the rest.

	session *oneshot.Session // of a modern call that has started
	started bool             // it has had its turn
	settled bool             // it has been answered, or never will be
}

// lane says how a call is limited.
type lane uint8

const (
	counted lane = iota // it waits for its turn
	express             // it is quick, and must not wait for others
	endless             // it ends when the client wants it to, or with the stream
	lanes               // their number
)

func newCall(request *jsonrpc.Request, size int) *call {
	c := &call{request: request, size: size, modern: frame.IsModern(request.Params)}
	switch {
	case c.modern && request.Method == listen:
		c.lane = endless
	case !c.modern && (request.Method == initialize || request.Method == ping):
		c.lane = express
	}
	if !c.modern {
		c.request = legacyRequest(request)
	}
	c.request.Params = presentParams(c.request)
	return c
}

// legacyRequest keeps a client from asking the handshake for a version that has
// none: the SDK would negotiate an older one, and then treat the session as if it
// were of the version that was asked for.
func legacyRequest(r *jsonrpc.Request) *jsonrpc.Request {
	if r.Method != initialize {
		return r
	}
	var version string
	if json.Unmarshal(frame.Member(r.Params, "protocolVersion"), &version) != nil || version < frame.Modern {
		return r
	}
	var params map[string]json.RawMessage
	if json.Unmarshal(r.Params, &params) != nil {
		return r
	}
	params["protocolVersion"] = json.RawMessage(`"2025-11-25"`)
	text, err := json.Marshal(params)
	if err != nil {
		return r
	}
	r.Params = text
	return r
}

// needParams are the methods that the SDK refuses without params.
var needParams = map[string]bool{
	initialize:              true,
	listen:                  true,
	"tools/call":            true,
	"prompts/get":           true,
	"resources/read":        true,
	"resources/subscribe":   true,
	"resources/unsubscribe": true,
	"completion/complete":   true,
	"logging/setLevel":      true,
}

// presentParams are the params of a request, empty ones if it has none. Methods
// that users add to the SDK's server would get a nil pointer, and the first use of
// it would end the process.
func presentParams(r *jsonrpc.Request) json.RawMessage {
	if len(r.Params) == 0 && !needParams[r.Method] {
		return json.RawMessage("{}")
	}
	return r.Params
}
