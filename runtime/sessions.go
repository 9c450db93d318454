package runtime

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/mcpgen/mcpgen/runtime/internal/httpx"
	"github.com/mcpgen/mcpgen/runtime/internal/notify"
	"github.com/mcpgen/mcpgen/runtime/internal/wait"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// sessions are those of the legacy era. The SDK keeps any number of them, ends none
// while a call runs, and lets calls run on whose client has gone; so this decides
// how many there are, when they end, and tells the SDK with requests of its own.
type sessions struct {
	server *mcp.Server
	legacy http.Handler
	limits Limits

	mu   sync.Mutex
	byID map[string]*session
	new  int // being initialized
}

// session is one of them.
type session struct {
	id    string
	owner string          // who may use it, "" for anybody who knows the id
	ctx   context.Context // of the request that made it, without its end

	// Guarded by the lock of sessions.
	busy    int // requests and streams that are open
	timer   *time.Timer
	idle    time.Duration
	running map[string]int // calls without an answer, by id
	stream  *httpx.Writer  // for what is not about a request; nil for none
}

func newSessions(server *mcp.Server, legacy http.Handler, limits Limits) *sessions {
	return &sessions{server: server, legacy: legacy, limits: limits, byID: make(map[string]*session)}
}

// serve serves the messages of a POST request.
func (s *sessions) serve(w http.ResponseWriter, p *post, o httpx.WriterOptions) *httpx.Refusal {
	if p.r.Header.Get(httpx.HeaderSession) == "" {
		return s.initialize(w, p, o)
	}
	session, refusal := s.enter(p.r, p.calls...)
	if refusal != nil {
		return refusal
	}
	defer s.leave(session, p.calls...)
	defer context.AfterFunc(p.r.Context(), func() { s.cancel(session, p.calls) })()

	out := httpx.NewWriter(w, o)
	defer closeAnswer(out, p)
	if len(p.calls) > 0 {
		out.Live(liveAfter)
	}
	s.legacy.ServeHTTP(out, p.request())
	return nil
}

// liveAfter is when a client learns that the answer to its call is going to be a
// stream. In this era every answer is one that is not given at once.
const liveAfter = time.Second

// initialize serves the request that makes a session, the only one without one.
func (s *sessions) initialize(w http.ResponseWriter, p *post, o httpx.WriterOptions) *httpx.Refusal {
	if p.Batch || !p.has(initializeMethod) {
		return &httpx.Refusal{Status: http.StatusBadRequest, Message: "the request needs an " + httpx.HeaderSession + " header; initialize gives one"}
	}
	if !s.reserve() {
		return &httpx.Refusal{Status: http.StatusServiceUnavailable, Code: httpx.CodeInternal, Message: "too many sessions are open", RetryAfter: retryAfter}
	}
	defer s.unreserve()
	var id string
	o.Begin = func(h http.Header) { // before the client can use it
		if id = h.Get(httpx.HeaderSession); id != "" {
			s.add(id, p.r)
		}
	}
	out := httpx.NewWriter(w, o)
	defer closeAnswer(out, p)
	p.r = p.r.WithContext(notify.With(p.r.Context(), s.notify)) // all that the session does has this context
	s.legacy.ServeHTTP(out, p.request())
	if id != "" && !s.exists(id) {
		s.forget(id)
	}
	return nil
}

// reserve makes room for one more session, if there is any.
func (s *sessions) reserve() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.byID)+s.new >= s.limits.Sessions {
		return false
	}
	s.new++
	return true
}

func (s *sessions) unreserve() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.new--
}

// add keeps a session that the SDK has made.
func (s *sessions) add(id string, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	session := &session{id: id, owner: caller(r), ctx: context.WithoutCancel(r.Context()), idle: s.limits.SessionUnused, running: make(map[string]int)}
	session.timer = time.AfterFunc(session.idle, func() { s.expire(session) })
	s.byID[id] = session
}

// forget removes a session that the SDK has dropped.
func (s *sessions) forget(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if session := s.byID[id]; session != nil {
		s.remove(session)
	}
}

// exists reports whether the SDK has the session. It drops one whose initialization
// fails, without saying so.
func (s *sessions) exists(id string) bool {
	for session := range s.server.Sessions() {
		if session.ID() == id {
			return true
		}
	}
	return false
}

// enter finds the session of a request and keeps it from ending for lack of use.
func (s *sessions) enter(r *http.Request, calls ...json.RawMessage) (*session, *httpx.Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	session, refusal := s.find(r)
	if refusal != nil {
		return nil, refusal
	}
	session.busy++
	session.idle = s.limits.SessionIdle
	session.timer.Stop()
	for _, call := range calls {
		session.running[string(call)]++
	}
	return session, nil
}

