package runtime

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/mcpgen/mcpgen/runtime/internal/httpx"
	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/oauthex"
)

// Auth says who may call a server over HTTP: those with an access token that was
// issued for it. Package oidc makes one for tokens that are JWTs, from no more than
// the names of the issuer and of the server.
type Auth struct {
	// Resource is the URL by which clients know the server, such as
	// "https://mcp.example.com/mcp". Tokens are issued for it.
	Resource string
	// Issuers are the authorization servers that clients get tokens from.
	Issuers []string
	// Scopes are those that every caller needs. Tools may need more, see
	// [Tool.Scopes].
	Scopes []string
	// Covers reports whether a granted scope includes a needed one. If it is nil,
	// that is so only if they are equal.
	Covers func(granted, needed string) bool
	// Verify checks a token. It has to refuse, with an error that wraps
	// [auth.ErrInvalidToken], what was not issued for Resource. Its other errors
	// mean that it cannot tell; clients are told to try again, and none of the text.
	// It has to name the user and the expiration. Tools see what it returns, and
	// never the token. What is kept for a caller, such as a task, is for the same user
	// only, and, where Extra has the texts "iss", "sub" and "client_id" or "azp", for the
	// same of these.
	Verify auth.TokenVerifier
	// Ready reports why no token can be checked now; it may be nil.
	Ready func(context.Context) error
}

// Authenticate has the server serve only callers with a valid token. It is about
// HTTP alone: over stdio, whoever started the server may call it.
func (s *Server) Authenticate(a Auth) { s.auth = &a }

// metadataPath is where clients look for who issues tokens (RFC 9728).
const metadataPath = "/.well-known/oauth-protected-resource"

// verifyTimeout is for checking a token, which may need keys from elsewhere.
const verifyTimeout = 10 * time.Second

// retryAfter is when what is refused for now may be tried again.
const retryAfter = time.Second

// guard checks the tokens of requests.
type guard struct {
	Auth
	log         *slog.Logger
	panics      *atomic.Int64
	metadata    http.Handler
	metadataURL string
}

// newGuard returns nil if there is nothing to check.
func newGuard(a *Auth, log *slog.Logger, panics *atomic.Int64) (*guard, error) {
	if a == nil {
		return nil, nil
	}
	resource, err := secureURL(a.Resource)
	if err != nil {
		return nil, fmt.Errorf("authentication: the resource, by which clients know this server, %w", err)
	}
	for _, issuer := range a.Issuers {
		if _, err := secureURL(issuer); err != nil {
			return nil, fmt.Errorf("authentication: the issuer %w", err)
		}
	}
	if a.Verify == nil || len(a.Issuers) == 0 {
		return nil, errors.New("authentication: neither Verify nor Issuers may be missing")
	}
	return &guard{
		Auth:   *a,
		log:    log,
		panics: panics,
		metadata: auth.ProtectedResourceMetadataHandler(&oauthex.ProtectedResourceMetadata{
			Resource:               a.Resource,
			AuthorizationServers:   a.Issuers,
			ScopesSupported:        a.Scopes,
			BearerMethodsSupported: []string{"header"},
		}),
		metadataURL: resource.Scheme + "://" + resource.Host + metadataPath + strings.TrimSuffix(resource.EscapedPath(), "/"),
	}, nil
}

// secureURL parses a URL of which nobody on the way can take the place.
func secureURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Fragment != "" || u.Scheme != "https" && (u.Scheme != "http" || !httpx.IsLoopbackAddr(u.Host)) {
		return nil, fmt.Errorf("is %q, not an https URL", text)
	}
	return u, nil
}

// admit returns the request with what is known of the caller, and without the
// token, which is nobody else's business.
func (g *guard) admit(r *http.Request) (*http.Request, *httpx.Refusal) {
	token, refusal := g.bearer(r)
	if refusal != nil {
		return r, refusal
	}
	info, refusal := g.verify(r, token)
	if refusal != nil {
		return r, refusal
	}
	if missing := g.missing(info, g.Scopes); missing {
		return r, g.insufficient(g.Scopes)
	}
	r = withToken(r.Clone(r.Context()), info)
	r.Header.Del("Authorization")
	return r, nil
}

