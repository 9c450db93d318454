package runtime

import (
	"context"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// endListening is the middleware that ends subscriptions when the server is about
// to stop. Their requests are answered then, which tells clients that this is no
// accident; the SDK alone would just close the stream.
func (s *Server) endListening(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		if method != listenMethod {
			return next(ctx, method, request)
		}
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(s.parting, cancel)()
		return next(ctx, method, request)
	}
}
