package runtime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// exchange sends r and returns the status and the body of the answer.
func exchange(t *testing.T, client *http.Client, r *http.Request) (status int, body string) {
	t.Helper()
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(data)
}

func TestHTTPHosts(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		listen string // "" for an address of the network
		hosts  []string
		host   string
		status int
	}{
		{"127.0.0.1", nil, "localhost", 200},
		{"127.0.0.1", nil, "LOCALHOST:80", 200},
		{"127.0.0.1", nil, "127.0.0.1", 200},
		{"127.0.0.1", nil, "[::1]:80", 200},
		{"127.0.0.1", nil, "192.0.2.7", 403},
		{"127.0.0.1", nil, "evil.example", 403},
		{"127.0.0.1", nil, "localhost.evil.example", 403},
		{"127.0.0.1", nil, "127.0.0.1.evil.example", 403},
		{"127.0.0.1", []string{"mcp.example.com"}, "MCP.example.com:443", 200},
		{"127.0.0.1", []string{"mcp.example.com"}, "evil.example", 403},
		{"127.0.0.1", []string{"*"}, "anything", 200},
		{"", nil, "evil.example", 403},
		{"", nil, "192.0.2.7:80", 200},
		{"", nil, "localhost", 200},
		{"", []string{"mcp.example.com"}, "mcp.example.com", 200},
	} {
		t.Run(fmt.Sprintf("%s %v %s", row.listen, row.hosts, row.host), func(t *testing.T) {
			t.Parallel()
			if row.listen == "" {
				row.listen = networkAddress(t)
			}
			s := worker(atOnce)
			s.http.Hosts = row.hosts
			addr := hostAt(t, s, row.listen+":0")
			r := rpc(t, t.Context(), addr, modernVersion, "", callToolMethod, workParams)
			r.Host = row.host
			if status, body := exchange(t, newClient(t), r); status != row.status {
				t.Errorf("status = %d, want %d: %s", status, row.status, body)
			}
		})
	}
}

// networkAddress is one of the machine's that is not the loopback.
func networkAddress(t *testing.T) string {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && n.IP.IsGlobalUnicast() {
			return n.IP.String()
		}
	}
	t.Skip("this machine has no network")
	return ""
}

func TestHTTPOrigins(t *testing.T) {
	t.Parallel()
	s := worker(atOnce)
	s.http.Origins = []string{"https://app.example.com"}
	addr := host(t, s)
	for _, row := range []struct {
		name   string
		header http.Header
		status int
	}{
		{"none", nil, 200},
		{"its own", http.Header{"Origin": {"http://" + addr}}, 200},
		{"allowed", http.Header{"Origin": {"https://app.example.com"}}, 200},
		{"allowed, cross-site", http.Header{"Origin": {"https://app.example.com"}, "Sec-Fetch-Site": {"cross-site"}}, 200},
		{"another port", http.Header{"Origin": {"http://127.0.0.1:1"}}, 403},
		{"another scheme", http.Header{"Origin": {"http://app.example.com"}}, 403},
		{"longer", http.Header{"Origin": {"https://app.example.com.evil.example"}}, 403},
		{"evil", http.Header{"Origin": {"http://evil.example"}}, 403},
		{"null", http.Header{"Origin": {"null"}}, 403},
		{"empty", http.Header{"Origin": {""}}, 403},
		{"two", http.Header{"Origin": {"https://app.example.com", "http://evil.example"}}, 403},
		{"cross-site", http.Header{"Sec-Fetch-Site": {"cross-site"}}, 403},
		{"same-site", http.Header{"Sec-Fetch-Site": {"same-site"}}, 403},
		{"typed by a person", http.Header{"Sec-Fetch-Site": {"none"}}, 200},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			r := rpc(t, t.Context(), addr, modernVersion, "", callToolMethod, workParams)
			for name, values := range row.header {
				r.Header[name] = values
			}
			if status, body := exchange(t, newClient(t), r); status != row.status {
				t.Errorf("status = %d, want %d: %s", status, row.status, body)
			}
		})
	}
}

