package runtime

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// CallTool calls another tool of the server and returns its result:
//
//	func Album(ctx context.Context, call *runtime.Call, names []string) ([]Picture, error) {
//		…
//		picture, err := runtime.CallTool[Picture](ctx, call, "shrink", map[string]any{"name": name})
//
// If call is a task or may become one, and the tool can run as a task, it does: as a
// child task, wherever there is a worker for it, with its own time to live, timeout
// and retries. Meanwhile call occupies no worker and its own timeout stands still.
// When call is started again, after its worker was lost, it finds the children that
// it had started with the same arguments, and their results. Otherwise the tool is
// simply called, as a function is. Goroutines call several tools at a time.
//
// The tool sees the caller, the header and the _meta of call, needs the same scopes
// as ever, and may ask its questions: they reach the client as those of call. If call
// is cancelled or fails, so do its children. Tools call each other at most eight deep.
//
// The arguments encode as a JSON object by encoding/json, and are checked as those of
// a client; nil stands for none. The result decodes by encoding/json into a T: from
// the structured content, or from its member "result" if the tool returns no object,
// or from the text if T is a string. A *[Result] takes all there is. The error is the
// tool's, for the client to see: one that names the tool, or a [ProtocolError].
func CallTool[T any](ctx context.Context, call *Call, tool string, arguments any) (T, error) {
	var out T
	result, err := call.callTool(ctx, tool, arguments)
	if err == nil {
		err = result.decode(&out)
	}
	if err != nil {
		return out, childError(tool, err)
	}
	return out, nil
}

// maxDepth is how deep tools call each other.
const maxDepth = 8

// errTooDeep is about tools that call each other without end.
var errTooDeep = fmt.Errorf("tools that call each other do so at most %d deep", maxDepth)

// children is what a call knows of the tools that it has called.
type children struct {
	depth int // of the call itself, 0 if a client made it

	mu      sync.Mutex
	started map[string]int // how often each was started with the same arguments
}

// name tells the children of a call apart, also if the call is made again: by what
// they are to do and, if that is the same, by their number.
func (c *children) name(tool string, arguments []byte) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.started == nil {
		c.started = make(map[string]int)
	}
	what := string(digest(tool, string(canonical(arguments))))
	c.started[what]++
	return fmt.Sprintf("%x-%d", what, c.started[what])
}

// callTool calls a tool, as a task of its own if it can.
func (c *Call) callTool(ctx context.Context, name string, arguments any) (*Result, error) {
	own := c.asking.context()
	if own == nil {
		return nil, errCallOver
	}
	ctx, stop := within(ctx, own)
	defer stop()
	t := c.server.tool(name)
	if t == nil {
		return nil, fmt.Errorf("there is no such tool")
	}
	if c.children.depth >= maxDepth {
		return nil, errTooDeep
	}
	data, err := json.Marshal(arguments)
	if err != nil {
		return nil, err
	}
	child := c.child(t, data)
	if err := t.allows(c.server, child); err != nil {
		return nil, err
	}
	call, err := t.prepare.run(child, t.Name, data)
	if err != nil {
		return nil, err
	}
	if c.run != nil && t.Task != TaskForbidden {
		return c.server.tasks.callChild(ctx, c, child, t)
	}
	if t.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, t.Timeout, &timeoutError{t.Timeout})
		defer cancel()
	}
	result, err := perform(ctx, c.server, child, heedful(call))
	switch {
	case err == nil || errors.Is(err, ErrInputRequired):
		return result, err
	case own.Err() != nil:
		return nil, context.Cause(own)
	}
	return failedTool(err)
}

// tool finds a tool, also one that is hidden from clients.
func (s *Server) tool(name string) *tool {
	for _, r := range s.registrations {
		if r.tool != nil && r.name == name {
			return r.tool
		}
	}
	return nil
}

// child is the call of another tool on behalf of c.
func (c *Call) child(t *tool, arguments []byte) *Call {
	if bytes.Equal(arguments, []byte("null")) {
		arguments = []byte("{}")
	}
	meta := maps.Clone(c.Meta())
	delete(meta, "progressToken") // which is that of c
	child := c.server.newCall("tool", t.Name, "", &childRequest{c.request, &mcp.CallToolParamsRaw{Name: t.Name, Arguments: arguments, Meta: meta}})
	child.children.depth = c.children.depth + 1
	child.asking.asker = parentAsker{c}
	return child
}

// childRequest is a request as another tool sees it.
type childRequest struct {
	request
	params *mcp.CallToolParamsRaw
}

func (r *childRequest) GetParams() mcp.Params { return r.params }

// parentAsker asks by the call on whose behalf a tool is called.
type parentAsker struct{ parent *Call }

func (a parentAsker) ask(ctx context.Context, q question) (answer, error) {
	return a.parent.ask(ctx, q)
}

// childError is the error of a tool for the one that called it. The client may see it.
func childError(tool string, err error) error {
	var wire *jsonrpc.Error
	if errors.As(err, &wire) {
		return &ProtocolError{Code: wire.Code, Message: wire.Message, Data: wire.Data}
	}
	var hidden *providerError
	if errors.As(err, &hidden) {
		return err
	}
	return Errorf("tool %s: %w", tool, err)
}
