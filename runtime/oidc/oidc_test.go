package oidc_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/mcpgen/mcpgen/runtime/oidc"
)

// user is what a tool wants to know of its caller.
type user struct {
	Subject string `json:"sub"`
	Email   string `json:"email"`
}

// protect returns a server that trusts the issuer. Its tool "who" tells who calls,
// and its tool "write" needs two scopes.
func protect(t *testing.T, o oidc.Options, log *slog.Logger) *httptest.Server {
	t.Helper()
	s := runtime.NewServer(runtime.Info{Name: "notes"}, runtime.WithLogger(log))
	oidc.Protect(o)(s)
	add := func(name string, scopes ...string) {
		runtime.AddTool(s, runtime.Tool{Name: name, Description: "Tells.", InputSchema: `{"type":"object"}`, Scopes: scopes, Task: runtime.TaskOptional},
			func(d *codec.Decoder) struct{} { return runtime.NoArguments(d) },
			func(_ context.Context, c *runtime.Call, _ struct{}) (*runtime.Result, error) {
				u, err := oidc.Claims[user](c)
				text := fmt.Sprintf("%s of %s, Authorization: %q", u.Subject, u.Email, c.Header().Get("Authorization"))
				return runtime.TextResult(text), err
			})
	}
	add("who")
	add("write", "notes:write", "notes:admin")
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		server.Close()
		s.Stop(context.Background())
	})
	return server
}

// call calls a tool as a client of 2026-07-28.
func call(t *testing.T, url, tool string, header http.Header) (*http.Response, string) {
	t.Helper()
	return callWith(t, url, tool, `{}`, header)
}

// callWith is call for a client with these capabilities, in JSON.
func callWith(t *testing.T, url, tool, capabilities string, header http.Header) (*http.Response, string) {
	t.Helper()
	body := `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"` + tool + `","arguments":{},"_meta":{` +
		`"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":` + capabilities + `,` +
		`"io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"}}}}`
	return post(t, url, body, http.Header{"Mcp-Protocol-Version": {"2026-07-28"}, "Mcp-Method": {"tools/call"}, "Mcp-Name": {tool}}, header)
}

func post(t *testing.T, url, body string, headers ...http.Header) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	for _, header := range headers {
		for name, values := range header {
			r.Header[name] = values
		}
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(text)
}

func bearer(token string) http.Header { return http.Header{"Authorization": {"Bearer " + token}} }

func TestProtectLetsInWhoHasAGoodToken(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	rsa, ec := rsaKey(t, "rsa"), ecdsaKey(t, "ec")
	i.publish(rsa, ec)
	server := protect(t, oidc.Options{Issuer: i.URL, Resource: resource}, slog.New(slog.DiscardHandler))
	for _, row := range []struct {
		name   string
		key    key
		change map[string]any
	}{
		{"RS256", rsa, nil},
		{"ES256", ec, nil},
		{"one audience of several", ec, map[string]any{"aud": []string{"https://other.example.com", resource}}},
		{"no scope", ec, map[string]any{"scope": nil}},
		{"scopes as a list", ec, map[string]any{"scope": nil, "scp": []string{"notes:read"}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			response, text := call(t, server.URL, "who", bearer(sign(t, row.key, i.claims(row.change))))
			if response.StatusCode != 200 || !strings.Contains(text, `ann of ann@example.com, Authorization: \"\"`) {
				t.Errorf("answer = %d %s, want who the token is about and no token", response.StatusCode, text)
			}
		})
	}
	if got := i.fetches.Load(); got != 1 {
		t.Errorf("the keys were fetched %d times, want once", got)
	}
}

// TestClaimsInATask has the claims kept for a call that may become a task.
func TestClaimsInATask(t *testing.T) {
	t.Parallel()
	i, k := newIssuer(t), ecdsaKey(t, "ec")
	i.publish(k)
	server := protect(t, oidc.Options{Issuer: i.URL, Resource: resource}, slog.New(slog.DiscardHandler))
	_, text := callWith(t, server.URL, "who", `{"extensions":{"io.modelcontextprotocol/tasks":{}}}`, bearer(sign(t, k, i.claims(nil))))
	if !strings.Contains(text, "ann of ann@example.com") {
		t.Errorf("answer = %s, want who the token is about", text)
	}
}

