package oidc

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// publisher is an issuer in memory, for tests with their own time.
type publisher struct {
	keys    jose.JSONWebKeySet
	down    bool
	fetches int
}

func (p *publisher) RoundTrip(r *http.Request) (*http.Response, error) {
	p.fetches++
	if p.down {
		return nil, errors.New("connection refused")
	}
	body, err := json.Marshal(p.keys)
	return &http.Response{StatusCode: 200, Request: r, Body: io.NopCloser(bytes.NewReader(body))}, err
}

// newKey returns a token that a new key has signed, and the public key.
func newKey(t *testing.T, id string) (token string, public jose.JSONWebKey) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: private}, new(jose.SignerOptions).WithHeader("kid", id))
	if err != nil {
		t.Fatal(err)
	}
	jws, err := signer.Sign([]byte(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	token, err = jws.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return token, jose.JSONWebKey{Key: private.Public(), KeyID: id}
}

// rotation is a key set whose issuer goes from one key to another.
func rotation(t *testing.T) (keys *keySet, p *publisher, old, next string, nextKeys []jose.JSONWebKey) {
	t.Helper()
	old, oldKey := newKey(t, "old")
	next, fresh := newKey(t, "next")
	p = &publisher{keys: jose.JSONWebKeySet{Keys: []jose.JSONWebKey{oldKey}}}
	keys = newKeySet(Options{KeysURL: "https://login.example.com/keys", Client: &http.Client{Transport: p}})
	return keys, p, old, next, []jose.JSONWebKey{fresh}
}

// good reports whether the token is.
func good(keys *keySet, token string) bool {
	_, err := keys.VerifySignature(context.Background(), token)
	return err == nil
}

func TestANewKeyIsFoundWithinSeconds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		keys, p, old, fresh, now := rotation(t)
		if !good(keys, old) || good(keys, fresh) {
			t.Error("want only the old token to be good before the rotation")
		}
		p.keys.Keys = now
		if good(keys, fresh) {
			t.Error("the issuer was asked again at once")
		}
		time.Sleep(retryAfter)
		if !good(keys, fresh) {
			t.Error("the new token is not good after the rotation")
		}
		if good(keys, old) {
			t.Error("the old token is still good")
		}
	})
}

func TestAWithdrawnKeyIsForgotten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		keys, p, old, _, now := rotation(t)
		good(keys, old)
		p.keys.Keys = now
		time.Sleep(refreshAfter - time.Second)
		if !good(keys, old) {
			t.Error("the old token is not good although nobody has asked for the new keys")
		}
		time.Sleep(time.Second)
		if good(keys, old) {
			t.Error("the old token is still good")
		}
	})
}

func TestKeysOutliveTheirIssuer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		keys, p, old, _, _ := rotation(t)
		good(keys, old)
		p.down = true
		time.Sleep(refreshAfter)
		for range 100 {
			if !good(keys, old) {
				t.Fatal("the token is not good while the issuer is down")
			}
		}
		if got, want := p.fetches, 2; got != want {
			t.Errorf("%d fetches, want %d", got, want)
		}
	})
}

func TestInventedKeysCostTheIssuerLittle(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		keys, p, old, fresh, _ := rotation(t)
		good(keys, old)
		for range 1000 {
			good(keys, fresh)
			time.Sleep(10 * time.Millisecond)
		}
		if got, most := p.fetches, 3; got > most {
			t.Errorf("%d fetches in ten seconds, want at most %d", got, most)
		}
	})
}

func TestDocuments(t *testing.T) {
	t.Parallel()
	for issuer, want := range map[string]string{
		"https://a.example":         "https://a.example/.well-known/openid-configuration",
		"https://a.example/":        "https://a.example/.well-known/openid-configuration",
		"https://a.example/realm/x": "https://a.example/realm/x/.well-known/openid-configuration",
	} {
		all := documents(issuer)
		if got := all[len(all)-1]; got != want {
			t.Errorf("documents(%q) ends with %q, want %q", issuer, got, want)
		}
	}
}

func TestKeysComeOnlyFromASafeAddress(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{{Issuer: "http://login.example.com"}, {KeysURL: "http://login.example.com/keys"}, {Issuer: "login.example.com"}, {}} {
		if err := newKeySet(o).ready(t.Context()); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
}