// find is for who holds the lock.
func (s *sessions) find(r *http.Request) (*session, *httpx.Refusal) {
	session := s.byID[r.Header.Get(httpx.HeaderSession)]
	switch {
	case session == nil || len(r.Header.Values(httpx.HeaderSession)) > 1:
		return nil, &httpx.Refusal{Status: http.StatusNotFound, Message: "session not found"}
	case session.owner != caller(r):
		return nil, &httpx.Refusal{Status: http.StatusForbidden, Message: "this is the session of somebody else"}
	}
	return session, nil
}

// leave is for who has entered.
func (s *sessions) leave(session *session, calls ...json.RawMessage) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, call := range calls {
		if session.running[string(call)]--; session.running[string(call)] == 0 {
			delete(session.running, string(call))
		}
	}
	if session.busy--; session.busy == 0 && s.byID[session.id] == session {
		session.timer.Reset(session.idle)
	}
}

// listen serves the stream of a session for what is not about one of its requests.
func (s *sessions) listen(w http.ResponseWriter, r *http.Request, o httpx.WriterOptions) *httpx.Refusal {
	session, refusal := s.enter(r)
	if refusal != nil {
		return refusal
	}
	defer s.leave(session)
	out := httpx.NewWriter(w, o)
	defer out.Close(nil, "")
	s.setStream(session, nil, out)
	defer s.setStream(session, out, nil)
	s.legacy.ServeHTTP(out, r)
	return nil
}

// setStream replaces the stream of a session, if it has the one that is expected.
func (s *sessions) setStream(session *session, was, is *httpx.Writer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if session.stream == was {
		session.stream = is
	}
}

// notify sends a message to the client of a session, if it has a stream open for
// what is not about a request.
func (s *sessions) notify(_ context.Context, id string, message []byte) error {
	s.mu.Lock()
	session := s.byID[id]
	var stream *httpx.Writer
	if session != nil {
		stream = session.stream
	}
	s.mu.Unlock()
	switch {
	case session == nil:
		return errors.New("the session is over")
	case stream != nil:
		stream.Notify(message) // it is for the SDK to see that the stream has ended
	}
	return nil
}

// endGrace is how long a client waits for the end of its session. The SDK waits for
// calls, also if they ignore that they are cancelled.
const endGrace = 50 * time.Millisecond

// end ends a session because its client wants it.
func (s *sessions) end(w http.ResponseWriter, r *http.Request) *httpx.Refusal {
	s.mu.Lock()
	session, refusal := s.find(r)
	if refusal != nil {
		s.mu.Unlock()
		return refusal
	}
	calls := s.remove(session)
	s.mu.Unlock()
	wait.For(s.close(session, calls), endGrace)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// expire ends a session that nobody uses.
func (s *sessions) expire(session *session) {
	s.mu.Lock()
	if session.busy > 0 { // since the timer fired
		s.mu.Unlock()
		return
	}
	calls := s.remove(session)
	s.mu.Unlock()
	s.close(session, calls)
}

// remove has no request find the session any more, and returns its calls that have
// no answer. It is for who holds the lock.
func (s *sessions) remove(session *session) (calls []json.RawMessage) {
	session.timer.Stop()
	delete(s.byID, session.id)
	for id := range session.running {
		calls = append(calls, json.RawMessage(id))
	}
	return calls
}

// close cancels the calls of a session, has the SDK end it, and returns a channel
// that is closed when it has.
func (s *sessions) close(session *session, calls []json.RawMessage) <-chan struct{} {
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		s.cancel(session, calls)
		s.tell(session, http.MethodDelete, nil)
	}()
	return closed
}

// cancel cancels calls that nobody waits for any more. Of the legacy versions, only
// those with streams that can be resumed want them to go on, and ours cannot.
func (s *sessions) cancel(session *session, calls []json.RawMessage) {
	for _, call := range calls {
		s.tell(session, http.MethodPost, fmt.Appendf(nil, `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":%s}}`, call))
	}
}

// tell has the SDK serve a request of our own.
func (s *sessions) tell(session *session, method string, body []byte) {
	r, err := http.NewRequestWithContext(session.ctx, method, Path, bytes.NewReader(body))
	if err != nil {
		return
	}
	r.Header.Set(httpx.HeaderSession, session.id)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	s.legacy.ServeHTTP(&unread{header: make(http.Header)}, r)
}

// unread is a response that nobody reads.
type unread struct {
	header http.Header
	status int
}

func (u *unread) Header() http.Header         { return u.header }
func (u *unread) Write(p []byte) (int, error) { return len(p), nil }
func (u *unread) WriteHeader(status int)      { u.status = status }
