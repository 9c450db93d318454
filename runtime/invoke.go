package runtime

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strconv"
	"time"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

// NoArguments decodes the arguments of a function that takes none: it refuses
// every argument.
func NoArguments(d *codec.Decoder) (none struct{}) {
	for range d.Object(nil) {
		// Object reports every name itself, since it knows none.
	}
	return none
}

// An invocation is a call whose arguments have been decoded and checked.
type invocation[Out any] func(context.Context, *Call) (Out, error)

// A preparer decodes the arguments of a call, a JSON object, into an invocation.
// It does not know their type any more, and it does nothing else, so that what is
// wrong with arguments is found before anything is opened, stored or queued.
type preparer[Out any] func(arguments []byte) (invocation[Out], error)

// preparation forgets the type of the arguments.
func preparation[In, Out any](o codec.Options, decode func(*codec.Decoder) In, call func(context.Context, *Call, In) (Out, error)) preparer[Out] {
	return func(arguments []byte) (invocation[Out], error) {
		d := codec.NewDecoder(arguments, o)
		in := decode(d)
		if err := d.Err(); err != nil {
			return nil, err
		}
		return func(ctx context.Context, c *Call) (Out, error) { return call(ctx, c, in) }, nil
	}
}

// run prepares a call of what is called name. A panic while decoding, which can
// only be of the user's own UnmarshalJSON or UnmarshalText, is an error.
func (prepare preparer[Out]) run(c *Call, name string, arguments []byte) (f invocation[Out], err error) {
	defer func() {
		if p := recover(); p != nil {
			logPanic(c.Logger(), &c.server.panics, p)
			err = errPanic
		}
	}()
	if len(arguments) == 0 || bytes.Equal(arguments, []byte("null")) {
		arguments = []byte("{}")
	}
	c.asking.arguments = arguments
	f, err = prepare(arguments)
	if err != nil {
		return nil, &invalidArguments{name, err}
	}
	return f, nil
}

// invoke runs a call from beginning to end: within the time it has, counted by the
// server so that it is not stopped meanwhile. The error is logged as far as
// operators need it.
func invoke[Out any](ctx context.Context, s *Server, c *Call, timeout time.Duration, f invocation[Out]) (out Out, err error) {
	if !s.calls.enter() {
		return out, errStopped
	}
	defer s.calls.leave()

	ctx, cancel := context.WithTimeoutCause(ctx, timeout, &timeoutError{timeout})
	defer cancel()
	ctx, abort := context.WithCancelCause(ctx)
	defer abort(nil)
	defer context.AfterFunc(s.aborted, func() { abort(errStopped) })()

	return perform(ctx, s, c, f)
}

// perform runs a call that has its time and its place, and ends its scope before
// it returns.
func perform[Out any](ctx context.Context, s *Server, c *Call, f invocation[Out]) (out Out, err error) {
	if err := c.asking.begin(ctx, c); err != nil {
		return out, err
	}
	c.progress.start(ctx, c)
	defer c.progress.stop()
	if c.run == nil { // clients get no log of tasks
		c.clientLog.start(ctx)
		defer c.clientLog.stop(c)
	}
	ctx = c.group.with(ctx)
	out, err = guarded(ctx, c, around(s, f))
	until := ctx.Done()
	if err != nil {
		until = closed
	}
	c.group.settle(until, unwindGrace)
	if questions := c.asking.end(); questions != nil {
		err = questions
	} else {
		err = c.explain(ctx, c.run.cause(s.cause(ctx)), err)
	}
	if cleanUp := c.scope.end(err); cleanUp != nil {
		c.logFailure(ctx, cleanUp, slog.LevelError, "a clean-up failed")
		if err == nil {
			err = cleanUp
		}
	}
	if err != nil {
		var none Out
		return none, err
	}
	return out, nil
}

// cause is why the context of a call has ended, nil if it has not. A transport that
// ends with the server may be faster to cancel than the server.
func (s *Server) cause(ctx context.Context) error {
	cause := context.Cause(ctx)
	if cause == context.Canceled && s.aborted.Err() != nil {
		return errStopped
	}
	return cause
}

// guarded calls f and turns a panic into an error.
func guarded[Out any](ctx context.Context, c *Call, f invocation[Out]) (out Out, err error) {
	defer func() {
		if p := recover(); p != nil {
			logPanic(c.Logger(), &c.server.panics, p)
			err = errPanic
		}
	}()
	return f(ctx, c)
}

// explain logs why a call failed, and finds the better reason for an error that
// came of the context's end, whose cause it is given.
func (c *Call) explain(ctx context.Context, cause, err error) error {
	if err == nil {
		return nil
	}
	if timeout := (*timeoutError)(nil); cause == errStopped || errors.As(cause, &timeout) {
		c.logFailure(ctx, err, slog.LevelWarn, cause.Error())
		return cause
	}
	var provider *providerError
	if errors.As(err, &provider) && !unanswered(err) {
		c.logFailure(ctx, err, slog.LevelError, "a provider failed (the log at level debug says which)")
		return err
	}
	if broken := (*brokenResult)(nil); errors.As(err, &broken) {
		c.Logger().ErrorContext(ctx, "the result cannot be encoded", "error", loggable(err))
		return err
	}
	c.Logger().DebugContext(ctx, "failed", "error", loggable(err))
	return err
}

// errStopped is the answer to calls that come too late.
var errStopped = errors.New("the server is shutting down")

// timeoutError is the cause of a context that ended because a call took too long.
type timeoutError struct{ after time.Duration }

func (e *timeoutError) Error() string {
	return "timed out after " + strconv.FormatFloat(e.after.Seconds(), 'f', -1, 64) + "s"
}
