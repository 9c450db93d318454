package runtime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// How long serving a stream goes on after its input has ended.
const (
	// drainGrace is for calls that are running: a client that writes its requests
	// and closes its end, such as a shell pipe, still wants the answers.
	drainGrace = time.Second
	// sessionGrace is for the SDK to end the session after that. It waits for calls
	// also if they ignore their context.
	sessionGrace = 100 * time.Millisecond
)

// ServeStdio serves one client on standard input and output, in any version of
// the protocol, until the input ends or ctx does. It starts the server, and stops
// it before it returns. Requests that were read are answered for up to a second
// after the end of the input, and told to end after that or when ctx ends; then
// ServeStdio returns within half a second, apart from clean-ups of the server.
//
// While it runs, [os.Stdout] is standard error, so that a stray [fmt.Println] does
// not come between the messages.
func (s *Server) ServeStdio(ctx context.Context) error {
	out := os.Stdout
	defer divertStdout()()
	return s.serveStream(ctx, os.Stdin, out)
}

// divertStdout sends what is printed to standard error until restore is called.
func divertStdout() (restore func()) {
	out := os.Stdout
	os.Stdout = os.Stderr
	return func() { os.Stdout = out }
}

// serveStream serves one client that writes to in and reads from out, a message a
// line.
func (s *Server) serveStream(ctx context.Context, in io.ReadCloser, out io.Writer) error {
	if err := s.Start(ctx); err != nil {
		return err
	}
	err := s.serveSession(ctx, in, out)
	return errors.Join(err, s.Stop(overdue()))
}

// serveSession runs the one session of a stream to its end.
func (s *Server) serveSession(ctx context.Context, in io.ReadCloser, out io.Writer) error {
	transport := &drainingTransport{
		Transport: &mcp.IOTransport{Reader: in, Writer: nopCloser{out}},
		stop:      ctx,
		abort:     s.abort,
		ended:     make(chan struct{}),
	}
	session, err := s.sdk.Connect(context.WithoutCancel(ctx), transport, nil)
	if err != nil {
		return err
	}
	var failure error
	finished := make(chan struct{})
	go func() {
		failure = session.Wait()
		close(finished)
	}()

	select {
	case <-finished:
	case <-transport.ended:
	}
	if waitFor(finished, sessionGrace) && failure != nil && ctx.Err() == nil {
		return fmt.Errorf("reading requests: %w", failure)
	}
	return nil
}

// nopCloser is a writer that is not ours to close.
type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }
