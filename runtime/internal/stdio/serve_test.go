package stdio

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const meta = `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}`

// stream is a client of a server whose tools are f and "add", which adds a tool.
type stream struct {
	t      *testing.T
	in     *io.PipeWriter
	out    *io.PipeReader
	lines  *bufio.Scanner
	cancel context.CancelFunc
	served chan error
}

func open(t *testing.T, o Options, f func(context.Context) string) *stream {
	server := mcp.NewServer(&mcp.Implementation{Name: "test", Version: "v1"}, &mcp.ServerOptions{Logger: slog.New(slog.DiscardHandler)})
	mcp.AddTool(server, &mcp.Tool{Name: "work"}, func(ctx context.Context, _ *mcp.CallToolRequest, _ struct{}) (*mcp.CallToolResult, any, error) {
		return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: f(ctx)}}}, nil, nil
	})
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	s := &stream{t, toServer, fromServer, bufio.NewScanner(fromServer), cancel, make(chan error, 1)}
	o.Log = slog.New(slog.DiscardHandler)
	go func() { s.served <- Serve(ctx, server, in, out, o) }()
	t.Cleanup(func() { cancel(); toServer.Close(); fromServer.Close() })
	return s
}

func (s *stream) send(format string, arguments ...any) {
	fmt.Fprintf(s.in, format+"\n", arguments...)
}

// call sends a modern call.
func (s *stream) call(id int) {
	s.send(`{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"work","arguments":{},%s}}`, id, meta)
}

// next wants the next line to have all texts in it.
func (s *stream) next(texts ...string) {
	s.t.Helper()
	if !s.lines.Scan() {
		s.t.Fatalf("the output ends, want %q", texts)
	}
	for _, text := range texts {
		if !strings.Contains(s.lines.Text(), text) {
			s.t.Errorf("the message is %s, want %s in it", s.lines.Text(), text)
		}
	}
}

func waits(ctx context.Context) string { <-ctx.Done(); return "cancelled" }

func TestCallsWaitForTheirTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		begun := make(chan struct{}, 2*maxRunning)
		s := open(t, Options{}, func(context.Context) string { begun <- struct{}{}; <-release; return "done" })
		for id := range maxRunning + 2 {
			s.call(id)
		}
		synctest.Wait()
		if running := len(begun); running != maxRunning {
			t.Errorf("%d calls run at a time, want %d", running, maxRunning)
		}
		s.send(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":%d}}`, maxRunning)
		synctest.Wait()
		close(release)
		for range maxRunning + 1 {
			s.next(`"text":"done"`)
			if strings.Contains(s.lines.Text(), fmt.Sprintf(`"id":%d,`, maxRunning)) {
				t.Error("a call is answered that was cancelled while it was waiting")
			}
		}
		if got, want := len(begun), maxRunning+1; got != want {
			t.Errorf("%d calls have run, want %d", got, want)
		}
	})
}

func TestCallsThatHaveNotHadTheirTurnAreTurnedAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := open(t, Options{}, waits)
		for id := range maxRunning + 1 {
			s.call(id)
		}
		synctest.Wait()
		s.cancel()
		away := 0
		for range maxRunning + 1 {
			s.next(`"id":`)
			if strings.Contains(s.lines.Text(), shuttingDown) {
				away++
			}
		}
		if away != 1 {
			t.Errorf("%d calls are turned away, want 1", away)
		}
		if err := <-s.served; err != nil {
			t.Error(err)
		}
	})
}

func TestDrainIsPatientWithASlowReader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := open(t, Options{}, func(context.Context) string { return strings.Repeat("x", 10*writeSize) })
		s.lines.Buffer(nil, 1<<20)
		begin := time.Now()
		s.call(1)
		s.in.Close()
		synctest.Wait()
		buffer := make([]byte, writeSize)
		read := 0
		for {
			time.Sleep(DrainGrace - time.Millisecond)
			n, err := s.out.Read(buffer)
			if read += n; err != nil || n < writeSize {
				break
			}
		}
		if read < 10*writeSize {
			t.Errorf("a slow client has read %d bytes, want all", read)
		}
		if err := <-s.served; err != nil {
			t.Error(err)
		}
		if time.Since(begin) < 10*(DrainGrace-time.Millisecond) {
			t.Error("the reader was not slow, so that this shows nothing")
		}
	})
}

func TestEndOfTheInputIsBelievedAlsoIfItIsNotRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hangup := make(chan struct{})
		s := open(t, Options{Hangup: hangup}, func(context.Context) string { return strings.Repeat("x", writeSize) })
		go func() {
			for id := range 3 * maxQueued / callCosts { // of which the server takes some
				s.call(id)
			}
		}()
		synctest.Wait()
		begin := time.Now()
		close(hangup)
		if err := <-s.served; err != nil {
			t.Error(err)
		}
		if got, want := time.Since(begin), DrainGrace+UnwindGrace+SessionGrace; got > want {
			t.Errorf("it took %v, want at most %v", got, want)
		}
	})
}

func TestIdleStreamEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := open(t, Options{Idle: time.Minute}, func(ctx context.Context) string { time.Sleep(80 * time.Second); return "done" })
		begin := time.Now()
		time.Sleep(30 * time.Second)
		s.call(1)
		s.next("done")
		if err := <-s.served; err != nil {
			t.Error(err)
		}
		if got, want := time.Since(begin), 3*time.Minute; got != want {
			t.Errorf("it ended after %v, want %v", got, want)
		}
	})
}

func TestHeardIsCalledOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		heard := 0
		s := open(t, Options{Heard: func() { heard++ }}, waits)
		s.send("no message")
		s.next("-32700")
		if heard != 0 {
			t.Error("what is no message is heard")
		}
		for id := range 3 {
			s.send(`{"jsonrpc":"2.0","id":%d,"method":"ping"}`, id)
			s.next("result")
		}
		if heard != 1 {
			t.Errorf("Heard is called %d times, want once", heard)
		}
	})
}

func TestSubscriptionsHaveALimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := open(t, Options{}, waits)
		listen := func(id int) {
			s.send(`{"jsonrpc":"2.0","id":%d,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},%s}}`, id, meta)
		}
		for id := range maxEndless {
			listen(id)
			s.next("notifications/subscriptions/acknowledged")
		}
		listen(maxEndless)
		s.next(`"code":-32600`, "at most 64 subscriptions")
		s.send(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":0}}`)
		synctest.Wait()
		listen(maxEndless)
		s.next("notifications/subscriptions/acknowledged")
		s.in.Close()
		for range maxEndless {
			s.next(`"resultType":"complete"`)
		}
		if err := <-s.served; err != nil {
			t.Error(err)
		}
	})
}