func TestProtectRefusesABadToken(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	good := rsaKey(t, "rsa")
	i.publish(good, ecdsaKey(t, "ec"))
	stranger := rsaKey(t, "rsa")
	server := protect(t, oidc.Options{Issuer: i.URL, Resource: resource, Scopes: []string{"notes:read"}}, slog.New(slog.DiscardHandler))

	signed := func(change map[string]any) string { return sign(t, good, i.claims(change)) }
	tampered := signed(nil)
	head, rest, _ := strings.Cut(tampered, ".")
	payload, signature, _ := strings.Cut(rest, ".")
	der, err := x509.MarshalPKIXPublicKey(i.keys.Keys[0].Key)
	if err != nil {
		t.Fatal(err)
	}
	public := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})

	const challenge = `Bearer error="invalid_token", error_description="the token is not valid for this server", scope="notes:read", ` +
		`resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp"`
	for name, token := range map[string]string{
		"expired":             signed(map[string]any{"exp": 1_700_000_000}),
		"no expiration":       signed(map[string]any{"exp": nil}),
		"not yet":             signed(map[string]any{"nbf": 4_000_000_000}),
		"wrong audience":      signed(map[string]any{"aud": "https://other.example.com/mcp"}),
		"audience is a part":  signed(map[string]any{"aud": "https://mcp.example.com"}),
		"no audience":         signed(map[string]any{"aud": nil}),
		"wrong issuer":        signed(map[string]any{"iss": "https://evil.example.com"}),
		"no subject":          signed(map[string]any{"sub": nil}),
		"unknown kid":         sign(t, key{good.algorithm, good.private, "other"}, i.claims(nil)),
		"another's signature": sign(t, stranger, i.claims(nil)),
		"alg none":            unsigned(t, i.claims(nil)),
		"key as a secret":     sign(t, key{jose.HS256, bytes.TrimSpace(public), "rsa"}, i.claims(nil)),
		"cut":                 head + "." + payload + "." + signature[:len(signature)-4],
		"other claims":        head + "." + strings.Split(signed(map[string]any{"sub": "bob"}), ".")[1] + "." + signature,
		"no JWT":              "opaque",
	} {
		t.Run(name, func(t *testing.T) {
			response, text := call(t, server.URL, "who", bearer(token))
			if response.StatusCode != 401 {
				t.Errorf("status = %d %s, want 401", response.StatusCode, text)
			}
			if got := response.Header.Get("WWW-Authenticate"); got != challenge {
				t.Errorf("challenge = %s\nwant %s", got, challenge)
			}
		})
	}
	if got := i.fetches.Load(); got > 2 {
		t.Errorf("bad tokens made us fetch the keys %d times", got)
	}
}

func TestProtectAsksForAToken(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	server := protect(t, oidc.Options{Issuer: i.URL, Resource: resource}, slog.New(slog.DiscardHandler))
	const metadata = `resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp"`
	for _, row := range []struct {
		name   string
		header http.Header
		want   string
	}{
		{"nothing", nil, "Bearer " + metadata},
		{"another scheme", http.Header{"Authorization": {"Basic YTpi"}}, `Bearer error="invalid_request"`},
		{"two headers", http.Header{"Authorization": {"Bearer a", "Bearer b"}}, `Bearer error="invalid_request"`},
		{"two tokens", http.Header{"Authorization": {"Bearer a b"}}, `Bearer error="invalid_request"`},
	} {
		t.Run(row.name, func(t *testing.T) {
			response, _ := call(t, server.URL, "who", row.header)
			got := response.Header.Get("WWW-Authenticate")
			if response.StatusCode != 401 || !strings.HasPrefix(got, row.want) || !strings.HasSuffix(got, metadata) {
				t.Errorf("answer = %d, challenge %s, want 401 and %s", response.StatusCode, got, row.want)
			}
		})
	}
	if got := i.documents.Load() + i.fetches.Load(); got != 0 {
		t.Errorf("the issuer was asked %d times, want never without a token", got)
	}
}

func TestProtectServesMetadata(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	server := protect(t, oidc.Options{Issuer: i.URL, Resource: resource, Scopes: []string{"notes:read"}}, slog.New(slog.DiscardHandler))
	response, err := http.Get(server.URL + "/.well-known/oauth-protected-resource/mcp")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var got struct {
		Resource string   `json:"resource"`
		Servers  []string `json:"authorization_servers"`
		Scopes   []string `json:"scopes_supported"`
	}
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.Resource != resource || len(got.Servers) != 1 || got.Servers[0] != i.URL || len(got.Scopes) != 1 || got.Scopes[0] != "notes:read" {
		t.Errorf("metadata = %+v", got)
	}
}