func TestHTTPAnswersThePreflightOfAnAllowedOrigin(t *testing.T) {
	t.Parallel()
	s := worker(atOnce)
	s.http.Origins = []string{"https://app.example.com"}
	addr := host(t, s)
	for origin, want := range map[string]int{"https://app.example.com": 204, "http://evil.example": 403, "": 405} {
		r := rpc(t, t.Context(), addr, modernVersion, "", callToolMethod, workParams)
		r.Method = http.MethodOptions
		r.Header.Set("Access-Control-Request-Method", "POST")
		r.Header.Set("Access-Control-Request-Headers", "mcp-name,mcp-param-region")
		if origin != "" {
			r.Header.Set("Origin", origin)
		}
		response, err := newClient(t).Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		allowed := response.Header.Get("Access-Control-Allow-Origin")
		if response.StatusCode != want || (allowed == origin) != (want == 204 || origin == "") {
			t.Errorf("origin %q: status %d, allowed %q, want %d", origin, response.StatusCode, allowed, want)
		}
	}
}

// TestHTTPHeaderRules holds the table of the specification, basic/transports,
// "Server Validation".
func TestHTTPHeaderRules(t *testing.T) {
	t.Parallel()
	s := worker(atOnce)
	AddTool(s, Tool{Name: "grüß", Description: "Greets.", InputSchema: `{"type":"object","properties":{"place":{"type":"string","x-mcp-header":"Place"}}}`},
		func(d *codec.Decoder) (place string) {
			for range d.Object(codec.Members{{Name: "place"}}) {
				place = codec.String[string](d)
			}
			return place
		},
		func(_ context.Context, _ *Call, place string) (*Result, error) {
			return TextResult("hello " + place), nil
		})
	addr := host(t, s)

	const (
		greet   = `{"name":"grüß","arguments":{}}`
		greetIn = `{"name":"grüß","arguments":{"place":"Köln"}}`
		encoded = "=?base64?Z3LDvMOf?="
		cologne = "=?base64?S8O2bG4=?="
	)
	for _, row := range []struct {
		name   string
		params string
		header http.Header // nil values take a header away
		status int
		want   string
	}{
		{"as it should be", workParams, nil, 200, "done"},
		{"encoded name", greet, http.Header{"Mcp-Name": {encoded}}, 200, "hello"},
		{"encoded plain name", workParams, http.Header{"Mcp-Name": {"=?base64?d29yaw==?="}}, 200, "done"},
		{"name not encoded", greet, http.Header{"Mcp-Name": {"grüß"}}, 400, "-32020"},
		{"base64 of something else", greet, http.Header{"Mcp-Name": {"=?base64?d29yaw==?="}}, 400, "-32020"},
		{"no base64", greet, http.Header{"Mcp-Name": {"=?base64?%%%?="}}, 400, "-32020"},
		{"base64 without padding", greet, http.Header{"Mcp-Name": {"=?base64?d29yaw?="}}, 400, "-32020"},
		{"base64 of no UTF-8", greet, http.Header{"Mcp-Name": {"=?base64?/w==?="}}, 400, "-32020"},
		{"sentinel in another case", greet, http.Header{"Mcp-Name": {"=?BASE64?Z3LDvMOf?="}}, 400, "-32020"},
		{"another name", workParams, http.Header{"Mcp-Name": {"other"}}, 400, "-32020"},
		{"no name", workParams, http.Header{"Mcp-Name": nil}, 400, "-32020"},
		{"two names", workParams, http.Header{"Mcp-Name": {"work", "other"}}, 400, "-32020"},
		{"another method", workParams, http.Header{"Mcp-Method": {"tools/list"}}, 400, "-32020"},
		{"no method", workParams, http.Header{"Mcp-Method": nil}, 400, "-32020"},
		{"method in another case", workParams, http.Header{"Mcp-Method": {"Tools/Call"}}, 400, "-32020"},
		{"no version", workParams, http.Header{"Mcp-Protocol-Version": nil}, 400, "-32020"},
		{"legacy version", workParams, http.Header{"Mcp-Protocol-Version": {"2025-11-25"}}, 400, "-32020"},
		{"two versions", workParams, http.Header{"Mcp-Protocol-Version": {"2026-07-28", "2025-11-25"}}, 400, "-32020"},
		{"unknown version", workParams, http.Header{"Mcp-Protocol-Version": {"zzz"}}, 400, "-32022"},
		{"version to come", workParams, http.Header{"Mcp-Protocol-Version": {"2031-01-01"}}, 400, `"supported":["2026-07-28"`},
		{"mirrored argument", greetIn, http.Header{"Mcp-Name": {encoded}, "Mcp-Param-Place": {cologne}}, 200, "hello Köln"},
		{"no mirrored argument", greetIn, http.Header{"Mcp-Name": {encoded}}, 400, "-32020"},
		{"mirrored argument not encoded", greetIn, http.Header{"Mcp-Name": {encoded}, "Mcp-Param-Place": {"Köln"}}, 400, "-32020"},
		{"another mirrored argument", greetIn, http.Header{"Mcp-Name": {encoded}, "Mcp-Param-Place": {"Bonn"}}, 400, "-32020"},
		{"mirrored nothing", greet, http.Header{"Mcp-Name": {encoded}, "Mcp-Param-Place": {"Bonn"}}, 400, "-32020"},
		{"what nobody asked for", workParams, http.Header{"Mcp-Param-Other": {"x"}}, 200, "done"},
		{"session", workParams, http.Header{"Mcp-Session-Id": {"x"}}, 200, "done"},
		{"resumption", workParams, http.Header{"Last-Event-Id": {"x_1"}}, 200, "done"},
		{"no JSON", workParams, http.Header{"Content-Type": {"text/plain"}}, 415, ""},
		{"no events wanted", workParams, http.Header{"Accept": {"application/json"}}, 400, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			r := rpc(t, t.Context(), addr, modernVersion, "", callToolMethod, row.params)
			for name, values := range row.header {
				if r.Header[name] = values; values == nil {
					delete(r.Header, name)
				}
			}
			status, body := exchange(t, newClient(t), r)
			if status != row.status || !strings.Contains(body, row.want) {
				t.Errorf("answer = %d %s, want %d and %s", status, body, row.status, row.want)
			}
			if strings.HasPrefix(row.want, "-320") && !strings.Contains(body, `"id":1,`) {
				t.Errorf("answer = %s, want the id of the request", body)
			}
		})
	}
}

