package oidc

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/mcpgen/mcpgen/runtime"
	"github.com/modelcontextprotocol/go-sdk/auth"
)

// Options say which tokens are good.
type Options struct {
	// Issuer is the URL of the authorization server, spelled as in its tokens. Its
	// keys are found by OpenID Connect Discovery or RFC 8414.
	Issuer string
	// Resource is the URL by which clients know the server. It has to be among the
	// audiences of a token.
	Resource string
	// Audience is what tokens have instead of Resource as their audience, for
	// authorization servers that do not support resource indicators (RFC 8707).
	Audience string
	// Scopes are those that every caller needs, see [runtime.Auth].
	Scopes []string
	// Covers is for scopes that include others, see [runtime.Auth].
	Covers func(granted, needed string) bool
	// KeysURL is where the keys are, for issuers that do not say so themselves.
	KeysURL string
	// Algorithms of signatures; the default is all that use a public key.
	Algorithms []string
	// Client fetches keys; the default is [http.Client]'s zero value. No answer
	// is waited for longer than five seconds.
	Client *http.Client
}

// algorithms are those with a public key. Those with a secret key would let
// whoever can check a token make one.
var algorithms = []string{
	oidc.RS256, oidc.RS384, oidc.RS512, oidc.ES256, oidc.ES384, oidc.ES512,
	oidc.PS256, oidc.PS384, oidc.PS512, oidc.EdDSA,
}

// Protect returns a function for [runtime.Main] that lets a server serve only
// callers with a good token.
func Protect(o Options) func(*runtime.Server) {
	return func(s *runtime.Server) { s.Authenticate(New(o)) }
}

// New returns what [runtime.Server.Authenticate] wants. It asks the issuer for
// nothing before the first token has to be checked, or somebody asks whether the
// server is ready.
func New(o Options) runtime.Auth {
	v := newVerifier(o)
	return runtime.Auth{
		Resource: o.Resource,
		Issuers:  []string{o.Issuer},
		Scopes:   o.Scopes,
		Covers:   o.Covers,
		Verify:   v.verify,
		Ready:    v.keys.ready,
	}
}

// verifier checks tokens.
type verifier struct {
	keys   *keySet
	tokens *oidc.IDTokenVerifier
}

func newVerifier(o Options) *verifier {
	keys := newKeySet(o)
	wanted := o.Algorithms
	if len(wanted) == 0 {
		wanted = algorithms
	}
	return &verifier{keys: keys, tokens: oidc.NewVerifier(o.Issuer, keys, &oidc.Config{
		ClientID:             cmp.Or(o.Audience, o.Resource), // the audience; the name is for what the library was made for
		SupportedSigningAlgs: wanted,
	})}
}

// claims are those that tell who may do what. Authorization servers spell scopes
// in two ways.
type claims struct {
	Subject  string   `json:"sub"`
	ClientID string   `json:"client_id"`
	Party    string   `json:"azp"`
	Scope    scopes   `json:"scope"`
	Scp      scopes   `json:"scp"`
	Expiry   *float64 `json:"exp"`
}

// scopes are a text with spaces between them, or a list.
type scopes []string

func (s *scopes) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		*s = strings.Fields(text)
		return nil
	}
	return json.Unmarshal(data, (*[]string)(s))
}

// claimsKey is where the claims are in [auth.TokenInfo.Extra].
const claimsKey = "claims"

// verify is an [auth.TokenVerifier].
func (v *verifier) verify(ctx context.Context, token string, _ *http.Request) (*auth.TokenInfo, error) {
	var unavailable error
	verified, err := v.tokens.Verify(context.WithValue(ctx, unavailableKey{}, &unavailable), token)
	if unavailable != nil { // the library hides the cause
		return nil, unavailable
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", auth.ErrInvalidToken, err)
	}
	var c claims
	var all json.RawMessage
	if err := errors.Join(verified.Claims(&c), verified.Claims(&all)); err != nil {
		return nil, fmt.Errorf("%w: %w", auth.ErrInvalidToken, err)
	}
	user := cmp.Or(c.Subject, c.ClientID, c.Party)
	if user == "" || c.Expiry == nil {
		return nil, fmt.Errorf("%w: it names no subject or no expiration", auth.ErrInvalidToken)
	}
	return &auth.TokenInfo{
		Scopes:     slices.Concat(c.Scope, c.Scp),
		Expiration: verified.Expiry,
		UserID:     verified.Issuer + " " + user, // subjects are unique only for their issuer
		Extra: map[string]any{
			claimsKey: all,
			"iss":     verified.Issuer, "sub": c.Subject, "client_id": cmp.Or(c.ClientID, c.Party),
		},
	}, nil
}

// ErrNoToken is the error of [Claims] if the caller has no token of this package,
// as over stdio.
var ErrNoToken = errors.New("the caller is not authenticated")

// Claims returns what the caller's token says, as a struct with tags of
// encoding/json for the claims that are of interest.
func Claims[T any](call *runtime.Call) (claims T, err error) {
	token := call.Token()
	if token == nil {
		return claims, ErrNoToken
	}
	raw, ok := token.Extra[claimsKey].(json.RawMessage)
	if !ok {
		return claims, ErrNoToken
	}
	err = json.Unmarshal(raw, &claims)
	return claims, err
}

// fetchTimeout is for one request to the issuer.
const fetchTimeout = 5 * time.Second
