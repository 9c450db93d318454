package taskclient

import (
	"context"
	"encoding/json"
	"strings"
	"sync"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// extension is how 2026-07-28 names tasks.
const extension = "io.modelcontextprotocol/tasks"

// capabilities is the member of a request's _meta that says what its client can do.
const capabilities = "io.modelcontextprotocol/clientCapabilities"

// An exchange is a request whose parameters get what the SDK's types have no place
// for, and whose response is wanted as it was written. It travels in the context
// that the SDK is given, down to where the request is a message, see [tap].
type exchange struct {
	task any // params.task of a legacy request; nil for none

	mu       sync.Mutex
	response *jsonrpc.Response // the last one
	closed   bool              // it concerns no further request
	over     chan struct{}     // closed when there is a response, or will never be one
}

type exchangeKey struct{}

func newExchange() *exchange { return &exchange{over: make(chan struct{})} }

// with has the SDK carry e to the messages that it sends with the context.
func (e *exchange) with(ctx context.Context) context.Context {
	return context.WithValue(ctx, exchangeKey{}, e)
}

// exchangeOf returns the exchange of a context, or nil.
func exchangeOf(ctx context.Context) *exchange {
	e, _ := ctx.Value(exchangeKey{}).(*exchange)
	if e == nil {
		return nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil
	}
	return e
}

// private is a context for code of others, whose requests are none of ours.
func private(ctx context.Context) context.Context {
	return context.WithValue(ctx, exchangeKey{}, (*exchange)(nil))
}

// end notes a response, or with nil that there is none.
func (e *exchange) end(response *jsonrpc.Response) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if response != nil {
		e.response = response
	}
	select {
	case <-e.over:
	default:
		close(e.over)
	}
}

// close says that the request is done, whatever its context is used for afterwards,
// and returns the result as it was written.
func (e *exchange) close() json.RawMessage {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	if e.response == nil {
		return nil
	}
	return e.response.Result
}

// amend adds to a request what the SDK could not.
func (e *exchange) amend(r *jsonrpc.Request) (_ *jsonrpc.Request, err error) {
	params := r.Params
	if e.task != nil {
		params, err = set(params, e.task, "task")
	} else if modern(params) {
		params, err = set(params, struct{}{}, "_meta", capabilities, "extensions", extension)
	}
	return &jsonrpc.Request{ID: r.ID, Method: r.Method, Params: params}, err
}

// modern reports whether params are those of a request of 2026-07-28 or later.
func modern(params json.RawMessage) bool {
	var p struct {
		Meta struct {
			Version string `json:"io.modelcontextprotocol/protocolVersion"`
		} `json:"_meta"`
	}
	return json.Unmarshal(params, &p) == nil && p.Meta.Version >= frame.Modern
}

// set returns an object with the member at the end of the path replaced or added.
func set(object json.RawMessage, value any, path ...string) (json.RawMessage, error) {
	if len(path) == 0 {
		return json.Marshal(value)
	}
	members := make(map[string]json.RawMessage)
	if len(object) > 0 && string(object) != "null" {
		if err := json.Unmarshal(object, &members); err != nil {
			return nil, err
		}
	}
	var err error
	if members[path[0]], err = set(members[path[0]], value, path[1:]...); err != nil {
		return nil, err
	}
	return json.Marshal(members)
}

// taskID is the task that a request is about, which proxies are told by a header; ""
// if it is about none.
func taskID(r *jsonrpc.Request) string {
	var p struct {
		TaskID string `json:"taskId"`
	}
	if !strings.HasPrefix(r.Method, "tasks/") || json.Unmarshal(r.Params, &p) != nil {
		return ""
	}
	return p.TaskID
}
