package runtime

import (
	"context"
	"slices"
	"time"
)

// Middleware is called around every call of a tool, prompt, resource or
// completion, once its arguments have been decoded and checked. It calls next, or
// refuses by returning an error: one made by [Errorf] or a [ProtocolError] says to
// the client why. What next returns is the error of the call, nil for success; a
// middleware that returns another one replaces it, and one that returns nil instead
// makes the call succeed with nothing.
//
// The context given to next is that of the call, so values can be put into it for
// providers and functions. A panic is as harmless as in a tool, and the call's time
// includes that of middleware.
//
// What is to be around everything else of the protocol as well, such as lists, is
// for the middleware of the SDK; see [Server.SDK].
type Middleware func(ctx context.Context, c *Call, next func(context.Context) error) error

// Use adds middleware. What is given first is outermost. This option may also be
// given to [Main], as if it were one of the program's Register functions:
//
//	runtime.Main(runtime.Info{Name: "sales"}, Register, runtime.Use(audit))
func Use(middleware ...Middleware) Option {
	return func(s *Server) { s.middleware = append(s.middleware, middleware...) }
}

// CallTimeout ends the context of calls after d, instead of a minute, where a tool
// says nothing else.
func CallTimeout(d time.Duration) Option { return func(s *Server) { s.timeout = d } }

// around is f with the server's middleware.
func around[Out any](s *Server, f invocation[Out]) invocation[Out] {
	if len(s.middleware) == 0 {
		return f
	}
	return func(ctx context.Context, c *Call) (out Out, err error) {
		run := func(ctx context.Context) error {
			out, err = f(ctx, c)
			return err
		}
		for _, m := range slices.Backward(s.middleware) {
			next := run
			run = func(ctx context.Context) error { return m(ctx, c, next) }
		}
		err = run(ctx)
		return out, err
	}
}
