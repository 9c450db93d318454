package stdio

import (
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

func newCall(message *frame.Message, size int) *call {
	c := &call{request: message.Request(), size: size, modern: message.IsModern()}
	switch {
	case c.modern && message.Method == listen:
		c.lane = endless
	case !c.modern && (message.Method == initialize || message.Method == ping):
		c.lane = express
	}
	return c
}
