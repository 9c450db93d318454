package runtime

import (
	"context"
	"net/http"
	"strings"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/mcpgen/mcpgen/runtime/internal/httpx"
	"github.com/mcpgen/mcpgen/runtime/internal/notify"
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
	guard, err := newGuard(s.auth, s.log, &s.panics)
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
	text, release, refusal := f.bodies.Read(w, r)
	defer release()
	if refusal != nil {
		refusal.Write(w)
		return
	}
	body, malformed := frame.ParseBody(text, hasBatches(r))
	if malformed != nil {
		refuse(malformed).Write(w)
		return
	}
	p := newPost(r, body)
	refusal = f.servePost(w, p)
	if refusal == nil {
		return
	}
	if refusal.ID == nil && !p.Batch && len(p.calls) == 1 {
		refusal.ID = p.calls[0]
	}
	refusal.Write(w)
}

// refuse answers a body that is no message.
func refuse(r *frame.Refusal) *httpx.Refusal {
	return &httpx.Refusal{Status: http.StatusBadRequest, Code: int(r.Code), Message: r.Message, ID: r.ID}
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
	out.Live(f.limits.KeepAlive) // until then, errors have a status of their own
	p.r = p.r.WithContext(notify.With(p.r.Context(), func(_ context.Context, _ string, message []byte) error {
		return out.Notify(message)
	}))
	f.modern.ServeHTTP(out, p.request())
	return nil
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
