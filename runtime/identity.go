package runtime

import (
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/auth"
)

// identity tells callers apart for whom something is kept, by all that a token says of
// who they are: the user, of which issuer, and by which client. It is "" for a caller
// who is nobody in particular. No two callers have the same, whatever is in the parts.
//
// Issuer, subject and client are in Extra under the names that JWTs have for them
// (RFC 9068), if the verifier has put them there.
func identity(t *auth.TokenInfo) string {
	if t == nil {
		return ""
	}
	user, subject, client := t.UserID, claim(t, "sub"), claim(t, "client_id", "azp")
	if user == "" && subject == "" && client == "" {
		return ""
	}
	return fmt.Sprintf("user %+q %+q %+q %+q", claim(t, "iss"), user, subject, client)
}

// claim is the first of the claims that says something.
func claim(t *auth.TokenInfo, names ...string) string {
	for _, name := range names {
		if value, _ := t.Extra[name].(string); value != "" {
			return value
		}
	}
	return ""
}
