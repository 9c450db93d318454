package oidc_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// issuer is an authorization server: it has keys, publishes them, and signs.
type issuer struct {
	*httptest.Server
	documents atomic.Int64 // requests for them
	fetches   atomic.Int64 // requests for keys
	down      atomic.Bool

	mu   sync.Mutex
	keys jose.JSONWebKeySet
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	i := new(issuer)
	mux := http.NewServeMux()
	describe := func(w http.ResponseWriter, _ *http.Request) {
		i.documents.Add(1)
		json.NewEncoder(w).Encode(map[string]string{"issuer": i.URL, "jwks_uri": i.URL + "/keys"})
	}
	mux.HandleFunc("/.well-known/openid-configuration", describe)
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		i.fetches.Add(1)
		i.mu.Lock()
		defer i.mu.Unlock()
		json.NewEncoder(w).Encode(i.keys)
	})
	i.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if i.down.Load() {
			http.Error(w, "postgres://issuer:secret@db is gone", http.StatusBadGateway)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(i.Close)
	return i
}

// key is a key of an issuer, or of somebody who would like to be one.
type key struct {
	algorithm jose.SignatureAlgorithm
	private   any
	id        string
}

func rsaKey(t *testing.T, id string) key {
	t.Helper()
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return key{jose.RS256, private, id}
}

func ecdsaKey(t *testing.T, id string) key {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key{jose.ES256, private, id}
}

// publish replaces the keys.
func (i *issuer) publish(keys ...key) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.keys = jose.JSONWebKeySet{}
	for _, k := range keys {
		public := k.private.(crypto.Signer).Public()
		i.keys.Keys = append(i.keys.Keys, jose.JSONWebKey{Key: public, KeyID: k.id, Algorithm: string(k.algorithm), Use: "sig"})
	}
}

const resource = "https://mcp.example.com/mcp"

// claims are good ones, but for the changes; nil takes one out.
func (i *issuer) claims(changes map[string]any) map[string]any {
	claims := map[string]any{
		"iss": i.URL, "sub": "ann", "aud": resource, "scope": "notes:read",
		"exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix(), "email": "ann@example.com",
	}
	maps.Copy(claims, changes)
	maps.DeleteFunc(claims, func(_ string, v any) bool { return v == nil })
	return claims
}

// sign makes a token.
func sign(t *testing.T, k key, claims map[string]any) string {
	t.Helper()
	payload, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	options := new(jose.SignerOptions).WithType("at+jwt").WithHeader("kid", k.id)
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: k.algorithm, Key: k.private}, options)
	if err != nil {
		t.Fatal(err)
	}
	jws, err := signer.Sign(payload)
	if err != nil {
		t.Fatal(err)
	}
	token, err := jws.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// unsigned is a token of the algorithm "none".
func unsigned(t *testing.T, claims map[string]any) string {
	t.Helper()
	payload, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + encode(payload) + "."
}