func TestHTTPHeaderOfATask(t *testing.T) {
	t.Parallel()
	addr := host(t, worker(atOnce))
	for _, row := range []struct {
		method, name string
		status       int
		want         string
	}{
		{"tasks/get", "other", 400, "-32020"},
		{"tasks/get", "=?base64??=", 400, "-32020"}, // which is an empty one
		{"tasks/cancel", "", 404, "-32601"},         // as without the header, that some clients leave out
		{"tasks/get", "t", 404, "-32601"},           // this server has none
		{"tasks/result", "", 404, "-32601"},
	} {
		r := rpc(t, t.Context(), addr, modernVersion, "", row.method, `{"taskId":"t"}`)
		if row.name != "" {
			r.Header.Set("Mcp-Name", row.name)
		}
		if status, body := exchange(t, newClient(t), r); status != row.status || !strings.Contains(body, row.want) {
			t.Errorf("%s of %q: answer = %d %s, want %d and %s", row.method, row.name, status, body, row.status, row.want)
		}
	}
}

func TestHTTPMessages(t *testing.T) {
	t.Parallel()
	addr := host(t, worker(atOnce))
	client := newClient(t)
	session := newSession(t, client, addr)
	for _, row := range []struct {
		name, body string
		status     int
		want       string
	}{
		{"an id that is too large", `{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}`, 400, "-32600"},
		{"a fractional id", `{"jsonrpc":"2.0","id":1.5,"method":"ping"}`, 400, "-32600"},
		{"an id of null", `{"jsonrpc":"2.0","id":null,"method":"ping"}`, 400, "-32600"},
		{"the largest id", `{"jsonrpc":"2.0","id":9007199254740991,"method":"ping"}`, 200, `"id":9007199254740991`},
		{"an id of text", `{"jsonrpc":"2.0","id":"ä","method":"ping"}`, 200, `"id":"ä"`},
		{"two methods", `{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/list"}`, 400, "-32600"},
		{"two names", `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"work","name":"other"}}`, 400, "-32600"},
		{"a method in another case", `{"jsonrpc":"2.0","id":1,"METHOD":"ping"}`, 400, "-32600"},
		{"a method and a zero", `{"jsonrpc":"2.0","id":1,"method\u0000":"ping"}`, 400, "-32600"},
		{"another version of JSON-RPC", `{"jsonrpc":"1.0","id":1,"method":"ping"}`, 400, "-32600"},
		{"params in a list", `{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}`, 400, "-32602"},
		{"nothing", ``, 400, "-32700"},
		{"half of it", `{"jsonrpc":"2.0",`, 400, "-32700"},
		{"two of them", `{"jsonrpc":"2.0","id":1,"method":"ping"}{}`, 400, "-32700"},
		{"a number", `42`, 400, "-32600"},
		{"an empty batch", `[]`, 400, "-32600"},
		{"a batch", `[{"jsonrpc":"2.0","id":1,"method":"ping"}]`, 400, "batches are not supported"},
		{"1001 levels", `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":` + strings.Repeat("[", 1001) + strings.Repeat("]", 1001) + `}}`, 400, "-32600"},
		{"a custom method without params", `{"jsonrpc":"2.0","id":1,"method":"x/y"}`, 400, ""},
		{"a call without params", `{"jsonrpc":"2.0","id":1,"method":"tools/call"}`, 400, "-32602"},
		{"params of null", `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":null}`, 200, `"tools":[`},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			r := rpc(t, t.Context(), addr, legacyVersion, session, pingMethod, `{}`)
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(row.body)), int64(len(row.body))
			status, body := exchange(t, client, r)
			if status != row.status || !strings.Contains(body, row.want) {
				t.Errorf("answer = %d %s, want %d and %s", status, body, row.status, row.want)
			}
		})
	}
}

