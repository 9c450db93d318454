package runtime

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/modelcontextprotocol/go-sdk/auth"
)

// A store is no place for credentials: whoever reads it, or one of its backups,
// could act as the callers do. So a task keeps who called, and nothing by which
// anybody could call as them.

// kept is what a task keeps of a header, or of a _meta, by their names: that by which
// a trace goes on and, if somebody is going to read it, all but credentials.
func kept[M ~map[string]V, V any](values M, read bool) M {
	var k M
	for name, value := range values {
		if !slices.Contains(traceNames, strings.ToLower(name)) && (!read || isSecret(name)) {
			continue
		}
		if k == nil {
			k = make(M)
		}
		k[name] = value
	}
	return k
}

// traceNames are those of W3C's Trace Context and Baggage.
var traceNames = []string{"traceparent", "tracestate", "baggage"}

// secretParts make a name that of a credential wherever they are in it, however its
// words are divided; secretWords do if they are one of its words.
var (
	secretParts = []string{
		"authoriz", "authenticat", "token", "jwt", "assertion", "bearer", "oidcdata",
		"cookie", "session", "credential", "secret", "passw", "passphrase", "signature", "hmac",
		"apikey", "accesskey", "privatekey", "authkey", "masterkey", "functionskey", "subscriptionkey",
	}
	secretWords = []string{"auth", "dpop", "otp", "pwd"}
)

// isSecret reports whether something is a credential by its name.
func isSecret(name string) bool {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	joined := strings.Join(words, "")
	return slices.ContainsFunc(secretParts, func(part string) bool { return strings.Contains(joined, part) }) ||
		slices.ContainsFunc(secretWords, func(word string) bool { return slices.Contains(words, word) })
}

// capturedToken is what was known of the caller.
type capturedToken struct {
	UserID     string                     `json:"userId"`
	Scopes     []string                   `json:"scopes,omitempty"`
	Expiration time.Time                  `json:"expiration,omitzero"`
	Extra      map[string]any             `json:"extra,omitempty"`
	Raw        map[string]json.RawMessage `json:"raw,omitempty"` // of Extra: what was JSON already
}

// captureToken keeps what is known of the caller, who may be nobody in particular.
// The token itself may still be in the header, if not this package has checked it.
func captureToken(t *auth.TokenInfo, header http.Header) *capturedToken {
	if t == nil {
		return nil
	}
	k := &capturedToken{UserID: t.UserID, Scopes: t.Scopes, Expiration: t.Expiration}
	for name, value := range t.Extra {
		data, err := json.Marshal(value)
		if err != nil || isSecret(name) || holdsToken(data, header) {
			continue
		}
		if raw, ok := value.(json.RawMessage); ok {
			put(&k.Raw, name, raw)
			continue
		}
		put(&k.Extra, name, any(json.RawMessage(data)))
	}
	return k
}

// put is m[name] = value for a map that may have to be made.
func put[V any](m *map[string]V, name string, value V) {
	if *m == nil {
		*m = make(map[string]V)
	}
	(*m)[name] = value
}

// signedToken matches a JWT (RFC 7519): its header is a JSON object in base64url.
var signedToken = regexp.MustCompile(`eyJ[\w-]+\.[\w-]+\.`)

// holdsToken reports whether there is a token in data: one that looks like a JWT, or
// that of the header.
func holdsToken(data []byte, header http.Header) bool {
	_, token, _ := strings.Cut(header.Get("Authorization"), " ")
	return signedToken.Match(data) || token != "" && bytes.Contains(data, []byte(token))
}

// restore is the reverse of captureToken.
func (k *capturedToken) restore() *auth.TokenInfo {
	if k == nil {
		return nil
	}
	t := &auth.TokenInfo{UserID: k.UserID, Scopes: k.Scopes, Expiration: k.Expiration, Extra: k.Extra}
	for name, raw := range k.Raw {
		put(&t.Extra, name, any(raw))
	}
	return t
}
