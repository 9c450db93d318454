package runtime

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/auth"
)

func TestEveryLimitHasADefault(t *testing.T) {
	t.Parallel()
	defaults := reflect.ValueOf(Limits{}.or(defaultLimits))
	for i := range defaults.NumField() {
		if defaults.Field(i).IsZero() {
			t.Errorf("%s has no default", defaults.Type().Field(i).Name)
		}
	}
	own := Limits{Requests: 7}.or(defaultLimits)
	if own.Requests != 7 {
		t.Errorf("Requests = %d, want what was said", own.Requests)
	}
}

func TestFlagsAddToWhatTheProgramSays(t *testing.T) {
	t.Parallel()
	f, err := parseFlags(strings.Fields("-http :0 -allow-host a.example,b.example -allow-host c.example -allow-origin https://a.example -tls-cert c -tls-key k -insecure-no-auth"))
	if err != nil {
		t.Fatal(err)
	}
	got := f.over(HTTP{Hosts: []string{"own.example"}, Limits: Limits{Requests: 7}})
	if want := []string{"own.example", "a.example", "b.example", "c.example"}; !slices.Equal(got.Hosts, want) {
		t.Errorf("hosts = %q, want %q", got.Hosts, want)
	}
	if !slices.Equal(got.Origins, []string{"https://a.example"}) || got.CertFile != "c" || got.KeyFile != "k" || !got.InsecureNoAuth || got.Limits.Requests != 7 {
		t.Errorf("HTTP = %+v", got)
	}
}

// selfSigned writes a certificate for 127.0.0.1 and returns who trusts it.
func selfSigned(t *testing.T) (certFile, keyFile string, trust *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	certFile, keyFile = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	if err := os.WriteFile(certFile, certificate, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600); err != nil {
		t.Fatal(err)
	}
	trust = x509.NewCertPool()
	trust.AppendCertsFromPEM(certificate)
	return certFile, keyFile, trust
}

func TestTLS(t *testing.T) {
	t.Parallel()
	certFile, keyFile, trust := selfSigned(t)
	s := worker(atOnce)
	s.ConfigureHTTP(HTTP{CertFile: certFile, KeyFile: keyFile})
	ctx, stop := context.WithCancel(t.Context())
	urls, served := make(chan string, 1), make(chan error, 1)
	go func() { served <- s.listenAndServe(ctx, ":0", func(url string) { urls <- url }) }()
	addr, found := strings.CutPrefix(strings.TrimSuffix(<-urls, Path), "https://")
	if !found {
		t.Errorf("the URL of %s is not https", addr)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trust}, ForceAttemptHTTP2: true}
	defer transport.CloseIdleConnections()
	r := rpc(t, t.Context(), addr, modernVersion, "", callToolMethod, workParams)
	r.URL.Scheme = "https"
	response, err := (&http.Client{Transport: transport}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(response.Body)
	response.Body.Close()
	if response.ProtoMajor != 2 || !strings.Contains(string(body), `"text":"done"`) {
		t.Errorf("answer = %s %s, want one over HTTP/2", response.Proto, body)
	}
	stop()
	if err := <-served; err != nil {
		t.Errorf("serving: %v", err)
	}
}

func TestWrongAuthRefusesEverything(t *testing.T) {
	t.Parallel()
	verify := func(context.Context, string, *http.Request) (*auth.TokenInfo, error) {
		return nil, auth.ErrInvalidToken
	}
	const resource, issuer = "https://mcp.example.com/mcp", "https://login.example.com"
	for want, a := range map[string]Auth{
		`the resource, by which clients know this server, is "", not an https URL`:        {Issuers: []string{issuer}, Verify: verify},
		`the resource, by which clients know this server, is "http://mcp.example.com"`:    {Resource: "http://mcp.example.com", Issuers: []string{issuer}, Verify: verify},
		`the resource, by which clients know this server, is "https://mcp.example.com#x"`: {Resource: "https://mcp.example.com#x", Issuers: []string{issuer}, Verify: verify},
		`the issuer is "login.example.com", not an https URL`:                             {Resource: resource, Issuers: []string{"login.example.com"}, Verify: verify},
		"neither Verify nor Issuers may be missing":                                       {Resource: resource, Issuers: []string{issuer}},
	} {
		s := worker(atOnce)
		s.Authenticate(a)
		if err := s.ListenAndServe(t.Context(), ":0"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error = %v, want %s", err, want)
		}
		recorder := httptest.NewRecorder()
		s.Handler().ServeHTTP(recorder, httptest.NewRequest("POST", "/", nil))
		if recorder.Code != http.StatusInternalServerError || strings.Contains(recorder.Body.String(), "example.com") {
			t.Errorf("answer = %d %s, want 500 without a reason", recorder.Code, recorder.Body)
		}
	}
}

// TestHandlerBehindAuthenticationOfTheProgram is about programs that check tokens
// themselves: scopes of tools are asked for all the same.
func TestHandlerBehindAuthenticationOfTheProgram(t *testing.T) {
	t.Parallel()
	s := worker(atOnce)
	AddTool(s, Tool{Name: "guarded", Description: "Works.", InputSchema: `{"type":"object"}`, Scopes: []string{"admin"}}, NoArguments,
		func(context.Context, *Call, struct{}) (*Result, error) { return TextResult("done"), nil })
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer s.Stop(overdue())
	verify := func(_ context.Context, token string, _ *http.Request) (*auth.TokenInfo, error) {
		return &auth.TokenInfo{UserID: "ann", Scopes: []string{token}, Expiration: time.Now().Add(time.Hour)}, nil
	}
	server := httptest.NewServer(auth.RequireBearerToken(verify, nil)(s.Handler()))
	defer server.Close()
	for scope, want := range map[string]int{"admin": 200, "other": 403} {
		r := rpc(t, t.Context(), server.Listener.Addr().String(), modernVersion, "", callToolMethod, `{"name":"guarded","arguments":{}}`)
		r.Host = "mcp.example.com"
		r.Header.Set("Mcp-Name", "guarded")
		r.Header.Set("Authorization", "Bearer "+scope)
		response, err := newClient(t).Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want || want == 403 && response.Header.Get("WWW-Authenticate") != `Bearer error="insufficient_scope", error_description="the token lacks a scope", scope="admin"` {
			t.Errorf("scope %s: answer = %d %v, want %d", scope, response.StatusCode, response.Header, want)
		}
	}
}
