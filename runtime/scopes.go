package runtime

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mcpgen/mcpgen/runtime/internal/httpx"
	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// checkScopes refuses a call of a tool for which the caller's token has too little,
// as a whole: a client that gets one challenge asks for all at once. Everybody sees
// all tools in tools/list, since scopes can be asked for when they are needed.
func (f *front) checkScopes(p *post) *httpx.Refusal {
	token := auth.TokenInfoFromContext(p.r.Context())
	if token == nil {
		return nil
	}
	guard := cmp.Or(f.guard, new(guard)) // the program may have checked the token
	var needed []string
	for _, m := range p.Messages {
		if m.Method != callToolMethod {
			continue
		}
		if t := f.tools[m.Name()]; t != nil {
			needed = append(needed, t.Scopes...)
		}
	}
	if !guard.missing(token, needed) {
		return nil
	}
	needed = append(needed, guard.Scopes...)
	slices.Sort(needed)
	return guard.insufficient(slices.Compact(needed))
}

// allows reports why the caller may not call the tool: its token, if it has any,
// lacks a scope. Behind [Server.Handler] that has been found out before, with the
// answer that HTTP has for it; this is for handlers of a program's own.
func (t *tool) allows(s *Server, c *Call) error {
	token := c.Token()
	if token == nil || len(t.Scopes) == 0 {
		return nil
	}
	var g guard
	if s.auth != nil {
		g.Auth = *s.auth
	}
	if !g.missing(token, t.Scopes) {
		return nil
	}
	return &jsonrpc.Error{Code: jsonrpc.CodeInvalidRequest, Message: "the token lacks a scope; needed are " + strings.Join(t.Scopes, " ")}
}
