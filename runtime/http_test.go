package runtime

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// startHTTP serves s for the time of the test and returns its URL.
func startHTTP(t *testing.T, s *Server) string {
	t.Helper()
	return startHTTPBehind(t, s, func(h http.Handler) http.Handler { return h })
}

// startHTTPBehind is startHTTP with something in front of s.
func startHTTPBehind(t *testing.T, s *Server, front func(http.Handler) http.Handler) string {
	t.Helper()
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(front(s.Handler()))
	t.Cleanup(func() {
		server.Close()
		s.Stop(overdue())
	})
	return server.URL
}

// headerTransport adds a header to every request.
type headerTransport struct{ name, value string }

func (h headerTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set(h.name, h.value)
	return http.DefaultTransport.RoundTrip(r)
}

// connectHTTP returns a session of a client that speaks the version.
func connectHTTP(t *testing.T, url, version string) *mcp.ClientSession {
	t.Helper()
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{
		Endpoint:   url,
		HTTPClient: &http.Client{Transport: headerTransport{"X-Test", "yes"}},
	}, &mcp.ClientSessionOptions{ProtocolVersion: version})
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func TestHandlerServesEveryVersionAtOneURL(t *testing.T) {
	t.Parallel()
	s := NewServer(Info{Instructions: "Do."}, WithLogger(slog.New(slog.DiscardHandler)))
	AddTool(s, Tool{Name: "who", Description: "Tells.", InputSchema: `{"type":"object"}`}, NoArguments,
		func(_ context.Context, c *Call, _ struct{}) (*Result, error) {
			return TextResult(c.ProtocolVersion() + " " + c.Header().Get("X-Test")), nil
		})
	url := startHTTP(t, s)
	for _, version := range mcp.SupportedProtocolVersions() {
		if version == "2024-11-05" {
			continue // had another HTTP transport
		}
		t.Run(version, func(t *testing.T) {
			session := connectHTTP(t, url, version)
			defer session.Close()
			if got := session.InitializeResult().ProtocolVersion; version < modernVersion && got != version {
				t.Errorf("negotiated %s, want %s", got, version)
			}
			if legacy := version < modernVersion; legacy != (session.ID() != "") {
				t.Errorf("session id = %q, want one only for legacy versions", session.ID())
			}
			result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "who"})
			if err != nil {
				t.Fatal(err)
			}
			if got, want := result.Content[0].(*mcp.TextContent).Text, version+" yes"; got != want {
				t.Errorf("text = %q, want %q", got, want)
			}
		})
	}
}

func TestHandlerRefuses(t *testing.T) {
	t.Parallel()
	url := startHTTP(t, worker(atOnce))
	modernPing := `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",` +
		`"io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"}}}}`
	for _, row := range []struct {
		name, method, body string
		header             http.Header
		host               string
		status             int
	}{
		{name: "another origin", method: "POST", body: "{}", header: http.Header{"Origin": {"http://evil.example"}}, status: 403},
		{name: "no origin", method: "POST", body: "{}", header: http.Header{"Origin": {"null"}}, status: 403},
		{name: "cross-site", method: "POST", body: "{}", header: http.Header{"Sec-Fetch-Site": {"cross-site"}}, status: 403},
		{name: "another host", method: "POST", body: "{}", host: "evil.example", status: 403},
		{name: "GET without session", method: "GET", status: 405},
		{name: "DELETE without session", method: "DELETE", status: 405},
		{name: "GET of an unknown session", method: "GET", header: http.Header{"Mcp-Session-Id": {"x"}}, status: 404},
		{name: "modern with session", method: "GET", header: http.Header{"Mcp-Session-Id": {"x"}, "Mcp-Protocol-Version": {"2026-07-28"}}, status: 405},
		{name: "large body", method: "POST", body: strings.Repeat(" ", int(defaultLimits.BodyBytes)+1), status: 413},
		{name: "removed method", method: "POST", body: modernPing, header: http.Header{"Mcp-Protocol-Version": {"2026-07-28"}, "Mcp-Method": {"ping"}}, status: 404},
		{name: "header contradicts body", method: "POST", body: modernPing, header: http.Header{"Mcp-Protocol-Version": {"2025-11-25"}, "Mcp-Method": {"ping"}}, status: 400},
		{name: "no JSON", method: "POST", body: "hello", status: 400},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			r, err := http.NewRequestWithContext(t.Context(), row.method, url, strings.NewReader(row.body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Accept", "application/json, text/event-stream")
			for name, values := range row.header {
				r.Header[name] = values
			}
			if row.host != "" {
				r.Host = row.host
			}
			response, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			if response.StatusCode != row.status {
				body, _ := io.ReadAll(response.Body)
				t.Errorf("status = %d, want %d; body: %s", response.StatusCode, row.status, body)
			}
		})
	}
}

