package runtime

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/mcpgen/mcpgen/runtime/internal/stdio"
)

const (
	initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"sh","version":"1"}}}
{"jsonrpc":"2.0","method":"notifications/initialized"}
`
	callWork = `{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"work"}}
`
)

// worker returns a server whose tool "work" calls f.
func worker(f func(context.Context) (string, error)) *Server {
	s := NewServer(Info{Name: "worker"}, WithLogger(slog.New(slog.DiscardHandler)))
	addWork(f)(s)
	return s
}

func addWork(f func(context.Context) (string, error)) func(*Server) {
	return func(s *Server) {
		tool := Tool{Name: "work", Description: "Works.", InputSchema: `{"type":"object"}`}
		AddTool(s, tool, NoArguments, func(ctx context.Context, _ *Call, _ struct{}) (*Result, error) {
			text, err := f(ctx)
			return TextResult(text), err
		})
	}
}

func atOnce(context.Context) (string, error) { return "done", nil }

// serveText serves what input says, which then ends, and returns what comes back.
func serveText(t *testing.T, s *Server, input string) string {
	t.Helper()
	var out strings.Builder
	if err := s.serveStream(t.Context(), io.NopCloser(strings.NewReader(input)), &out); err != nil {
		t.Errorf("serving: %v", err)
	}
	return out.String()
}

// versionTeller returns a server whose tool "version" tells the version of the
// protocol that it is called in.
func versionTeller() *Server {
	s := worker(atOnce)
	AddTool(s, Tool{Name: "version", Description: "Tells.", InputSchema: `{"type":"object"}`}, NoArguments,
		func(_ context.Context, c *Call, _ struct{}) (*Result, error) {
			return TextResult(c.ProtocolVersion()), nil
		})
	return s
}

func TestStreamAnswersWhatWasReadBeforeItsEnd(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		work func(context.Context) (string, error)
		took time.Duration
		want string
	}{
		{"at once", atOnce, 0, `"text":"done"`},
		{"soon", func(context.Context) (string, error) {
			time.Sleep(900 * time.Millisecond)
			return "done", nil
		}, 900 * time.Millisecond, `"text":"done"`},
		{"too late", func(ctx context.Context) (string, error) {
			<-ctx.Done()
			return "", ctx.Err()
		}, stdio.DrainGrace, `"text":"the server is shutting down"`},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				begin := time.Now()
				got := serveText(t, worker(row.work), initialize+callWork)
				for _, want := range []string{`"id":1,"result":{`, `"id":2,"result":{`, row.want} {
					if !strings.Contains(got, want) {
						t.Errorf("output has no %s:\n%s", want, got)
					}
				}
				if took := time.Since(begin); took != row.took {
					t.Errorf("serving took %v, want %v", took, row.took)
				}
			})
		})
	}
}

func TestStreamEndsAlsoIfACallDoesNot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		begin := time.Now()
		serveText(t, worker(func(context.Context) (string, error) { <-release; return "", nil }), initialize+callWork)
		if took, want := time.Since(begin), stdio.DrainGrace+unwindGrace; took != want {
			t.Errorf("serving took %v, want %v", took, want)
		}
		close(release)
	})
}

func TestStreamDoesNotWaitForListeners(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const listen = `{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},` +
			`"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},` +
			`"io.modelcontextprotocol/clientInfo":{"name":"sh","version":"1"}}}}` + "\n"
		s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)))
		s.sdk.AddTool(&mcp.Tool{Name: "a", InputSchema: map[string]any{"type": "object"}}, nil)
		begin := time.Now()
		got := serveText(t, s, listen)
		if took := time.Since(begin); took != 0 {
			t.Errorf("serving took %v, want none; output:\n%s", took, got)
		}
	})
}

func TestStreamSurvivesWhatIsNoProtocol(t *testing.T) {
	t.Parallel()
	got := serveText(t, worker(atOnce), "hello\n"+initialize+callWork)
	for _, want := range []string{`"id":null,"error":{"code":-32700,`, `"text":"done"`} {
		if !strings.Contains(got, want) {
			t.Errorf("output has no %s:\n%s", want, got)
		}
	}
}