func TestScopesOfATool(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	k := ecdsaKey(t, "ec")
	i.publish(k)
	server := protect(t, oidc.Options{
		Issuer: i.URL, Resource: resource, Scopes: []string{"notes:read"},
		Covers: func(granted, needed string) bool { return granted == needed || granted == "notes:*" },
	}, slog.New(slog.DiscardHandler))
	const all = `scope="notes:admin notes:read notes:write"`
	for _, row := range []struct {
		name, scope, tool string
		status            int
		challenge         string
	}{
		{"enough", "notes:read notes:write notes:admin", "write", 200, ""},
		{"a broader scope", "notes:*", "write", 200, ""},
		{"one is missing", "notes:read notes:write", "write", 403, all},
		{"both are missing", "notes:read", "write", 403, all},
		{"another tool", "notes:read", "who", 200, ""},
		{"not even for the server", "other", "who", 403, `scope="notes:read"`},
	} {
		t.Run(row.name, func(t *testing.T) {
			response, text := call(t, server.URL, row.tool, bearer(sign(t, k, i.claims(map[string]any{"scope": row.scope}))))
			challenge := response.Header.Get("WWW-Authenticate")
			if response.StatusCode != row.status || !strings.Contains(challenge, row.challenge) {
				t.Errorf("answer = %d, challenge %s, want %d and %s: %s", response.StatusCode, challenge, row.status, row.challenge, text)
			}
			if row.status == 403 && !strings.Contains(challenge, `error="insufficient_scope"`) {
				t.Errorf("challenge = %s, want insufficient_scope", challenge)
			}
		})
	}
}

func TestKeysRotate(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	first, second := ecdsaKey(t, "first"), ecdsaKey(t, "second")
	i.publish(first, second) // an issuer announces a key before it uses it
	server := protect(t, oidc.Options{Issuer: i.URL, Resource: resource}, slog.New(slog.DiscardHandler))
	for _, k := range []key{first, second} {
		if response, text := call(t, server.URL, "who", bearer(sign(t, k, i.claims(nil)))); response.StatusCode != 200 {
			t.Errorf("%s: answer = %d %s, want 200", k.id, response.StatusCode, text)
		}
	}
}

// logs is a log that can be read while it is written.
type logs struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func TestAnIssuerThatIsDownIsNoFaultOfTheCaller(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	k := ecdsaKey(t, "ec")
	i.publish(k)
	i.down.Store(true)
	var log logs
	server := protect(t, oidc.Options{Issuer: i.URL, Resource: resource}, slog.New(slog.NewTextHandler(&log, nil)))
	token := sign(t, k, i.claims(nil))
	response, text := call(t, server.URL, "who", bearer(token))
	if response.StatusCode != 503 || response.Header.Get("Retry-After") == "" {
		t.Errorf("answer = %d %v, want 503 with Retry-After", response.StatusCode, response.Header)
	}
	for what, sink := range map[string]string{"answer": text, "log": log.buf.String()} {
		for _, secret := range []string{token, "secret", i.URL} {
			if strings.Contains(sink, secret) {
				t.Errorf("the %s has %q: %s", what, secret, sink)
			}
		}
	}
}

func TestASessionBelongsToWhoBeganIt(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	k := ecdsaKey(t, "ec")
	i.publish(k)
	server := protect(t, oidc.Options{Issuer: i.URL, Resource: resource}, slog.New(slog.DiscardHandler))
	ann, bob := bearer(sign(t, k, i.claims(nil))), bearer(sign(t, k, i.claims(map[string]any{"sub": "bob"})))

	const initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}`
	begun, _ := post(t, server.URL, initialize, ann)
	session := http.Header{"Mcp-Session-Id": {begun.Header.Get("Mcp-Session-Id")}}
	const ping = `{"jsonrpc":"2.0","id":2,"method":"ping"}`
	if response, text := post(t, server.URL, ping, session, bob); response.StatusCode != 403 {
		t.Errorf("Bob: answer = %d %s, want 403", response.StatusCode, text)
	}
	if response, text := post(t, server.URL, ping, session, ann); response.StatusCode != 200 {
		t.Errorf("Ann: answer = %d %s, want 200", response.StatusCode, text)
	}
}
