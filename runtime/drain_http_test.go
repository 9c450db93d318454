package runtime

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// pipeListener is a listener in memory, for tests with their own time.
type pipeListener struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newPipeListener() *pipeListener {
	return &pipeListener{conns: make(chan net.Conn), done: make(chan struct{})}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }

// dial is for [http.Transport].
func (l *pipeListener) dial(context.Context, string, string) (net.Conn, error) {
	ours, its := net.Pipe()
	select {
	case l.conns <- its:
		return ours, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

// serveListener is ListenAndServe on a listener of a test.
func serveListener(ctx context.Context, s *Server, listener net.Listener) error {
	service, err := newService(s)
	if err != nil {
		return err
	}
	return service.serve(ctx, listener)
}

func TestHTTPEndsCallsAfterItsGrace(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		obeys bool
		most  time.Duration
	}{
		{"a call that obeys", true, httpGrace + sessionGrace},
		{"a call that does not", false, httpGrace + unwindGrace + sessionGrace},
	} {
		for _, version := range []string{"2025-11-25", "2026-07-28"} {
			t.Run(row.name+" "+version, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					release := make(chan struct{})
					s := worker(func(ctx context.Context) (string, error) {
						if !row.obeys {
							ctx = context.Background()
						}
						select {
						case <-ctx.Done():
						case <-release:
						}
						return "", ctx.Err()
					})
					if err := s.Start(t.Context()); err != nil {
						t.Fatal(err)
					}
					listener := newPipeListener()
					ctx, stop := context.WithCancel(t.Context())
					served := make(chan error, 1)
					go func() { served <- serveListener(ctx, s, listener) }()

					transport := &http.Transport{DialContext: listener.dial}
					defer transport.CloseIdleConnections()
					client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, nil)
					session, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{
						Endpoint:   "http://127.0.0.1" + Path,
						HTTPClient: &http.Client{Transport: transport},
						MaxRetries: -1,
					}, &mcp.ClientSessionOptions{ProtocolVersion: version})
					if err != nil {
						t.Fatal(err)
					}
					answers := make(chan string, 1)
					go func() {
						result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "work"})
						if err != nil {
							answers <- err.Error()
							return
						}
						answers <- result.Content[0].(*mcp.TextContent).Text
					}()
					synctest.Wait()

					begin := time.Now()
					stop()
					if err := <-served; err != nil {
						t.Errorf("serving: %v", err)
					}
					if took := time.Since(begin); took < httpGrace || took > row.most {
						t.Errorf("stopping took %v, want %v at least and %v at most", took, httpGrace, row.most)
					}
					if got := <-answers; row.obeys && got != errStopped.Error() {
						t.Errorf("answer = %q, want %q", got, errStopped)
					}
					close(release)
					s.Stop(t.Context())
					session.Close()
				})
			})
		}
	}
}

func TestHTTPGivesUpOnASlowBody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := worker(atOnce)
		listener := newPipeListener()
		ctx, stop := context.WithCancel(t.Context())
		served := make(chan error, 1)
		go func() { served <- serveListener(ctx, s, listener) }()

		transport := &http.Transport{DialContext: listener.dial}
		body, w := io.Pipe()
		begin := time.Now()
		response, err := (&http.Client{Transport: transport}).Post("http://127.0.0.1"+Path, "application/json", body)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if response.StatusCode != http.StatusRequestTimeout || !strings.Contains(string(text), "too slow") {
			t.Errorf("answer = %d %q, want %d", response.StatusCode, text, http.StatusRequestTimeout)
		}
		if took := time.Since(begin); took != defaultLimits.BodyTimeout {
			t.Errorf("it took %v, want %v", took, defaultLimits.BodyTimeout)
		}
		w.Close()
		transport.CloseIdleConnections()
		stop()
		<-served
	})
}
