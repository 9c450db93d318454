package runtime

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// A Call is one request of a client: for a tool, a prompt or a resource. Functions
// and providers take a *Call to learn about it. It is valid until the call is
// answered, and safe for concurrent use.
type Call struct {
	kind     string // "tool", "prompt", "resource" or "completion"
	name     string
	uri      string
	request  request
	log      *slog.Logger
	scope    Scope
	progress progressState
	asking   asking

	server    *Server
	run       *taskRun // nil unless the call is a task or may become one
	group     group
	clientLog clientLog
	caching   atomic.Pointer[Caching] // nil for what was declared
	children  children

	capable      sync.Once
	capabilities *mcp.ClientCapabilities // once capable is done
}

// request is what the SDK's requests have in common.
type request interface {
	ClientInfo() *mcp.Implementation
	ClientCapabilities() *mcp.ClientCapabilities
	ProtocolVersion() string
	GetExtra() *mcp.RequestExtra
	GetParams() mcp.Params
	GetSession() mcp.Session
}

func (s *Server) newCall(kind, name, uri string, r request) *Call {
	return &Call{
		kind:    kind,
		name:    name,
		uri:     uri,
		request: r,
		log:     s.log,
		scope:   Scope{replacements: s.replacements, log: s.log, panics: &s.panics},
		asking:  asking{keys: s.stateKeys},
		server:  s,
		group:   group{log: s.log, panics: &s.panics},
	}
}

// Kind returns what is asked for: "tool", "prompt", "resource" or "completion".
func (c *Call) Kind() string { return c.kind }

// Name returns the name of the tool, prompt or resource that is asked for, or of
// the argument that is completed.
func (c *Call) Name() string { return c.name }

// URI returns the URI that the client reads, or "" if this is not about a
// resource. Nothing in it is decoded.
func (c *Call) URI() string { return c.uri }

// Scope returns the scope in which the call's values are provided. It ends before
// the call is answered.
func (c *Call) Scope() *Scope { return &c.scope }

// Progress returns what reports the progress of this call.
func (c *Call) Progress() Progress { return Progress{c} }

// Logger returns the server's logger with the name of what is called as an
// attribute. What it writes is for operators and does not reach the client.
func (c *Call) Logger() *slog.Logger { return c.log.With(c.kind, c.name) }

// Header returns the HTTP header of the request, which must not be changed. It is
// empty on stdio. On HTTP it is that of this request also when a session began
// with another one.
func (c *Call) Header() http.Header {
	if extra := c.request.GetExtra(); extra != nil && extra.Header != nil {
		return extra.Header
	}
	return http.Header{}
}

// Token returns what the verifier of the SDK's auth package knows of the caller,
// or nil if callers are not authenticated. Functions and call-scoped providers can
// take a *auth.TokenInfo instead of the call. See package oidc for claims of one's own.
func (c *Call) Token() *auth.TokenInfo {
	if extra := c.request.GetExtra(); extra != nil {
		return extra.TokenInfo
	}
	return nil
}

// ClientInfo returns what the client says of itself, nil if it says nothing.
func (c *Call) ClientInfo() *mcp.Implementation { return c.request.ClientInfo() }

// ClientCapabilities returns what the client says it can do, nil if it says
// nothing. It must not be changed.
func (c *Call) ClientCapabilities() *mcp.ClientCapabilities {
	c.capable.Do(func() { c.capabilities = c.request.ClientCapabilities() }) // which decodes it each time
	return c.capabilities
}

// ProtocolVersion returns the version of the protocol that the client asked for,
// such as "2025-11-25".
func (c *Call) ProtocolVersion() string { return c.request.ProtocolVersion() }

// Meta returns the _meta of the request, which must not be changed. It is nil if
// there is none.
func (c *Call) Meta() map[string]any { return c.request.GetParams().GetMeta() }

// Session returns the SDK's session, for what this package does not offer. In the
// versions from 2026-07-28 on it is over when the call is answered. It is nil for a
// call that is a task or may become one.
func (c *Call) Session() *mcp.ServerSession {
	session, _ := c.request.GetSession().(*mcp.ServerSession)
	return session
}

// logFailure tells operators why a call failed, as far as they have to know. At
// the default level a provider's failure names nothing that is provided.
func (c *Call) logFailure(ctx context.Context, err error, level slog.Level, message string) {
	log := c.Logger()
	log.Log(ctx, level, message)
	log.DebugContext(ctx, message, "error", loggable(err))
}
