package stdio

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/mcpgen/mcpgen/runtime/internal/oneshot"
)

// mux connects one stream with sessions of the SDK: one for all that a legacy
// client sends, and one for each modern message.
type mux struct {
	ctx    context.Context // of handlers; it does not end
	server *mcp.Server
	log    *slog.Logger
	out    *writer
	heard  func() // called at the first message

	mu          sync.Mutex
	changed     sync.Cond
	calls       map[jsonrpc.ID]*call
	started     [lanes]int // calls whose handlers have not returned
	queue       []*call
	queued      int // bytes
	unanswered  int // calls, but for endless ones
	received    int // messages
	answered    int // calls, or given up
	legacy      *legacy
	initialized bool           // the legacy session is
	ending      bool           // no more calls are started
	over        bool           // nobody waits for anything any more
	sessions    sync.WaitGroup // of modern messages
}

func newMux(ctx context.Context, server *mcp.Server, o Options) *mux {
	m := &mux{
		ctx:    context.WithoutCancel(ctx),
		server: server,
		log:    o.Log,
		heard:  o.Heard,
		calls:  make(map[jsonrpc.ID]*call),
	}
	m.changed.L = &m.mu
	return m
}

// wake makes those who wait look again.
func (m *mux) wake() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.changed.Broadcast()
}

// read reads messages until the input ends.
func (m *mux) read(lines *frame.Lines) error {
	for {
		line, err := lines.Next()
		if m.isOver() {
			return nil
		}
		switch {
		case errors.Is(err, frame.ErrTooLong), errors.Is(err, frame.ErrTooDeep):
			m.refuse(frame.Unreadable(err))
		case err != nil:
			return err
		default:
			m.take(line)
		}
	}
}

func (m *mux) isOver() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.over
}

// take gives a line to whom it concerns. It waits if that is too much at a time,
// and with it the client.
func (m *mux) take(line []byte) {
	message, refusal := frame.Parse(line)
	if refusal != nil {
		m.refuse(refusal)
		return
	}
	if message == nil {
		return
	}
	m.receive()
	switch {
	case message.IsCall():
		m.accept(newCall(message, len(line)))
	case message.Method != "":
		m.notify(message)
	default:
		m.deliver(message.Response())
	}
}

// deliver gives the legacy session a message, if there is one. It waits while the
// session has too many.
func (m *mux) deliver(message jsonrpc.Message) {
	if l := m.session(false); l != nil {
		l.awaitRoom()
		l.deliver(message)
	}
}

// receive counts a message.
func (m *mux) receive() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.received++; m.received == 1 && m.heard != nil {
		m.heard()
	}
}

// messages returns how many have been received.
func (m *mux) messages() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.received
}

// refuse answers what is no message, or none that is wanted.
func (m *mux) refuse(r *frame.Refusal) {
	m.log.Debug("a message is refused", "reason", r.Message)
	m.out.write(r.Line())
}

// notify handles a notification.
func (m *mux) notify(message *frame.Message) {
	notification := message.Request()
	switch {
	case message.Method == cancelled:
		if id, ok := message.RequestID(); ok {
			m.cancel(id, notification)
		}
	case message.IsModern():
		m.notifyModern(notification)
	default:
		m.deliver(notification)
	}
}

func (m *mux) notifyModern(notification *jsonrpc.Request) {
	if !m.enterExpress() {
		return
	}
	session, err := oneshot.Start(m.ctx, m.server, notification, m.send)
	if err != nil {
		m.leave(express)
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.over {
		session.Cancel()
		return
	}
	m.sessions.Go(func() {
		<-session.Done()
		m.leave(express)
	})
}

// session returns the legacy session. If there is none it begins one if it shall
// and it is not too late, and returns nil otherwise.
func (m *mux) session(begin bool) *legacy {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.legacy == nil && begin && !m.ending {
		l, err := newLegacy(m)
		if err != nil {
			m.log.Error("a session does not begin", "error", err)
			return nil
		}
		m.legacy = l
	}
	return m.legacy
}
