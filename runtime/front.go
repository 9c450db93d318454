package runtime

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/mcpgen/mcpgen/runtime/internal/httpx"
	"github.com/modelcontextprotocol/go-sdk/auth"
)

// front is what requests over HTTP meet first. It decides whether they may come in,
// whether there is room for them, and which of the SDK's handlers answers them.
type front struct {
	server         *Server
	gate           httpx.Gate
	guard          *guard // nil if anybody may call
	bodies         httpx.Reader
	requests       httpx.Limiter
	streams        httpx.Limiter
	running        gate // requests that are to be answered before the server stops
	modern, legacy http.Handler
	sessions       *sessions
	tools          map[string]*tool
	limits         Limits
}

// newFront returns the front of a server for which everything is registered.
func newFront(s *Server) (*front, error) {
	guard, err := newGuard(s.auth, s.log)
	if err != nil {
		return nil, err
	}
	limits := s.http.Limits.or(defaultLimits)
	f := &front{
		server:   s,
		gate:     httpx.Gate{Hosts: append([]string{httpx.Hostname()}, s.http.Hosts...), Origins: s.http.Origins},
		guard:    guard,
		bodies:   httpx.Reader{MaxBytes: limits.BodyBytes, Timeout: limits.BodyTimeout, Budget: limits.BodyBudget},
		requests: httpx.Limiter{What: "requests", Max: limits.Requests, MaxEach: limits.RequestsEach},
		streams:  httpx.Limiter{What: "streams", Max: limits.Streams, MaxEach: limits.StreamsEach},
		tools:    make(map[string]*tool),
		limits:   limits,
	}
	for _, r := range s.registrations {
		if r.tool != nil {
			f.tools[r.name] = r.tool
		}
	}
	f.modern, f.legacy = newEras(s.sdk)
	f.sessions = newSessions(s.sdk, f.legacy, limits)
	return f, nil
}

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if f.guard != nil && strings.HasPrefix(r.URL.Path, metadataPath) {
		f.guard.metadata.ServeHTTP(w, r)
		return
	}
	if refusal := f.gate.CheckOrigin(r); refusal != nil {
		refusal.Write(w)
		return
	}
	if f.gate.Share(w, r) {
		return
	}
	r, refusal := f.admit(r)
	if refusal != nil {
		refusal.Write(w)
		return
	}
	if r.Method == http.MethodPost {
		f.post(w, r)
		return
	}
	f.other(w, r)
}

// admit finds out who is calling, unless the program has done so. A page that
// reaches the server by a name of its own has no token, so the name matters only if
// nobody else is asked for one.
func (f *front) admit(r *http.Request) (*http.Request, *httpx.Refusal) {
	switch {
	case f.guard != nil:
		return f.guard.admit(r)
	case auth.TokenInfoFromContext(r.Context()) != nil:
		return r, nil
	}
	return r, f.gate.CheckHost(r)
}

// post serves messages.
func (f *front) post(w http.ResponseWriter, r *http.Request) {
	body, release, refusal := f.bodies.Read(w, r)
	defer release()
	if refusal != nil {
		refusal.Write(w)
		return
	}
	messages, batch, refusal := httpx.Parse(body)
	if refusal != nil {
		refusal.Write(w)
		return
	}
	p := &post{r: r, body: body, messages: messages, batch: batch, modern: isModern(r, messages)}
	refusal = f.servePost(w, p)
	if refusal == nil {
		return
	}
	if refusal.ID == nil && !batch && messages[0].IsCall() {
		refusal.ID = messages[0].ID
	}
	refusal.Write(w)
}

// post is a POST request whose messages have been read.
type post struct {
	r        *http.Request
	body     []byte
	messages []httpx.Message
	batch    bool
	modern   bool
}

// calls are the messages that want an answer.
func (p *post) calls() []httpx.Message {
	return slices.DeleteFunc(slices.Clone(p.messages), func(m httpx.Message) bool { return !m.IsCall() })
}

// has reports whether there is a call of the method.
func (p *post) has(method string) bool {
	return slices.ContainsFunc(p.messages, func(m httpx.Message) bool { return m.IsCall() && m.Method == method })
}

// servePost serves messages, or says why not.
func (f *front) servePost(w http.ResponseWriter, p *post) *httpx.Refusal {
	if refusal := p.check(); refusal != nil {
		return refusal
	}
	if refusal := f.checkScopes(p); refusal != nil {
		return refusal
	}
	leave, refusal := f.enter(p)
	if refusal != nil {
		return refusal
	}
	defer leave()
	if !p.modern {
		return f.sessions.serve(w, p, f.writerOptions())
	}
	out := httpx.NewWriter(w, f.writerOptions())
	defer closeAnswer(out, p)
	out.Live()
	f.modern.ServeHTTP(out, p.request())
	return nil
}

