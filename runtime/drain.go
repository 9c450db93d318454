package runtime

import (
	"context"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// drainingTransport makes up for how the SDK ends a session: as soon as its input
// ends it cancels all calls and drops even the answers that are ready. The
// connection of a drainingTransport keeps the end of the input to itself until the
// requests that were read have been answered. It ends the input also when stop
// ends.
type drainingTransport struct {
	mcp.Transport
	stop  context.Context
	abort func()        // ends the contexts of running calls
	ended chan struct{} // closed when the SDK is told of the end
}

func (t *drainingTransport) Connect(ctx context.Context) (mcp.Connection, error) {
	c, err := t.Transport.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &drainingConnection{Connection: c, transport: t, pending: make(map[jsonrpc.ID]struct{})}, nil
}

type drainingConnection struct {
	mcp.Connection
	transport *drainingTransport

	mu       sync.Mutex
	pending  map[jsonrpc.ID]struct{} // requests without an answer
	answered chan struct{}           // made when the input ends; closed, and nil again, when pending is empty
}

// Read is called by one goroutine only.
func (c *drainingConnection) Read(context.Context) (jsonrpc.Message, error) {
	message, err := c.Connection.Read(c.transport.stop)
	if err != nil {
		c.drain()
		close(c.transport.ended)
		return nil, err
	}
	if request, ok := message.(*jsonrpc.Request); ok && request.IsCall() && request.Method != listenMethod {
		c.mu.Lock()
		c.pending[request.ID] = struct{}{}
		c.mu.Unlock()
	}
	return message, nil
}

// listenMethod is the request that is answered only when the client cancels it.
const listenMethod = "subscriptions/listen"

func (c *drainingConnection) Write(ctx context.Context, message jsonrpc.Message) error {
	err := c.Connection.Write(ctx, message)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		clear(c.pending) // nobody reads the answers
	}
	if response, ok := message.(*jsonrpc.Response); ok {
		delete(c.pending, response.ID)
	}
	c.announce()
	return err
}

// announce closes answered, if there is nothing to wait for. The lock is held.
func (c *drainingConnection) announce() {
	if c.answered != nil && len(c.pending) == 0 {
		close(c.answered)
		c.answered = nil
	}
}

// allAnswered returns a channel that is closed once every request has been
// answered. It is called once no more requests are read.
func (c *drainingConnection) allAnswered() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	answered := make(chan struct{})
	c.answered = answered
	c.announce()
	return answered
}

// drain waits until every request has been answered, and makes calls end if that
// takes too long.
func (c *drainingConnection) drain() {
	answered := c.allAnswered()
	ctx, cancel := context.WithTimeout(c.transport.stop, drainGrace)
	defer cancel()
	select {
	case <-answered:
		return
	case <-ctx.Done():
	}
	c.transport.abort()
	waitFor(answered, unwindGrace)
}