// TestErrorsHaveCodes has errors to which the SDK gives none, on both transports.
func TestErrorsHaveCodes(t *testing.T) {
	t.Parallel()
	server := func() *Server {
		s := worker(atOnce)
		s.SDK().AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
			return func(ctx context.Context, method string, r mcp.Request) (mcp.Result, error) {
				if method == pingMethod {
					return nil, errors.New("a plain error")
				}
				return next(ctx, method, r)
			}
		})
		return s
	}
	addr, client := host(t, server()), newClient(t)
	session := newSession(t, client, addr)
	for _, row := range []struct{ method, params, want string }{
		{initializeMethod, initializeParams, `"error":{"code":-32600,"message":"duplicate`},
		{pingMethod, `{}`, `"error":{"code":-32603,"message":"a plain error"}`},
	} {
		_, body := exchange(t, client, rpc(t, t.Context(), addr, legacyVersion, session, row.method, row.params))
		stream := serveText(t, server(), initialize+fmt.Sprintf(`{"jsonrpc":"2.0","id":2,"method":%q,"params":%s}`, row.method, row.params)+"\n")
		for _, answer := range []string{body, stream} {
			if !strings.Contains(answer, row.want) {
				t.Errorf("%s: answer = %s, want %s", row.method, answer, row.want)
			}
		}
	}
}

func TestHTTPNeedsASession(t *testing.T) {
	t.Parallel()
	addr := host(t, worker(atOnce))
	status, body := exchange(t, newClient(t), rpc(t, t.Context(), addr, legacyVersion, "", callToolMethod, workParams))
	if status != 400 || !strings.Contains(body, "Mcp-Session-Id") {
		t.Errorf("answer = %d %s, want 400 and what is missing", status, body)
	}
}