// check refuses what the era does not have, and puts right what the SDK misreads.
func (p *post) check() *httpx.Refusal {
	if refusal := checkVersion(p.r); refusal != nil {
		return refusal
	}
	if p.modern {
		header, refusal := httpx.CheckHeaders(p.r.Header)
		if refusal != nil {
			return refusal
		}
		if p.batch || p.messages[0].Method == "" {
			return &httpx.Refusal{Status: http.StatusBadRequest, Message: "the body has to be one request or notification"}
		}
		if m := p.messages[0]; strings.HasPrefix(m.Method, "tasks/") && header.Get(httpx.HeaderName) != m.Text("taskId") {
			return httpx.Mismatch("header mismatch: " + httpx.HeaderName + " is not the taskId of the body") // the SDK does not know the method
		}
		p.r = p.r.Clone(p.r.Context())
		p.r.Header = header.Clone()
		p.r.Header.Del("Last-Event-ID") // of no meaning, but the SDK refuses it
	}
	if p.batch {
		return nil
	}
	m := &p.messages[0]
	rewrite := m.Method != "" && m.Params == nil
	if !p.modern && m.Method == initializeMethod && m.Text("protocolVersion") >= modernVersion {
		// The SDK would negotiate an older version and go on as if it had not.
		if m.Replace("protocolVersion", legacyVersion) == nil {
			rewrite = true
		}
	}
	if rewrite {
		if body, err := m.Encode(); err == nil {
			p.body = body
		}
	}
	return nil
}

// Methods that are not like others.
const (
	initializeMethod = "initialize"
	pingMethod       = "ping"
	callToolMethod   = "tools/call"
)

// request is the request for the SDK's handlers.
func (p *post) request() *http.Request {
	r := p.r.WithContext(p.r.Context())
	r.Body = io.NopCloser(bytes.NewReader(p.body))
	r.ContentLength = int64(len(p.body))
	return r
}

// enter counts a request in, if there is room for it. Pings, notifications and
// answers need none, so that a server that has no room for more can still be told
// to do less.
func (f *front) enter(p *post) (leave func(), refusal *httpx.Refusal) {
	if p.has(listenMethod) {
		return f.enterStream(p.r)
	}
	if !slices.ContainsFunc(p.messages, func(m httpx.Message) bool { return m.IsCall() && m.Method != pingMethod }) {
		return func() {}, nil
	}
	if f.server.calls.count() >= f.limits.Requests { // some of them may have lost their client
		return nil, &httpx.Refusal{Status: http.StatusServiceUnavailable, Code: httpx.CodeInternal, Message: "too many calls are running", RetryAfter: retryAfter}
	}
	return f.enterRequest(p.r)
}

// enterStream counts in a stream of notifications, which may stay for ever.
func (f *front) enterStream(r *http.Request) (leave func(), refusal *httpx.Refusal) {
	if f.server.parting.Err() != nil {
		return nil, stopping()
	}
	return f.streams.Enter(caller(r))
}

// enterRequest counts in a request that is answered before the server stops.
func (f *front) enterRequest(r *http.Request) (leave func(), refusal *httpx.Refusal) {
	limit, refusal := f.requests.Enter(caller(r))
	if refusal != nil {
		return nil, refusal
	}
	if !f.running.enter() {
		limit()
		return nil, stopping()
	}
	return func() {
		f.running.leave()
		limit()
	}, nil
}

// stopping refuses a request that comes too late.
func stopping() *httpx.Refusal {
	return &httpx.Refusal{Status: http.StatusServiceUnavailable, Code: httpx.CodeInternal, Message: errStopped.Error(), RetryAfter: retryAfter}
}

// caller names who is calling, "" if that is not known.
func caller(r *http.Request) string {
	if token := auth.TokenInfoFromContext(r.Context()); token != nil {
		return token.UserID
	}
	return ""
}

// other serves what is no POST: the legacy stream of notifications, and the end of
// a legacy session.
func (f *front) other(w http.ResponseWriter, r *http.Request) {
	if isModern(r, nil) || r.Method != http.MethodGet && r.Method != http.MethodDelete {
		w.Header().Set("Allow", http.MethodPost)
		(&httpx.Refusal{Status: http.StatusMethodNotAllowed, Message: "only POST is allowed here"}).Write(w)
		return
	}
	if refusal := f.serveOther(w, r); refusal != nil {
		refusal.Write(w)
	}
}

func (f *front) serveOther(w http.ResponseWriter, r *http.Request) *httpx.Refusal {
	if r.Method == http.MethodDelete {
		return f.sessions.end(w, r)
	}
	leave, refusal := f.enterStream(r)
	if refusal != nil {
		return refusal
	}
	defer leave()
	return f.sessions.listen(w, r, f.writerOptions())
}

func (f *front) writerOptions() httpx.WriterOptions {
	return httpx.WriterOptions{Stall: f.limits.WriteStall, KeepAlive: f.limits.KeepAlive}
}

// closeAnswer ends the answer to a request. If its client is still there, it is
// told about calls that have no answer.
func closeAnswer(out *httpx.Writer, p *post) {
	var calls []httpx.Message
	if p.r.Context().Err() == nil {
		calls = p.calls()
	}
	out.Close(calls, "the call was not answered because the server or the session has ended")
}

// detached is the context of a request without its end, for what goes on after it.
func detached(r *http.Request) context.Context { return context.WithoutCancel(r.Context()) }
