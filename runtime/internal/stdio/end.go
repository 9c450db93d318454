package stdio

import (
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"

	"github.com/mcpgen/mcpgen/runtime/internal/oneshot"
	"github.com/mcpgen/mcpgen/runtime/internal/wait"
)

// whenQuiet returns a channel that is closed once no call is to be answered, with
// endless ones or without, and the client has taken all answers.
func (m *mux) whenQuiet(withEndless bool) <-chan struct{} {
	quiet := make(chan struct{})
	go func() {
		defer close(quiet)
		m.mu.Lock()
		defer m.mu.Unlock()
		for !m.over && (m.unanswered > 0 || withEndless && m.started[endless] > 0 || !m.out.empty()) {
			m.changed.Wait()
		}
	}()
	return quiet
}

// end ends all calls, answers them as far as they end in time, and ends the
// sessions.
func (m *mux) end(abort func()) {
	if m.busy() && abort != nil {
		abort()
	}
	m.stop()
	quiet := wait.For(m.whenQuiet(true), UnwindGrace)
	m.out.close()
	if ended := m.endSessions(); quiet {
		wait.For(ended, SessionGrace)
	}
}

// busy reports whether there are calls without an answer.
func (m *mux) busy() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.unanswered > 0
}

// stop starts no more calls, and ends the contexts of those that have started.
func (m *mux) stop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ending = true
	for _, c := range m.calls {
		switch {
		case c.session != nil:
			c.session.Finish()
		case c.lane == counted && !c.started:
			m.turnAway(c)
		case !c.modern && m.legacy != nil:
			m.legacy.deliver(oneshot.Cancellation(c.request.ID))
		}
	}
	m.queue = nil
	m.changed.Broadcast()
}

// turnAway answers a call that has not had its turn, if there is room for the
// answer. The lock is held.
func (m *mux) turnAway(c *call) {
	response := &jsonrpc.Response{
		ID:    c.request.ID,
		Error: &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: shuttingDown},
	}
	if line, err := jsonrpc.EncodeMessage(response); err == nil {
		m.out.offer(line)
	}
	delete(m.calls, c.request.ID)
	m.settle(c)
}

// endSessions ends the sessions, whose handlers have had their time. The channel is
// closed when all handlers have returned.
func (m *mux) endSessions() <-chan struct{} {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.over = true
	m.changed.Broadcast()
	for _, c := range m.calls {
		if c.session != nil {
			c.session.Cancel()
		}
	}
	l := m.legacy
	if l != nil {
		l.Close()
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		m.sessions.Wait()
		if l != nil {
			<-l.done
		}
	}()
	return ended
}
