package runtime

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/mcpgen/mcpgen/runtime/internal/stdio"
)

// listenMethod is the request that is answered only when the client cancels it.
const listenMethod = "subscriptions/listen"

// sessionGrace is for the SDK to end sessions. It waits for calls also if they
// ignore their context.
const sessionGrace = stdio.SessionGrace

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
func (s *Server) serveStream(ctx context.Context, in io.Reader, out io.Writer) error {
	if err := s.Start(ctx); err != nil {
		return err
	}
	err := stdio.Serve(ctx, s.sdk, in, out, stdio.Options{Log: s.log, Abort: s.abort})
	return errors.Join(err, s.Stop(overdue()))
}
