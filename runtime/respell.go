package runtime

import (
	"context"
	"fmt"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// respell is the middleware that gives the SDK the URI of a resource in the
// spelling of its template. RFC 6570 escapes more than clients do: their own
// expansion, which follows encodeURIComponent, leaves !'()* as they are, and what
// people type has spaces and letters of all kinds. The SDK would find no template.
func (s *Server) respell(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		read, ok := request.(*mcp.ReadResourceRequest)
		if !ok || read.Params == nil {
			return next(ctx, method, request)
		}
		if spelled, ok := s.spelling(read.Params.URI); ok {
			respelled, params := *read, *read.Params
			ctx = context.WithValue(ctx, askedKey{}, params.URI)
			params.URI = spelled
			respelled.Params = &params
			request = &respelled
		}
		return next(ctx, method, request)
	}
}

// spelling is uri as a template spells it, if there is such a template and nothing
// has the URI as it is.
func (s *Server) spelling(uri string) (string, bool) {
	spelled := escapeURI(uri)
	if spelled == uri {
		return "", false
	}
	found := false
	for _, r := range s.registrations {
		switch {
		case r.kind == "resource" && r.name == uri:
			return "", false
		case r.template == nil:
		case r.template.matches(uri):
			return "", false
		default:
			found = found || r.template.matches(spelled)
		}
	}
	return spelled, found
}

// escapeURI escapes what a template's variable never leaves unescaped, except the
// reserved characters that structure a URI, which mean something else escaped.
func escapeURI(uri string) string {
	var b strings.Builder
	for i := range len(uri) {
		c := uri[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte("!'()*\"<>\\^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// askedKey is the key of the URI that a client asked for, where it was respelled.
type askedKey struct{}

// askedURI is the URI of request as the client spelled it.
func askedURI(ctx context.Context, request *mcp.ReadResourceRequest) string {
	if asked, ok := ctx.Value(askedKey{}).(string); ok {
		return asked
	}
	return request.Params.URI
}
