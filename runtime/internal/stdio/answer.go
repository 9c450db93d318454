package stdio

import (
	"context"
	"errors"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"

	"github.com/mcpgen/mcpgen/runtime/internal/oneshot"
)

// shuttingDown is the answer to calls that come too late.
const shuttingDown = "the server is shutting down"

// errNoAnswer is the answer to a call that the SDK cannot write an answer to.
var errNoAnswer = errors.New("internal error")

// send sends a message that is no response.
func (m *mux) send(ctx context.Context, message jsonrpc.Message) error {
	if err := ctx.Err(); err != nil {
		return err // the context of what a handler sends is its own: the call was cancelled
	}
	line, err := jsonrpc.EncodeMessage(message)
	if err != nil {
		return err
	}
	return m.out.write(line)
}

// write sends a notification that is not the SDK's.
func (m *mux) write(ctx context.Context, _ string, line []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return m.out.write(line)
}

// sender is what the session of a modern call sends with.
func (m *mux) sender(c *call) oneshot.Send {
	return func(ctx context.Context, message jsonrpc.Message) error {
		if response, ok := message.(*jsonrpc.Response); ok {
			return m.reply(c, response)
		}
		return m.send(ctx, message)
	}
}

// replyLegacy sends what the legacy session responds.
func (m *mux) replyLegacy(response *jsonrpc.Response) error {
	m.mu.Lock()
	c := m.calls[response.ID]
	m.mu.Unlock()
	if c == nil {
		return nil
	}
	defer m.leave(c.lane)
	return m.reply(c, response)
}

// reply answers a call, unless it was cancelled.
func (m *mux) reply(c *call, response *jsonrpc.Response) error {
	if !m.claim(c, response) {
		return nil
	}
	response.Error = m.wireError(c, response.Error)
	line, err := jsonrpc.EncodeMessage(response)
	if err == nil {
		err = m.out.write(line)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.settle(c)
	return err
}

// claim reports whether a call is to be answered. From then on its id is free.
func (m *mux) claim(c *call, response *jsonrpc.Response) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.calls[c.request.ID] == c {
		delete(m.calls, c.request.ID)
	} else {
		return false
	}
	if c.settled {
		return false
	}
	if c.request.Method == initialize && !c.modern && response.Error == nil {
		m.initialized = true
	}
	return true
}

// wireError gives a code to those errors of the SDK that have none.
func (m *mux) wireError(c *call, err error) error {
	var coded *jsonrpc.Error
	if err == nil || errors.As(err, &coded) {
		return err
	}
	code := int64(jsonrpc.CodeInternalError)
	m.mu.Lock()
	defer m.mu.Unlock()
	if !c.modern && (!m.initialized || c.request.Method == initialize) {
		code = jsonrpc.CodeInvalidRequest // too early, or for the second time
	}
	return &jsonrpc.Error{Code: code, Message: err.Error()}
}

// cancel ends a call that the client does not want any more. It is not answered.
func (m *mux) cancel(id jsonrpc.ID, notification *jsonrpc.Request) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := m.calls[id]
	if c == nil || c.request.Method == initialize { // which the specification excepts
		return
	}
	if c.modern || !c.started && c.lane == counted {
		delete(m.calls, id) // there will be no response to recognise
	}
	switch {
	case c.session != nil:
		c.session.Cancel()
	case !c.modern && m.legacy != nil:
		m.legacy.deliver(notification)
	}
	m.settle(c)
}

// settle notes that a call has been answered, or never will be. The lock is held.
func (m *mux) settle(c *call) {
	if c.settled {
		return
	}
	c.settled = true
	m.answered++
	if c.lane != endless {
		m.unanswered--
	}
	m.changed.Broadcast()
}
