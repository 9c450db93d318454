// Package oneshot serves a single message by a session of its own, which is how
// the protocol works from version 2026-07-28 on: what a client can do is said by
// each request, and a subscription belongs to the request that asked for it. The
// SDK keeps both by session.
package oneshot

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Send sends a message to the client: notifications, and at last the response. It
// may be called concurrently, and not any more once a session is done.
type Send func(context.Context, jsonrpc.Message) error

// A Session serves one message.
type Session struct {
	request *jsonrpc.Request
	send    Send

	finish   chan struct{} // closed to end the request with an answer
	finished sync.Once
	over     chan struct{} // closed when nothing more is to be read or sent
	overOnce sync.Once
	done     chan struct{} // closed when the SDK's session has ended
}

// Start begins to serve a message, which may be a notification. What the context
// holds reaches the handlers, but its end does not: use [Session.Cancel] or
// [Session.Finish].
func Start(ctx context.Context, server *mcp.Server, request *jsonrpc.Request, send Send) (*Session, error) {
	s := &Session{
		request: request,
		send:    send,
		finish:  make(chan struct{}),
		over:    make(chan struct{}),
		done:    make(chan struct{}),
	}
	session, err := server.Connect(context.WithoutCancel(ctx), transport{s}, nil)
	if err != nil {
		return nil, err
	}
	go func() {
		session.Wait()
		close(s.done)
	}()
	return s, nil
}

// Cancel ends the context of the request's handler, and nothing more is sent, not
// even the response.
func (s *Session) Cancel() { s.overOnce.Do(func() { close(s.over) }) }

// Finish ends the context of the request's handler, whose response is sent. It
// ends subscriptions in good order.
func (s *Session) Finish() { s.finished.Do(func() { close(s.finish) }) }

// Done is closed when the handler has returned, after the response has been sent
// or dropped.
func (s *Session) Done() <-chan struct{} { return s.done }

// transport connects the SDK with a session.
type transport struct{ session *Session }

func (t transport) Connect(context.Context) (mcp.Connection, error) {
	return &connection{Session: t.session, finish: t.session.finish}, nil
}

// connection is a Session as the SDK sees it.
type connection struct {
	*Session
	read   bool
	finish <-chan struct{} // nil once it has been heeded
}

// Read is called by one goroutine only. It returns the request, the cancellation
// that Finish asks for, and the end.
func (c *connection) Read(context.Context) (jsonrpc.Message, error) {
	if !c.read {
		c.read = true
		return c.request, nil
	}
	if !c.request.IsCall() {
		return nil, io.EOF // nothing tells when a notification has been handled
	}
	select {
	case <-c.over:
		return nil, io.EOF
	case <-c.finish:
		c.finish = nil
		return Cancellation(c.request.ID), nil
	}
}

// errOver is what the SDK is told when it sends something too late.
var errOver = errors.New("the request is over")

func (c *connection) Write(ctx context.Context, message jsonrpc.Message) error {
	select {
	case <-c.over:
		return errOver
	default:
	}
	err := c.send(ctx, message)
	if _, ok := message.(*jsonrpc.Response); ok {
		c.Cancel()
	}
	return err
}

func (c *connection) Close() error {
	c.Cancel()
	return nil
}

func (c *connection) SessionID() string { return "" }

// Cancellation is the notification that cancels a request.
func Cancellation(id jsonrpc.ID) *jsonrpc.Request {
	params, err := json.Marshal(map[string]any{"requestId": id.Raw()})
	if err != nil {
		panic(err) // an id is a string or an integer
	}
	return &jsonrpc.Request{Method: "notifications/cancelled", Params: params}
}
