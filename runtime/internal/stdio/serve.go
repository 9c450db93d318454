// Package stdio serves one client on a pair of streams, so that whatever the
// client does or does not do, the server neither hangs nor grows without bound.
package stdio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
)

// How long serving a stream goes on after its input has ended.
const (
	// DrainGrace is for calls that are running: a client that writes its requests
	// and closes its end, such as a shell pipe, still wants the answers. It begins
	// anew with what a slow client reads of them.
	DrainGrace = time.Second
	// UnwindGrace is for calls whose context has ended then.
	UnwindGrace = 250 * time.Millisecond
	// SessionGrace is for the SDK to end the sessions after that, if all calls have
	// ended. It would wait for calls that ignore their context.
	SessionGrace = 100 * time.Millisecond
)

// Options are what [Serve] is told beside its streams. Zero values are fine, but
// for Log.
type Options struct {
	Log    *slog.Logger
	Abort  func()          // called to end the contexts of running calls, before the SDK does
	Heard  func()          // called at the first message; it must not wait
	Hangup <-chan struct{} // closed when nobody can write to the input any more, read or not
	Idle   time.Duration   // without messages or calls, after which to end; 0 is for ever
}

// Serve serves one client that writes to in and reads from out, a message a line,
// until in ends, ctx does, or out cannot be written to. Then it returns within the
// times above, except that it is patient with a client that still reads. It may
// leave behind a goroutine that reads from in, and one that writes to out, until
// these calls return. The error is that of reading.
func Serve(ctx context.Context, server *mcp.Server, in io.Reader, out io.Writer, o Options) error {
	m := newMux(ctx, server, o)
	m.out = newWriter(out, m.wake)
	var running sync.WaitGroup
	running.Go(m.dispatch)
	ended := make(chan error, 1)
	go func() { ended <- m.read(frame.NewLines(in, maxLine)) }()

	err, patient := m.await(ctx, ended, o)
	if patient {
		m.drain(ctx)
	}
	m.end(o.Abort)
	running.Wait()
	if err != nil && !errors.Is(err, io.EOF) && ctx.Err() == nil {
		return fmt.Errorf("reading requests: %w", err)
	}
	return nil
}

// await waits for a reason to end. The error is that of reading; patient tells
// whether the client may still want answers.
func (m *mux) await(ctx context.Context, ended <-chan error, o Options) (err error, patient bool) {
	hangup := o.Hangup
	var check <-chan time.Time
	var received int
	idle := newIdleness(m, o.Idle)
	defer idle.stop()
	for {
		select {
		case err := <-ended:
			return err, true
		case <-ctx.Done():
			return nil, false
		case <-m.out.broken:
			return nil, false
		case <-hangup:
			hangup = nil
			received = m.messages()
			check = time.After(DrainGrace)
		case <-check: // whether what is left of the input is read
			now := m.messages()
			if now == received && m.out.sinceProgress() > DrainGrace {
				return nil, false
			}
			received = now
			check = time.After(DrainGrace)
		case <-idle.over:
			if idle.check() {
				return nil, true
			}
		}
	}
}

// drain waits until every call has been answered and the client has read it, as
// long as there is a point in it.
func (m *mux) drain(ctx context.Context) {
	begin := time.Now()
	quiet := m.whenQuiet(false)
	for {
		left := DrainGrace - min(time.Since(begin), m.out.sinceProgress())
		if left <= 0 {
			return
		}
		timer := time.NewTimer(left)
		select {
		case <-quiet:
		case <-ctx.Done():
		case <-m.out.broken:
		case <-timer.C:
			continue
		}
		timer.Stop()
		return
	}
}
