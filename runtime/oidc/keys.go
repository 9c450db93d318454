package oidc

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/mcpgen/mcpgen/runtime/internal/httpx"
)

// How often the issuer is asked for its keys.
const (
	// refreshAfter is how long a key that the issuer has withdrawn stays good.
	refreshAfter = 15 * time.Minute
	// retryAfter keeps callers who invent keys, or an issuer that is down, from
	// making us ask for each of their tokens.
	retryAfter = 5 * time.Second
	// retryLater is the same while there are keys to go on with, because callers
	// wait for an issuer that does not answer.
	retryLater = time.Minute
)

// maxDocument is how much of what the issuer says is read.
const maxDocument = 1 << 20

// keySet are the keys of an issuer. It asks for them when they are needed, and
// again for a key that it does not know. The library's own does that for every
// token with an unknown key.
type keySet struct {
	o      Options
	client *http.Client

	fetching chan struct{} // holds one element while somebody asks

	mu    sync.Mutex
	url   string // of the keys, once it is known
	keys  []jose.JSONWebKey
	asked time.Time // when the issuer was asked last
	got   time.Time // when it answered last
	err   error     // of the last time
}

func newKeySet(o Options) *keySet {
	client := o.Client
	if client == nil {
		client = new(http.Client)
	}
	return &keySet{o: o, client: client, fetching: make(chan struct{}, 1), url: o.KeysURL}
}

// unavailableKey is the key of the place for the reason why there are no keys.
type unavailableKey struct{}

// VerifySignature returns the payload of a token that one of the keys has signed.
// The caller has checked that it is one signature with a good algorithm.
func (k *keySet) VerifySignature(ctx context.Context, token string) ([]byte, error) {
	jws, err := jose.ParseSignedCompact(token, signatures(k.o.Algorithms))
	if err != nil {
		return nil, err
	}
	id := jws.Signatures[0].Header.KeyID
	keys, err := k.find(ctx, id)
	if err != nil {
		if reason, ok := ctx.Value(unavailableKey{}).(*error); ok {
			*reason = err
		}
		return nil, err
	}
	for _, key := range keys {
		if payload, err := jws.Verify(&key); err == nil {
			return payload, nil
		}
	}
	return nil, errors.New("no key of the issuer has signed it")
}

func signatures(names []string) (out []jose.SignatureAlgorithm) {
	if len(names) == 0 {
		names = algorithms
	}
	for _, name := range names {
		out = append(out, jose.SignatureAlgorithm(name))
	}
	return out
}

// find returns the keys that may have the id, all if it is empty. The error says
// that the keys are not known, not that there is none.
func (k *keySet) find(ctx context.Context, id string) ([]jose.JSONWebKey, error) {
	if found, fresh := k.known(id); len(found) > 0 && fresh {
		return found, nil
	}
	err := k.refresh(ctx)
	found, _ := k.known(id)
	if len(found) > 0 { // old ones are better than none
		return found, nil
	}
	return nil, err
}

// known returns the keys that may have the id, and whether the issuer has confirmed
// them lately.
func (k *keySet) known(id string) (found []jose.JSONWebKey, fresh bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, key := range k.keys {
		if (id == "" || key.KeyID == id) && key.Use != "enc" {
			found = append(found, key)
		}
	}
	return found, time.Since(k.got) < refreshAfter
}

// ready reports why there are no keys.
func (k *keySet) ready(ctx context.Context) error {
	if found, _ := k.known(""); len(found) > 0 {
		return nil
	}
	return k.refresh(ctx)
}

// refresh asks the issuer for its keys, unless that was just done. It returns the
// error of the last time.
func (k *keySet) refresh(ctx context.Context) error {
	select {
	case k.fetching <- struct{}{}:
		defer func() { <-k.fetching }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if err, recently := k.last(); recently {
		return err
	}
	location, keys, err := k.fetch(context.WithoutCancel(ctx)) // others wait for it too
	k.keep(location, keys, err)
	return err
}

// last returns what came of asking the issuer last, and whether that is too short
// ago to ask again.
func (k *keySet) last() (err error, recently bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	wait := retryAfter
	if k.err != nil && len(k.keys) > 0 {
		wait = retryLater
	}
	return k.err, !k.asked.IsZero() && time.Since(k.asked) < wait
}

// keep remembers what the issuer has said.
func (k *keySet) keep(location string, keys []jose.JSONWebKey, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.asked, k.err = time.Now(), err
	if err == nil {
		k.url, k.keys, k.got = location, keys, k.asked
	}
}

// fetch asks the issuer.
func (k *keySet) fetch(ctx context.Context) (location string, keys []jose.JSONWebKey, err error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	if location, err = k.location(ctx); err != nil {
		return "", nil, err
	}
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := k.get(ctx, location, &set); err != nil {
		return "", nil, err
	}
	for _, raw := range set.Keys {
		var key jose.JSONWebKey
		if json.Unmarshal(raw, &key) == nil && key.IsPublic() { // others may be of kinds to come
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return "", nil, fmt.Errorf("%s has no keys that are of use", location)
	}
	return location, keys, nil
}

// location is where the keys are.
func (k *keySet) location(ctx context.Context) (string, error) {
	k.mu.Lock()
	known := k.url
	k.mu.Unlock()
	if known != "" {
		return known, nil
	}
	var errs []error
	for _, document := range documents(k.o.Issuer) {
		var about struct {
			Issuer string `json:"issuer"`
			Keys   string `json:"jwks_uri"`
		}
		switch err := k.get(ctx, document, &about); {
		case err != nil:
			errs = append(errs, err)
		case about.Issuer != k.o.Issuer:
			errs = append(errs, fmt.Errorf("%s is about the issuer %q", document, about.Issuer))
		case about.Keys == "":
			errs = append(errs, fmt.Errorf("%s has no jwks_uri", document))
		default:
			return about.Keys, nil
		}
	}
	return "", errors.Join(errs...)
}

// documents are where an issuer may describe itself, in the order in which clients
// of the protocol look for them.
func documents(issuer string) []string {
	u, err := url.Parse(issuer)
	if err != nil {
		return []string{issuer}
	}
	path := strings.TrimSuffix(u.Path, "/")
	at := func(path string) string { return u.Scheme + "://" + u.Host + path }
	all := []string{at("/.well-known/oauth-authorization-server" + path), at("/.well-known/openid-configuration" + path)}
	if path != "" {
		all = append(all, at(path+"/.well-known/openid-configuration"))
	}
	return all
}

// get reads a document, from whose address nobody on the way can have sent another.
func (k *keySet) get(ctx context.Context, address string, into any) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && httpx.IsLoopbackAddr(u.Host)) {
		return fmt.Errorf("%s is not an https URL", cmp.Or(address, "the address of the issuer"))
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := k.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", address, response.Status)
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, maxDocument))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", address, err)
	}
	return nil
}
