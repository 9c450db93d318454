package runtime

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mcpgen/mcpgen/runtime/internal/wait"
)

// Go runs f in a goroutine of its own that belongs to a call or, if ctx is that of
// a server-scoped provider, to the server. A plain go statement would end the
// process if f panics; here the panic is logged with its stack, and counted by
// [Server.Panics]. An error of f is logged for operators.
//
// A call is answered, and its clean-ups run, when its goroutines have returned: f
// has until the call's time is over, but its context ends at once if the call
// fails. The goroutines of a server have a context that ends when the server
// stops, before its clean-ups. In both cases one that ignores its context is left
// behind after a while, with a warning.
//
// f does not run if the call or the server is over already. With a context that is
// of neither, as in tests, f runs with nobody waiting for it.
func Go(ctx context.Context, f func(ctx context.Context) error) {
	g, ok := ctx.Value(groupKey{}).(*group)
	if !ok {
		g = &group{log: slog.Default(), panics: new(atomic.Int64)}
	}
	if !g.start() {
		g.log.Warn("not started: a goroutine of something that is over")
		return
	}
	go g.run(ctx, f)
}

// Panics returns how many panics have been survived: of calls, of providers and
// of goroutines started by [Go].
func (s *Server) Panics() int64 { return s.panics.Load() }

// group is the goroutines of a call or of the server.
type group struct {
	gate
	log    *slog.Logger
	panics *atomic.Int64

	once    sync.Once // makes what follows, when the first goroutine starts
	stopped context.Context
	stop    context.CancelFunc // ends the contexts of goroutines, and not what they come of: clean-ups may need that
}

type groupKey struct{}

// with returns the context that leads to the group.
func (g *group) with(ctx context.Context) context.Context {
	return context.WithValue(ctx, groupKey{}, g)
}

// start counts a goroutine in and reports true, or false if the group is over.
func (g *group) start() bool {
	if !g.enter() {
		return false
	}
	g.once.Do(func() { g.stopped, g.stop = context.WithCancel(context.Background()) })
	if g.stopped == nil { // ended meanwhile
		g.leave()
		return false
	}
	return true
}

func (g *group) run(ctx context.Context, f func(context.Context) error) {
	defer g.leave()
	defer func() {
		if p := recover(); p != nil {
			logPanic(g.log, g.panics, p)
		}
	}()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(g.stopped, cancel)()
	if err := f(ctx); err != nil && ctx.Err() == nil {
		g.log.Warn("a goroutine failed", "error", err)
	}
}

// settle waits until the goroutines have returned: until the channel is closed, and
// for grace after that, when their contexts have ended.
func (g *group) settle(until <-chan struct{}, grace time.Duration) {
	returned := g.close()
	select {
	case <-returned:
		return
	default:
	}
	select {
	case <-returned:
		return
	case <-until:
	}
	g.end()
	if !wait.For(returned, grace) {
		g.log.Warn("goroutines are left behind; they ignore their context")
	}
}

// end ends the contexts of the goroutines.
func (g *group) end() {
	g.once.Do(func() {}) // none will start any more
	if g.stop != nil {
		g.stop()
	}
}
