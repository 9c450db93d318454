package runtime

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/mcpgen/mcpgen/runtime/internal/stdio"
)

// listenMethod is the request that is answered only when the client cancels it.
const listenMethod = "subscriptions/listen"

// sessionGrace is for the SDK to end sessions. It waits for calls also if they
// ignore their context.
const sessionGrace = stdio.SessionGrace

// ServeStdio serves one client on standard input and output, in any version of
// the protocol, until the client goes or ctx ends. It starts the server, and stops
// it before it returns.
//
// The client goes by ending the input. Calls that are running then have a second
// to end, or longer as long as the client reads answers that wait for it; after
// that their contexts end. The client is also gone if nobody reads the output, and
// if the process that started this one ends; then, and when ctx ends, the contexts
// of calls end at once. Calls that ignore their context are left behind after a
// quarter of a second. Clean-ups of the server come last and have two seconds.
//
// While it runs, the protocol has the descriptors of standard input and output for
// itself: whatever prints to standard output, be it Go, C or a child process,
// prints to standard error, and standard input is empty. Nothing of that is true
// for what is printed before ServeStdio is called. A standard error that is closed
// does not end the process; one that nobody reads stops those who print to it when
// it is full, at 256 KiB on Linux. Afterwards all is as it was, but if the input has
// not ended, its next bytes are lost to a read that is under way.
//
// Messages have 16 MiB at most. Of calls, 1024 run at a time and others wait; when
// there is more to hold than a few times 16 MiB, the client has to wait.
func (s *Server) ServeStdio(ctx context.Context) error {
	pipes, err := stdio.Claim()
	if err != nil {
		return err
	}
	defer pipes.Release()
	defer surviveBrokenPipes()()
	watch := stdio.NewWatch(pipes)
	defer watch.Stop()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		select {
		case <-watch.Gone:
			stop()
		case <-ctx.Done():
		}
	}()
	return s.serveClient(ctx, client{in: pipes.In, out: pipes.Out, watch: watch})
}

// surviveBrokenPipes keeps the process alive when it prints to a pipe that nobody
// reads, which ends Go programs otherwise. Children do not inherit it.
func surviveBrokenPipes() (restore func()) {
	ignored := make(chan os.Signal, 1)
	signal.Notify(ignored, syscall.SIGPIPE)
	return func() { signal.Stop(ignored) }
}

// client is what a server knows of the one at the other end of its streams, which
// have a message a line.
type client struct {
	in    io.Reader
	out   io.Writer
	watch *stdio.Watch  // may be nil
	idle  time.Duration // after which to end, if not 0
}

// serveStream serves one client that writes to in and reads from out.
func (s *Server) serveStream(ctx context.Context, in io.Reader, out io.Writer) error {
	return s.serveClient(ctx, client{in: in, out: out})
}

func (s *Server) serveClient(ctx context.Context, c client) error {
	if err := s.Start(ctx); err != nil {
		return err
	}
	options := stdio.Options{Log: s.log, Abort: s.abort, Idle: c.idle}
	if c.watch != nil {
		options.Heard = c.watch.Heard
		options.Hangup = c.watch.Hangup
	}
	err := stdio.Serve(ctx, s.sdk, c.in, c.out, options)
	return errors.Join(err, s.Stop(overdue()))
}