func TestHTTPNegotiatesDownFromAModernInitialize(t *testing.T) {
	t.Parallel()
	addr, client := host(t, versionTeller()), newClient(t)
	r := rpc(t, t.Context(), addr, "", "", initializeMethod, strings.Replace(initializeParams, legacyVersion, modernVersion, 1))
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	_, body := exchange(t, client, rpc(t, t.Context(), addr, legacyVersion, response.Header.Get("Mcp-Session-Id"), callToolMethod, `{"name":"version"}`))
	if !strings.Contains(body, `"text":"`+legacyVersion) {
		t.Errorf("answer = %s, want the version that was negotiated", body)
	}
}

// TestHTTPKeepsClientsApart has many clients that all use the same id.
func TestHTTPKeepsClientsApart(t *testing.T) {
	t.Parallel()
	s := worker(atOnce)
	s.http.Limits = defaultLimits
	AddTool(s, Tool{Name: "echo", Description: "Echoes.", InputSchema: `{"type":"object"}`}, NoArguments,
		func(_ context.Context, c *Call, _ struct{}) (*Result, error) {
			return TextResult(c.Header().Get("X-Client")), nil
		})
	addr, client := host(t, s), newClient(t)
	room := make(chan struct{}, 50)
	var wg sync.WaitGroup
	for i := range 1000 {
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			version, session := modernVersion, ""
			if i%2 == 0 {
				version, session = legacyVersion, newSession(t, client, addr)
			}
			r := rpc(t, t.Context(), addr, version, session, callToolMethod, `{"name":"echo","arguments":{}}`)
			r.Header.Set("X-Client", fmt.Sprintf("client %d.", i))
			if version == modernVersion {
				r.Header.Set("Mcp-Name", "echo")
			}
			if _, body := exchange(t, client, r); !strings.Contains(body, fmt.Sprintf(`"client %d."`, i)) {
				t.Errorf("client %d gets %s", i, body)
			}
		})
	}
	wg.Wait()
}

func TestTheEndOfASessionAnswersItsCalls(t *testing.T) {
	t.Parallel()
	begun := make(chan struct{})
	addr := host(t, worker(func(ctx context.Context) (string, error) {
		close(begun)
		<-ctx.Done()
		return "", ctx.Err()
	}))
	client := newClient(t)
	session := newSession(t, client, addr)
	answer := make(chan string, 1)
	call := rpc(t, t.Context(), addr, legacyVersion, session, callToolMethod, workParams)
	go func() {
		_, body := exchange(t, client, call)
		answer <- body
	}()
	<-begun
	r := rpc(t, t.Context(), addr, legacyVersion, session, pingMethod, `{}`)
	r.Method = http.MethodDelete
	if status, body := exchange(t, client, r); status != http.StatusNoContent {
		t.Errorf("status = %d %s, want 204", status, body)
	}
	if got := <-answer; !strings.Contains(got, `"id":1`) {
		t.Errorf("answer = %q, want one", got)
	}
}

func TestServerIsReachedFromOutsideOnlyIfItSaysSo(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]bool{
		"127.0.0.1:80": true, "[::1]:80": true, "localhost:80": true,
		"0.0.0.0:80": false, "[::]:80": false, "192.0.2.7:80": false, "example.com:80": false, "localhost.example.com:80": false,
	} {
		s := worker(atOnce)
		if err := s.mayListen(addr); (err == nil) != want {
			t.Errorf("mayListen(%q) = %v, want fine: %t", addr, err, want)
		}
		s.http.InsecureNoAuth = true
		if err := s.mayListen(addr); err != nil {
			t.Errorf("mayListen(%q) = %v although that is said to be wanted", addr, err)
		}
	}
}

func TestProbes(t *testing.T) {
	t.Parallel()
	s := worker(atOnce)
	addr, client := host(t, s), newClient(t)
	probe := func(path string) int {
		r := rpc(t, t.Context(), addr, modernVersion, "", pingMethod, `{}`)
		r.Method, r.Host, r.URL.Path = http.MethodGet, "10.0.0.7", path
		status, _ := exchange(t, client, r)
		return status
	}
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/other": 404} {
		if got := probe(path); got != want {
			t.Errorf("%s = %d, want %d", path, got, want)
		}
	}
	s.part()
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 503} {
		if got := probe(path); got != want {
			t.Errorf("%s of a server that is about to stop = %d, want %d", path, got, want)
		}
	}
}
