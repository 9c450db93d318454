package stdio

import (
	"context"
	"io"
	"slices"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/mcpgen/mcpgen/runtime/internal/notify"
)

// mailboxLimit is how many messages wait for the legacy session before the input
// does.
const mailboxLimit = 1024

// legacy is the one session of a client of an older version. It is a connection
// for the SDK, which reads from its mailbox.
type legacy struct {
	mux  *mux
	done chan struct{} // closed when the SDK's session has ended

	mu      sync.Mutex
	changed sync.Cond
	mailbox []jsonrpc.Message
	closed  bool
}

// newLegacy begins a session. It is made when the first legacy message comes,
// since the SDK sends notifications to every session there is.
func newLegacy(m *mux) (*legacy, error) {
	l := &legacy{mux: m, done: make(chan struct{})}
	l.changed.L = &l.mu
	session, err := m.server.Connect(notify.With(m.ctx, m.write), l, nil)
	if err != nil {
		return nil, err
	}
	go func() {
		session.Wait()
		close(l.done)
	}()
	return l, nil
}

// deliver puts a message into the mailbox. It does not wait.
func (l *legacy) deliver(message jsonrpc.Message) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mailbox = append(l.mailbox, message)
	l.changed.Broadcast()
}

// awaitRoom waits while the mailbox is full.
func (l *legacy) awaitRoom() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for !l.closed && len(l.mailbox) >= mailboxLimit {
		l.changed.Wait()
	}
}

// Connect makes l the transport of its session.
func (l *legacy) Connect(context.Context) (mcp.Connection, error) { return l, nil }

func (l *legacy) Read(context.Context) (jsonrpc.Message, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for !l.closed && len(l.mailbox) == 0 {
		l.changed.Wait()
	}
	if l.closed {
		return nil, io.EOF
	}
	message := l.mailbox[0]
	l.mailbox = slices.Delete(l.mailbox, 0, 1)
	l.changed.Broadcast()
	return message, nil
}

// Write sends what the SDK sends.
func (l *legacy) Write(ctx context.Context, message jsonrpc.Message) error {
	if response, ok := message.(*jsonrpc.Response); ok {
		return l.mux.replyLegacy(response)
	}
	return l.mux.send(ctx, message)
}

func (l *legacy) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	l.changed.Broadcast()
	return nil
}

func (l *legacy) SessionID() string { return "" }
