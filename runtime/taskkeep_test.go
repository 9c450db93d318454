package runtime

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/task/memstore"
	"github.com/modelcontextprotocol/go-sdk/auth"
)

func TestSecretNames(t *testing.T) {
	t.Parallel()
	for want, names := range map[bool][]string{
		true: {
			"Authorization", "Proxy-Authorization", "authorization", "X-Original-Authorization", "Authentication-Info",
			"Cookie", "Set-Cookie", "Mcp-Session-Id", "X-Session",
			"X-Auth-Token", "X-CSRF-Token", "X-Amz-Security-Token", "access_token", "idToken", "PRIVATE-TOKEN",
			"X-Api-Key", "apikey", "com.example/api_key", "X-Goog-Api-Key", "Ocp-Apim-Subscription-Key", "x-functions-key",
			"X-Client-Secret", "X-Password", "X-Passwd", "X-Amz-Credential", "X-Hub-Signature-256", "X-Shopify-Hmac-Sha256",
			"Cf-Access-Jwt-Assertion", "X-Goog-Iap-Jwt-Assertion", "X-Amzn-Oidc-Data", "X-Amzn-Oidc-Accesstoken", "DPoP", "X-OTP",
			"X-Auth-Key", "progressToken",
		},
		false: {
			"Accept", "Content-Type", "User-Agent", "X-Request-Id", "X-Forwarded-For", "X-Tenant", "X-Author", "Idempotency-Key",
			"X-Cache-Key", "Mcp-Name", "claims", "com.example/tenant", "client_id", "Accept-Language", "",
		},
	} {
		for _, name := range names {
			if got := isSecret(name); got != want {
				t.Errorf("isSecret(%q) = %t, want %t", name, got, want)
			}
		}
	}
}

func TestKeptOfARequest(t *testing.T) {
	t.Parallel()
	header := http.Header{"Traceparent": {"t"}, "Baggage": {"b"}, "X-Tenant": {"a"}, "X-Api-Key": {"k"}}
	for _, row := range []struct {
		read bool
		want http.Header
	}{
		{true, http.Header{"Traceparent": {"t"}, "Baggage": {"b"}, "X-Tenant": {"a"}}},
		{false, http.Header{"Traceparent": {"t"}, "Baggage": {"b"}}},
	} {
		if got := kept(header, row.read); !reflect.DeepEqual(got, row.want) {
			t.Errorf("kept, to be read %t: %v, want %v", row.read, got, row.want)
		}
	}
}

func TestKeptOfAToken(t *testing.T) {
	t.Parallel()
	expires := time.Now().Round(0).UTC()
	token := &auth.TokenInfo{
		UserID: "ada", Scopes: []string{"read"}, Expiration: expires,
		Extra: map[string]any{
			"claims":       json.RawMessage(`{"sub":"ada","n":9007199254740993}`),
			"tenant":       "acme",
			"level":        3,
			"groups":       []string{"a", "b"},
			"access_token": "canary",
			"proof":        "opaque-canary",
			"inner":        map[string]any{"of": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln"},
			"call":         func() {},
		},
	}
	data, err := json.Marshal(captureToken(token, http.Header{"Authorization": {"Bearer opaque-canary"}}))
	if err != nil {
		t.Fatal(err)
	}
	k := new(capturedToken)
	if err := json.Unmarshal(data, k); err != nil {
		t.Fatal(err)
	}
	want := &auth.TokenInfo{
		UserID: "ada", Scopes: []string{"read"}, Expiration: expires,
		Extra: map[string]any{
			"claims": json.RawMessage(`{"sub":"ada","n":9007199254740993}`),
			"tenant": "acme",
			"level":  3.0,
			"groups": []any{"a", "b"},
		},
	}
	if got := k.restore(); !reflect.DeepEqual(got, want) {
		t.Errorf("restored %+v, want %+v", got, want)
	}
	if got := captureToken(nil, nil).restore(); got != nil {
		t.Errorf("restored %+v of nobody, want nil", got)
	}
}

// diary is a store that remembers all that it was ever given.
type diary struct {
	task.Store
	mu    sync.Mutex
	bytes bytes.Buffer
}

func (d *diary) write(parts ...[]byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, part := range parts {
		d.bytes.Write(part)
	}
}

func (d *diary) Create(ctx context.Context, n task.NewEntry) (task.Entry, error) {
	d.write([]byte(n.Owner+n.ID), n.State, n.Payload)
	return d.Store.Create(ctx, n)
}

func (d *diary) CreateClaimed(ctx context.Context, n task.NewEntry, lease time.Duration) (task.Claim, error) {
	d.write([]byte(n.Owner+n.ID), n.State, n.Payload)
	return d.Store.CreateClaimed(ctx, n, lease)
}

func (d *diary) Update(ctx context.Context, c task.Change) (task.Entry, error) {
	d.write(c.State, c.Result)
	return d.Store.Update(ctx, c)
}

// TestStoreGetsNoCredentials has a client send credentials in all ways, to a tool
// that reads its request and to one that does not.
func TestStoreGetsNoCredentials(t *testing.T) {
	t.Parallel()
	for _, version := range []string{modernVersion, legacyVersion} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			store := &diary{Store: memstore.New(memstore.Options{})}
			s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)), WithTasks(store, atOnceTasks))
			reads := background("reads")
			reads.KeepRequest = true
			tell := func(_ context.Context, c *Call) (*Result, error) {
				return TextResult(c.Token().UserID + " " + c.Header().Get("X-Asked-For") + c.Header().Get("X-Api-Key")), nil
			}
			add(s, reads, tell)
			add(s, background("ignores"), tell)
			verify := func(context.Context, string, *http.Request) (*auth.TokenInfo, error) {
				return &auth.TokenInfo{UserID: "ada", Expiration: time.Now().Add(time.Hour), Extra: map[string]any{
					"raw": "canary-of-authorization", "refresh_token": "canary-of-extra",
				}}, nil
			}
			url := startHTTPBehind(t, s, auth.RequireBearerToken(verify, nil))
			c := newWireClient(t, version)
			c.header = http.Header{}
			for _, name := range []string{"Cookie", "X-Api-Key", "X-Amz-Security-Token", "X-Session-Id"} {
				c.header.Set(name, "canary-of-"+name)
			}
			c.post = c.overHTTP(url, "Bearer canary-of-authorization")
			c.begin()
			for tool, want := range map[string]string{"reads": "ada yes", "ignores": "ada "} {
				id := c.create(tool, "{}").TaskID
				wantText(t, c.end(s, ownerNamed("ada"), id).Result, want)
			}
			store.mu.Lock()
			defer store.mu.Unlock()
			if !bytes.Contains(store.bytes.Bytes(), []byte("X-Asked-For")) {
				t.Error("the store got no header at all")
			}
			if at := bytes.Index(store.bytes.Bytes(), []byte("canary")); at >= 0 {
				t.Errorf("the store got %.60s", store.bytes.Bytes()[at:])
			}
			if bytes.Contains(store.bytes.Bytes(), []byte("Mcp-Session-Id")) {
				t.Error("the store got the id of the session")
			}
		})
	}
}
