package runtime

import (
	"context"
	"errors"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// survive is the middleware that answers a request whose handling panics: the SDK
// recovers from nothing, so that one request would end the process. Our own
// handlers have recovered already; this is for what users add to the SDK's server,
// and for the SDK.
func (s *Server) survive(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (result mcp.Result, err error) {
		defer func() {
			if p := recover(); p != nil {
				logPanic(s.log.With("method", method), &s.panics, p)
				result, err = nil, &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: internalText}
			}
		}()
		return next(ctx, method, request)
	}
}

// coded is the middleware that gives a code to errors of the SDK and of users' methods
// that have none, for which the SDK would send 0.
func coded(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		result, err := next(ctx, method, request)
		var wire *jsonrpc.Error
		if err == nil || errors.As(err, &wire) {
			return result, err
		}
		code := int64(jsonrpc.CodeInternalError)
		if method == initializeMethod {
			code = jsonrpc.CodeInvalidRequest // for the second time
		}
		return nil, &jsonrpc.Error{Code: code, Message: err.Error()}
	}
}

// instruct is the middleware that adds the instructions to what clients learn
// first: the SDK takes them only when its server is made, and Register functions
// may add them later.
func (s *Server) instruct(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		result, err := next(ctx, method, request)
		if err != nil {
			return nil, err
		}
		switch result := result.(type) {
		case *mcp.InitializeResult:
			result.Instructions = s.info.Instructions
		case *mcp.DiscoverResult:
			result.Instructions = s.info.Instructions
		}
		return result, nil
	}
}