// bearer is the token of a request.
func (g *guard) bearer(r *http.Request) (string, *httpx.Refusal) {
	values := r.Header.Values("Authorization")
	if len(values) == 0 {
		return "", g.unauthorized("", "")
	}
	scheme, token, found := strings.Cut(values[0], " ")
	if len(values) > 1 || !found || !strings.EqualFold(scheme, "Bearer") || token == "" || strings.ContainsAny(token, " \t,") {
		return "", g.unauthorized("invalid_request", "the Authorization header has to be one bearer token")
	}
	return token, nil
}

// verify checks a token.
func (g *guard) verify(r *http.Request, token string) (info *auth.TokenInfo, refusal *httpx.Refusal) {
	ctx, cancel := context.WithTimeout(r.Context(), verifyTimeout)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			logPanic(g.log, g.panics, p)
			info, refusal = nil, g.unsure()
		}
	}()
	info, err := g.Verify(ctx, token, r)
	switch {
	case errors.Is(err, auth.ErrInvalidToken):
		g.log.DebugContext(ctx, "refused a token", "error", err)
		return nil, g.unauthorized("invalid_token", "the token is not valid for this server")
	case err != nil:
		g.log.ErrorContext(ctx, "tokens cannot be checked (the log at level debug says why)")
		g.log.DebugContext(ctx, "tokens cannot be checked", "error", err)
		return nil, g.unsure()
	case info == nil || info.UserID == "" || info.Expiration.IsZero():
		g.log.ErrorContext(ctx, "the verifier of tokens names no user or no expiration")
		return nil, g.unauthorized("invalid_token", "the token names no user or no expiration")
	case info.Expiration.Before(time.Now()):
		return nil, g.unauthorized("invalid_token", "the token has expired")
	}
	return info, nil
}

// withToken gives a request what the SDK's own middleware would: the key of the
// context is the SDK's secret.
func withToken(r *http.Request, info *auth.TokenInfo) *http.Request {
	verified := func(context.Context, string, *http.Request) (*auth.TokenInfo, error) { return info, nil }
	keep := func(_ http.ResponseWriter, with *http.Request) { r = with }
	auth.RequireBearerToken(verified, &auth.RequireBearerTokenOptions{ClockSkew: time.Hour})(http.HandlerFunc(keep)).
		ServeHTTP(&unread{header: make(http.Header)}, r)
	return r
}

// missing reports whether a caller lacks one of the scopes.
func (g *guard) missing(info *auth.TokenInfo, scopes []string) bool {
	covers := g.Covers
	if covers == nil {
		covers = func(granted, needed string) bool { return granted == needed }
	}
	return !grants(info, scopes, covers)
}

// grants reports whether the token has all the scopes.
func grants(info *auth.TokenInfo, scopes []string, covers func(granted, needed string) bool) bool {
	for _, needed := range scopes {
		if !slices.ContainsFunc(info.Scopes, func(granted string) bool { return covers(granted, needed) }) {
			return false
		}
	}
	return true
}

// unauthorized refuses a request without a valid token, and says where to get one.
func (g *guard) unauthorized(code, description string) *httpx.Refusal {
	message := description
	if message == "" {
		message = "a bearer token is needed"
	}
	return &httpx.Refusal{Status: http.StatusUnauthorized, Message: message, Challenge: g.challenge(code, description, g.Scopes)}
}

// insufficient refuses a request whose token does not allow it, and says what would.
func (g *guard) insufficient(scopes []string) *httpx.Refusal {
	const description = "the token lacks a scope"
	return &httpx.Refusal{
		Status:    http.StatusForbidden,
		Message:   description + "; needed are " + strings.Join(scopes, " "),
		Challenge: g.challenge("insufficient_scope", description, scopes),
	}
}

// unsure refuses a request because its token cannot be checked.
func (g *guard) unsure() *httpx.Refusal {
	return &httpx.Refusal{
		Status: http.StatusServiceUnavailable, Code: httpx.CodeInternal, RetryAfter: retryAfter,
		Message: "tokens cannot be checked at the moment",
	}
}

// challenge is a WWW-Authenticate header (RFC 6750, RFC 9728).
func (g *guard) challenge(code, description string, scopes []string) string {
	var parameters []string
	for _, p := range [][2]string{
		{"error", code},
		{"error_description", description},
		{"scope", strings.Join(scopes, " ")},
		{"resource_metadata", g.metadataURL},
	} {
		if p[1] != "" {
			parameters = append(parameters, fmt.Sprintf(`%s="%s"`, p[0], quotable.Replace(p[1])))
		}
	}
	return "Bearer " + strings.Join(parameters, ", ")
}

// quotable escapes what ends a quoted string of HTTP.
var quotable = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