func TestIsModern(t *testing.T) {
	t.Parallel()
	const meta = `{"jsonrpc":"2.0","id":1,"method":"x","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}`
	const argument = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":{"q":"io.modelcontextprotocol/protocolVersion"}}}`
	for _, row := range []struct {
		name, method, version, session, body string
		want                                 bool
	}{
		{"modern header", "POST", "2026-07-28", "", `{}`, true},
		{"later header", "POST", "2031-01-01", "", `{}`, true},
		{"legacy header", "POST", "2025-11-25", "", `{}`, false},
		{"no header", "POST", "", "", `{}`, false},
		{"modern body", "POST", "", "", meta, true},
		{"modern body, legacy header", "POST", "2025-11-25", "s", meta, true},
		{"version in an argument", "POST", "2025-11-25", "s", argument, false},
		{"no JSON", "POST", "", "", `io.modelcontextprotocol/protocolVersion`, false},
		{"GET with session", "GET", "2025-11-25", "s", "", false},
		{"GET without session", "GET", "2025-11-25", "", "", true},
		{"DELETE with session", "DELETE", "", "s", "", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(row.method, "/", nil)
			r.Header.Set("Mcp-Protocol-Version", row.version)
			r.Header.Set("Mcp-Session-Id", row.session)
			var messages []frame.Message
			if body, _ := frame.ParseBody([]byte(row.body), true); body != nil {
				messages = body.Messages
			}
			if got := isModern(r, messages); got != row.want {
				t.Errorf("isModern = %v, want %v", got, row.want)
			}
		})
	}
}

func TestModernCallEndsWithItsRequest(t *testing.T) {
	t.Parallel()
	begun, ended := make(chan struct{}), make(chan struct{})
	url := startHTTP(t, worker(func(ctx context.Context) (string, error) {
		close(begun)
		<-ctx.Done()
		close(ended)
		return "", ctx.Err()
	}))
	session := connectHTTP(t, url, "2026-07-28")
	defer session.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-begun
		cancel()
	}()
	session.CallTool(ctx, &mcp.CallToolParams{Name: "work"})
	<-ended
}

func TestLoopback(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]string{
		":8080":          "127.0.0.1:8080",
		"0.0.0.0:8080":   "0.0.0.0:8080",
		"[::1]:80":       "[::1]:80",
		"localhost:http": "localhost:http",
	} {
		if got, err := loopback(addr); got != want || err != nil {
			t.Errorf("loopback(%q) = %q, %v, want %q", addr, got, err, want)
		}
	}
	if got, err := loopback("8080"); err == nil {
		t.Errorf("loopback(8080) = %q, want an error", got)
	}
}

func TestListenAndServeStopsGracefully(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"2025-11-25", "2026-07-28"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			begun, finish := make(chan struct{}), make(chan struct{})
			s := worker(func(context.Context) (string, error) {
				close(begun)
				<-finish
				return "done", nil
			})
			ctx, cancel := context.WithCancel(t.Context())
			urls := make(chan string, 1)
			served := make(chan error, 1)
			go func() { served <- s.listenAndServe(ctx, ":0", func(url string) { urls <- url }) }()
			url := <-urls
			if !strings.HasPrefix(url, "http://127.0.0.1:") || !strings.HasSuffix(url, Path) {
				t.Errorf("url = %s, want one on the loopback with path %s", url, Path)
			}

			session := connectHTTP(t, url, version) // a legacy one has a stream open for good
			var wg sync.WaitGroup
			wg.Go(func() {
				result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "work"})
				if err != nil {
					t.Errorf("the running call: %v", err)
				} else if got := result.Content[0].(*mcp.TextContent).Text; got != "done" {
					t.Errorf("text = %q, want done", got)
				}
			})
			<-begun
			begin := time.Now()
			cancel()
			close(finish)
			wg.Wait()
			if err := <-served; err != nil {
				t.Errorf("serving: %v", err)
			}
			if took := time.Since(begin); took > httpGrace/2 {
				t.Errorf("stopping took %v", took)
			}
		})
	}
}

func TestListenAndServeReportsAnAddressInUse(t *testing.T) {
	t.Parallel()
	taken := httptest.NewServer(http.NotFoundHandler())
	defer taken.Close()
	err := worker(atOnce).ListenAndServe(t.Context(), taken.Listener.Addr().String())
	if err == nil || !strings.Contains(err.Error(), "address already in use") {
		t.Errorf("error = %v, want that the address is in use", err)
	}
}
