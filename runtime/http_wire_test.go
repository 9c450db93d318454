package runtime

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// host serves s on a real socket for the time of the test, and returns its address.
func host(t *testing.T, s *Server) string {
	t.Helper()
	return hostAt(t, s, "127.0.0.1:0")
}

// hostAt is host for an address that is not the usual one.
func hostAt(t *testing.T, s *Server, at string) string {
	t.Helper()
	if s.http.Limits == (Limits{}) {
		s.http.Limits = quick
	}
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- serveListener(ctx, s, listener) }()
	t.Cleanup(func() {
		s.abort()
		stop()
		if err := <-served; err != nil {
			t.Errorf("serving: %v", err)
		}
		s.Stop(overdue())
	})
	return listener.Addr().String()
}

// dial opens a connection that sends text.
func dial(t *testing.T, addr, text string) *net.TCPConn {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	return c.(*net.TCPConn)
}

// rpc is a request with a message in it, for a version and perhaps a session.
func rpc(t *testing.T, ctx context.Context, addr, version, session, method, params string) *http.Request {
	t.Helper()
	name := ""
	if version >= modernVersion {
		params = strings.TrimSuffix(params, "}")
		if params != "{" {
			params += ","
		}
		params += `"_meta":{"io.modelcontextprotocol/protocolVersion":"` + version + `","io.modelcontextprotocol/clientCapabilities":{}}}`
		if method == callToolMethod {
			name = "work"
		}
	}
	body := `{"jsonrpc":"2.0","id":1,"method":"` + method + `","params":` + params + `}`
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+addr+Path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for header, value := range map[string]string{
		"Content-Type": "application/json", "Accept": "application/json, text/event-stream",
		"Mcp-Protocol-Version": version, "Mcp-Method": method, "Mcp-Name": name, "Mcp-Session-Id": session,
	} {
		if value != "" {
			r.Header.Set(header, value)
		}
	}
	return r
}

const (
	initializeParams = `{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}`
	workParams       = `{"name":"work","arguments":{}}`
	listenParams     = `{"notifications":{"toolsListChanged":true}}`
)

// newSession begins a legacy session and returns its id.
func newSession(t *testing.T, client *http.Client, addr string) string {
	t.Helper()
	response, err := client.Do(rpc(t, t.Context(), addr, "", "", initializeMethod, initializeParams))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	io.Copy(io.Discard, response.Body)
	return response.Header.Get("Mcp-Session-Id")
}

// newClient has connections of its own.
func newClient(t *testing.T) *http.Client {
	transport := &http.Transport{MaxIdleConnsPerHost: 100}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// answers fails the test unless an ordinary call is answered.
func answers(t *testing.T, client *http.Client, addr string) {
	t.Helper()
	response, err := client.Do(rpc(t, t.Context(), addr, modernVersion, "", "tools/list", `{}`))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); err != nil || !bytes.Contains(body, []byte(`"tools":[`)) {
		t.Errorf("an ordinary call is answered with %.200s, %v", body, err)
	}
}

// settle waits until the condition holds, which nothing tells us.
func settle(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !condition(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within ten seconds", what)
		}
	}
}
