package runtime

import (
	"net/http"
	"slices"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/mcpgen/mcpgen/runtime/internal/httpx"
	"github.com/modelcontextprotocol/go-sdk/auth"
)

// enter counts a request in, if there is room for it. Pings, notifications and
// answers need none, so that a server that has no room for more can still be told
// to do less.
func (f *front) enter(p *post) (leave func(), refusal *httpx.Refusal) {
	if p.has(listenMethod) {
		return f.enterStream(p.r)
	}
	if !slices.ContainsFunc(p.Messages, func(m frame.Message) bool { return m.IsCall() && m.Method != pingMethod }) {
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