func TestStreamReportsThatItCannotRead(t *testing.T) {
	t.Parallel()
	err := worker(atOnce).serveStream(t.Context(), iotest.ErrReader(errors.New("bad sector")), io.Discard)
	if got, want := fmt.Sprint(err), "reading requests: bad sector"; got != want {
		t.Errorf("error = %s, want %s", got, want)
	}
}

func TestStreamStopsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := worker(func(ctx context.Context) (string, error) { <-ctx.Done(); return "", ctx.Err() })
		in, client := io.Pipe()
		defer client.Close()
		answers, out := io.Pipe()
		ctx, cancel := context.WithCancel(t.Context())
		served := make(chan error, 1)
		go func() { served <- s.serveStream(ctx, in, out) }()

		lines := bufio.NewScanner(answers)
		io.WriteString(client, initialize)
		lines.Scan()
		io.WriteString(client, callWork)
		synctest.Wait()
		begin := time.Now()
		cancel()
		if lines.Scan(); !strings.Contains(lines.Text(), "the server is shutting down") {
			t.Errorf("answer = %s, want that the server is shutting down", lines.Text())
		}
		if err := <-served; err != nil {
			t.Errorf("serving: %v", err)
		}
		if took := time.Since(begin); took != 0 {
			t.Errorf("stopping took %v", took)
		}
	})
}

func TestStreamServesTheSDKClient(t *testing.T) {
	t.Parallel()
	for _, version := range mcp.SupportedProtocolVersions() {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			s := worker(atOnce)
			in, toServer := io.Pipe()
			fromServer, out := io.Pipe()
			served := make(chan error, 1)
			go func() { served <- s.serveStream(t.Context(), in, out) }()

			client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, nil)
			session, err := client.Connect(t.Context(), &mcp.IOTransport{Reader: fromServer, Writer: toServer},
				&mcp.ClientSessionOptions{ProtocolVersion: version})
			if err != nil {
				t.Fatal(err)
			}
			result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "work"})
			if err != nil {
				t.Fatal(err)
			}
			if got := result.Content[0].(*mcp.TextContent).Text; got != "done" {
				t.Errorf("text = %q, want done", got)
			}
			session.Close()
			if err := <-served; err != nil {
				t.Errorf("serving: %v", err)
			}
		})
	}
}

// brokenPipe fails to write after the first time, at which it closes written.
type brokenPipe struct {
	written chan struct{}
	broken  bool
}

func (b *brokenPipe) Write(p []byte) (int, error) {
	if b.broken {
		return 0, errors.New("broken pipe")
	}
	b.broken = true
	close(b.written)
	return len(p), nil
}

func TestStreamDoesNotWaitForAClientThatIsGone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)))
		begun := make(chan struct{})
		addWork(func(ctx context.Context) (string, error) {
			close(begun)
			<-ctx.Done()
			return "", ctx.Err()
		})(s)
		in, client := io.Pipe()
		served := make(chan error, 1)
		out := &brokenPipe{written: make(chan struct{})}
		go func() { served <- s.serveStream(t.Context(), in, out) }()
		io.WriteString(client, initialize+callWork)
		<-begun
		<-out.written
		begin := time.Now()
		go io.WriteString(client, `{"jsonrpc":"2.0","id":3,"method":"ping"}`+"\n")
		<-served
		if took, want := time.Since(begin), 500*time.Millisecond; took > want {
			t.Errorf("serving a client that does not read went on for %v, want at most %v", took, want)
		}
		client.Close()
	})
}

func TestStreamNegotiatesDownFromAModernInitialize(t *testing.T) {
	t.Parallel()
	out := serveText(t, versionTeller(), strings.Replace(initialize, legacyVersion, modernVersion, 1)+strings.Replace(callWork, "work", "version", 1))
	if !strings.Contains(out, `"protocolVersion":"`+legacyVersion) || !strings.Contains(out, `"text":"`+legacyVersion) {
		t.Errorf("answers = %s, want the version that was negotiated", out)
	}
}
