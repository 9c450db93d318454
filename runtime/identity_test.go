package runtime

import (
	"testing"

	"github.com/modelcontextprotocol/go-sdk/auth"
)

// somebody are callers of whom no two are the same, though some would be if their
// parts were only put together.
func somebody() []*auth.TokenInfo {
	token := func(user string, extra map[string]any) *auth.TokenInfo {
		return &auth.TokenInfo{UserID: user, Extra: extra}
	}
	return []*auth.TokenInfo{
		token("ada", nil),
		token("Ada", nil),
		token("", map[string]any{"sub": "ada"}),
		token("", map[string]any{"client_id": "ada"}),
		token("ada", map[string]any{"iss": "https://a"}),
		token("ada", map[string]any{"iss": "https://b"}),
		token("ada", map[string]any{"iss": "https://a", "sub": "ada"}),
		token("ada", map[string]any{"iss": "https://a", "sub": "ada", "client_id": "c"}),
		token("ada", map[string]any{"iss": "https://a", "sub": "ada", "azp": "d"}),
		token("a b", map[string]any{"sub": "c"}),
		token("a", map[string]any{"sub": "b c"}),
		token(`a" "b`, nil),
		token("a", map[string]any{"sub": "b"}),
		token("a\x00", map[string]any{"sub": "b"}),
		token("a\xff", nil),
		token("a\xfe", nil),
		token("a\ufffd", nil),
		token(`a\xff`, nil),
		token("local", nil),
	}
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	seen := map[string]*auth.TokenInfo{localOwner: nil, "": nil}
	for _, token := range somebody() {
		got := identity(token)
		if other, taken := seen[got]; taken {
			t.Errorf("%+v and %+v are both %s", token, other, got)
		}
		seen[got] = token
	}
	for _, nobody := range []*auth.TokenInfo{nil, {}, {Extra: map[string]any{"iss": "https://a", "sub": 7}}} {
		if got := identity(nobody); got != "" {
			t.Errorf("identity of %+v = %s, want none", nobody, got)
		}
	}
}
