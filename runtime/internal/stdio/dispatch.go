package stdio

import (
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/mcpgen/mcpgen/runtime/internal/notify"
	"github.com/mcpgen/mcpgen/runtime/internal/oneshot"
)

// Limits of what a client can make the server hold.
const (
	maxLine    = 16 << 20 // bytes of a message
	maxRunning = 512      // calls at a time; others wait for their turn
	maxQueued  = 16 << 20 // bytes of calls that wait for their turn; then the input waits
	callCosts  = 512      // bytes that such a call costs beyond its line
	maxExpress = 1024     // messages at a time that do not wait for their turn; then the input waits
	maxEndless = 64       // subscriptions at a time; others are refused
)

// accept takes a call, and waits if the client has sent too many.
func (m *mux) accept(c *call) {
	if c.lane == express && !m.enterExpress() {
		return
	}
	if reason := m.enter(c); reason != "" {
		if c.lane == express {
			m.leave(express)
		}
		m.refuse(&frame.Refusal{Code: jsonrpc.CodeInvalidRequest, Message: reason})
		return
	}
	if c.lane != counted {
		m.start(c)
		return
	}
	m.enqueue(c)
}

// enterExpress waits until there is room for a message that does not wait for its
// turn. It reports whether the server still takes any.
func (m *mux) enterExpress() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for !m.ending && m.started[express] >= maxExpress {
		m.changed.Wait()
	}
	if m.ending {
		return false
	}
	m.started[express]++
	return true
}

// enter enters a call into the books, unless there is a reason against it.
func (m *mux) enter(c *call) (reason string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	id := c.request.ID
	switch {
	case m.ending:
		return shuttingDown
	case m.calls[id] != nil:
		return fmt.Sprintf("the request id %v is in use", id.Raw())
	case c.lane == endless && m.started[endless] >= maxEndless:
		return fmt.Sprintf("at most %d subscriptions at a time", maxEndless)
	}
	m.calls[id] = c
	if c.lane == endless {
		m.started[endless]++
	} else {
		m.unanswered++
	}
	return ""
}

// enqueue makes a call wait for its turn.
func (m *mux) enqueue(c *call) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for !m.ending && m.queued > 0 && m.queued+c.size > maxQueued {
		m.changed.Wait()
	}
	m.queue = append(m.queue, c)
	m.queued += c.size + callCosts
	m.changed.Broadcast()
}

// dispatch starts the calls that wait for their turn, as long as there is room for
// them and for their answers.
func (m *mux) dispatch() {
	for {
		c := m.next()
		if c == nil {
			return
		}
		m.start(c)
	}
}

// next waits for a call whose turn it is. It returns nil at the end.
func (m *mux) next() *call {
	m.mu.Lock()
	defer m.mu.Unlock()
	for {
		for !m.ending && (len(m.queue) == 0 || m.started[counted] >= maxRunning || m.out.full()) {
			m.changed.Wait()
		}
		if m.ending {
			return nil
		}
		c := m.queue[0]
		m.queue[0] = nil
		m.queue = m.queue[1:]
		m.queued -= c.size + callCosts
		m.changed.Broadcast()
		if !c.settled { // cancelled while it was waiting
			m.started[counted]++
			c.started = true
			return c
		}
	}
}

// start gives a call to its session.
func (m *mux) start(c *call) {
	if !c.modern {
		if l := m.session(true); l != nil {
			l.deliver(c.request)
		}
		return
	}
	session, err := oneshot.Start(notify.With(m.ctx, m.write), m.server, c.request, m.sender(c))
	if err != nil {
		m.reply(c, &jsonrpc.Response{ID: c.request.ID, Error: err})
		m.leave(c.lane)
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	c.session = session
	switch {
	case m.over:
		session.Cancel()
		return
	case c.settled: // cancelled meanwhile
		session.Cancel()
	case m.ending:
		session.Finish()
	}
	m.sessions.Go(func() {
		<-session.Done()
		m.reply(c, &jsonrpc.Response{ID: c.request.ID, Error: errNoAnswer}) // if the SDK has not
		m.leave(c.lane)
	})
}

// leave makes room after the handler of a message has returned.
func (m *mux) leave(l lane) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.started[l]--
	m.changed.Broadcast()
}
