package frame

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// request is a line with params.
func request(method, params string) []byte {
	return fmt.Appendf(nil, `{"jsonrpc":"2.0","id":1,"method":%q,"params":%s}`, method, params)
}

func parse(t *testing.T, line []byte) *Message {
	t.Helper()
	m, refusal := Parse(line)
	if m == nil {
		t.Fatalf("Parse(%s) = nil, %v", line, refusal)
	}
	return m
}

func TestVersion(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		params, want string
		modern       bool
	}{
		{`null`, "", false},
		{`{}`, "", false},
		{`{"protocolVersion":"2026-07-28"}`, "", false},
		{`{"_meta":{}}`, "", false},
		{`{"_meta":null}`, "", false},
		{`{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}`, "2026-07-28", true},
		{`{"_meta":{"io.modelcontextprotocol/protocolVersion":"2031-01-01"}}`, "2031-01-01", true},
		{`{"_meta":{"io.modelcontextprotocol/protocolVersion":"2025-11-25"}}`, "2025-11-25", false},
		{`{"_meta":{"io.modelcontextprotocol\/protocolVersion":"2026-07-28"}}`, "2026-07-28", true},
		{`{"_meta":{"io.modelcontextprotocol/protocolVersion":20260728}}`, "", false},
		{`{"arguments":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}`, "", false},
	} {
		m := parse(t, request("x", row.params))
		if got := m.Version(); got != row.want || m.IsModern() != row.modern {
			t.Errorf("the version of %s is %q, modern %t, want %q, %t", row.params, got, m.IsModern(), row.want, row.modern)
		}
	}
}

func TestParseKeepsWhatARequestSays(t *testing.T) {
	t.Parallel()
	m := parse(t, []byte(` {"params" : {"na\u006de":"x","taskId":"t","requestId":7,"a":[1, 2]} ,"method":"tools\/call","id":"\u0061","jsonrpc":"2.0","more":{}} `))
	if !m.IsCall() || string(m.ID) != `"\u0061"` || m.Name() != "x" || m.TaskID() != "t" {
		t.Errorf("message = %+v", m)
	}
	if id, ok := m.RequestID(); !ok || id.Raw() != int64(7) {
		t.Errorf("request id = %v, %t, want 7", id, ok)
	}
	r := m.Request()
	if r.Method != "tools/call" || r.ID.Raw() != "a" || string(r.Params) != `{"na\u006de":"x","taskId":"t","requestId":7,"a":[1, 2]}` {
		t.Errorf("request = %+v", r)
	}
}

func TestParseReadsErrorsOfTheClient(t *testing.T) {
	t.Parallel()
	m := parse(t, []byte(`{"jsonrpc":"2.0","id":3,"error":{"code":-1,"message":"declined"}}`))
	if got, want := m.Response().Error.Error(), "declined"; m.IsCall() || m.Method != "" || got != want {
		t.Errorf("message = %+v with error %q, want a response with %q", m, got, want)
	}
	m = parse(t, []byte(`{"jsonrpc":"2.0","id":3,"result":{},"error":null}`))
	if r := m.Response(); r.Error != nil || string(r.Result) != "{}" {
		t.Errorf("response = %+v, want a result", r)
	}
}

// refused are messages that neither transport takes.
var refused = []struct {
	name, text string
	code       int64
	message    string
}{
	{"no JSON", `{"jsonrpc":"2.0",`, jsonrpc.CodeParseError, "unexpected end of JSON text"},
	{"two", `{"jsonrpc":"2.0","method":"x"}{}`, jsonrpc.CodeParseError, "unexpected byte 0x7b at offset 30 of JSON text"},
	{"invalid UTF-8", "{\"\xff\":1}", jsonrpc.CodeParseError, "invalid UTF-8"},
	{"1001 levels", strings.Repeat("[", MaxDepth+1), jsonrpc.CodeInvalidRequest, ErrTooDeep.Error()},
	{"a number", `42`, jsonrpc.CodeInvalidRequest, "a message must be an object"},
	{"two methods", `{"jsonrpc":"2.0","id":1,"method":"x","method":"y"}`, jsonrpc.CodeInvalidRequest, "method comes twice"},
	{"two names", `{"jsonrpc":"2.0","id":1,"method":"x","params":{"name":"x","na\u006de":"y"}}`, jsonrpc.CodeInvalidRequest, "name comes twice"},
	{"two versions", `{"jsonrpc":"2.0","id":1,"method":"x","params":{"_meta":{"` + mcp.MetaKeyProtocolVersion + `":"","` + mcp.MetaKeyProtocolVersion + `":""}}}`,
		jsonrpc.CodeInvalidRequest, mcp.MetaKeyProtocolVersion + " comes twice"},
	{"method in another case", `{"jsonrpc":"2.0","id":1,"METHOD":"x"}`, jsonrpc.CodeInvalidRequest, "the message is neither a request nor a response"},
	{"no method", `{"jsonrpc":"2.0","id":1,"method":""}`, jsonrpc.CodeInvalidRequest, "method must be a string, and not an empty one"},
	{"request and response", `{"jsonrpc":"2.0","id":1,"method":"x","result":{}}`, jsonrpc.CodeInvalidRequest, "the message is both a request and a response"},
	{"result and error", `{"jsonrpc":"2.0","id":1,"result":{},"error":{}}`, jsonrpc.CodeInvalidRequest, "the message is neither a request nor a response"},
	{"error of another shape", `{"jsonrpc":"2.0","id":1,"error":[]}`, jsonrpc.CodeInvalidRequest, "error: json: cannot unmarshal array into Go value of type jsonrpc2.WireError"},
	{"fractional id", `{"jsonrpc":"2.0","id":1.5,"method":"x"}`, jsonrpc.CodeInvalidRequest, "id must be a string or an integer that a float64 holds"},
	{"params in a list", `{"jsonrpc":"2.0","id":1,"method":"x","params":[]}`, jsonrpc.CodeInvalidParams, "params must be an object"},
	{"params missing", `{"jsonrpc":"2.0","id":1,"method":"tools/call"}`, jsonrpc.CodeInvalidParams, "params must be an object"},
}

func TestBothTransportsRefuseTheSame(t *testing.T) {
	t.Parallel()
	for _, row := range refused {
		_, ofLine := Parse([]byte(row.text))
		_, ofBody := ParseBody([]byte(row.text), true)
		for _, got := range []*Refusal{ofLine, ofBody} {
			if got == nil || got.Code != row.code || got.Message != row.message {
				t.Errorf("%s: refusal = %+v, want %d %q", row.name, got, row.code, row.message)
			}
		}
	}
}

func TestBatches(t *testing.T) {
	t.Parallel()
	const ping = `{"jsonrpc":"2.0","id":1,"method":"ping","params":{}}`
	list := func(n int) string { return "[" + strings.TrimSuffix(strings.Repeat(ping+",", n), ",") + "]" }
	for _, row := range []struct {
		text string
		want string // in the refusal, "" for none
	}{
		{list(1), ""},
		{list(100), ""},
		{list(0), "a batch has 1 to 100 messages"},
		{list(101), "a batch has 1 to 100 messages"},
		{"[" + list(1) + "]", "a message must be an object"},
		{"[" + ping + ",]", "unexpected byte"},
	} {
		body, refusal := ParseBody([]byte(row.text), true)
		switch {
		case row.want != "":
			if refusal == nil || !strings.Contains(refusal.Message, row.want) {
				t.Errorf("ParseBody(%.80s) = %v, want %q", row.text, refusal, row.want)
			}
		case refusal != nil || !body.Batch || string(body.Text) != row.text:
			t.Errorf("ParseBody(%.80s) = %+v, %v", row.text, body, refusal)
		}
	}
	_, ofBody := ParseBody([]byte(list(1)), false)
	_, ofLine := Parse([]byte(list(1)))
	if ofBody == nil || ofLine == nil || ofBody.Message != ofLine.Message {
		t.Errorf("where there are no batches, they are refused with %v and %v", ofBody, ofLine)
	}
}

// TestCorrect has what the SDK would misread, and what goes to it instead.
func TestCorrect(t *testing.T) {
	t.Parallel()
	const (
		ping     = `{"jsonrpc":"2.0","id":1,"method":"ping"}`
		filled   = `{"jsonrpc":"2.0","id":1,"method":"ping","params":{}}`
		response = `{"jsonrpc":"2.0","id":7,"result":{"x": 1}}`
	)
	for _, row := range []struct{ text, want string }{
		{ping, filled},
		{`{"jsonrpc":"2.0","method":"a\"b","params":null}`, `{"jsonrpc":"2.0","method":"a\"b","params":{}}`},
		{` {"jsonrpc":"2.0", "id":1, "method":"ping", "params":{}}`, ` {"jsonrpc":"2.0", "id":1, "method":"ping", "params":{}}`},
		{response, response},
		{`[` + ping + `, ` + response + `]`, `[` + filled + `,` + response + `]`},
		{string(request("initialize", `{"protocolVersion":"2026-07-28","rest":[9007199254740993]}`)),
			string(request("initialize", `{"protocolVersion":"2025-11-25","rest":[9007199254740993]}`))},
		{string(request("initialize", `{"protocolVersion":"2025-03-26"}`)), string(request("initialize", `{"protocolVersion":"2025-03-26"}`))},
		{string(request("other", `{"protocolVersion":"2026-07-28"}`)), string(request("other", `{"protocolVersion":"2026-07-28"}`))},
	} {
		body, refusal := ParseBody([]byte(row.text), true)
		if refusal != nil || string(body.Text) != row.want {
			t.Errorf("of %s the SDK gets %+v, %v, want %s", row.text, body, refusal, row.want)
		}
	}
}

// FuzzParse holds that the SDK sees the same in a body as we do: what is checked
// here is then carried out there.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":{}}}`,
		`{"jsonrpc":"2.0","id":"a","method":"ping"}`,
		`{"jsonrpc":"2.0","id":1,"result":{}}`,
		`{"jsonrpc":"2.0","id":1,"result":{},"error":null}`,
		`{"jsonrpc":"2.0","id":-9007199254740991,"error":{"code":1,"message":"x"}}`,
		`{"jsonrpc":"2.0","method":"x","Method":"y","params":null}`,
		`{"jsonrpc":"2.0","id":1,"method":"\u0070ing","params":{"na\u006de":"x"}}`,
		`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2026-07-28","x":"\ud800"}}`,
		`[{"jsonrpc":"2.0","id":1,"method":"ping"}]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		body, refusal := ParseBody(text, true)
		if refusal != nil {
			return
		}
		texts := []json.RawMessage{body.Text}
		if body.Batch {
			if err := json.Unmarshal(body.Text, &texts); err != nil || len(texts) != len(body.Messages) {
				t.Fatalf("%q: %d messages, and for encoding/json %d, %v", text, len(body.Messages), len(texts), err)
			}
		}
		for i := range texts {
			agree(t, texts[i], &body.Messages[i])
		}
	})
}

// agree checks that the SDK reads the same.
func agree(t *testing.T, text []byte, m *Message) {
	t.Helper()
	theirs, err := jsonrpc.DecodeMessage(text)
	if err != nil {
		t.Fatalf("the SDK refuses %q: %v", text, err)
	}
	if m.Method == "" {
		r, ok := theirs.(*jsonrpc.Response)
		if ours := m.Response(); !ok || r.ID != ours.ID || !bytes.Equal(r.Result, ours.Result) || (r.Error == nil) != (ours.Error == nil) {
			t.Errorf("%q is %+v, and %+v to the SDK", text, m.Response(), theirs)
		}
		return
	}
	r, ok := theirs.(*jsonrpc.Request)
	if !ok || r.ID != m.Request().ID || r.Method != m.Method || r.IsCall() != m.IsCall() {
		t.Fatalf("%q is %+v, and %+v to the SDK", text, m.Request(), theirs)
	}
	if r.Params == nil {
		r.Params = m.Params // of a line, for which there is no text to correct
	}
	var params map[string]json.RawMessage
	if err := json.Unmarshal(r.Params, &params); err != nil {
		t.Fatalf("%q has params %s: %v", text, r.Params, err)
	}
	var meta map[string]json.RawMessage
	json.Unmarshal(params["_meta"], &meta)
	for _, row := range []struct{ what, ours, theirs string }{
		{"name", m.Name(), textOf(params["name"])},
		{"task", m.TaskID(), textOf(params["taskId"])},
		{"version", m.Version(), textOf(meta[mcp.MetaKeyProtocolVersion])},
	} {
		if row.ours != row.theirs {
			t.Errorf("%q: %s %q, and for the SDK %q", text, row.what, row.ours, row.theirs)
		}
	}
}

// BenchmarkParse reads what comes in most often, and as much of it as hurts.
func BenchmarkParse(b *testing.B) {
	const call = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"work","arguments":{"query":%s,"limit":10},` +
		`"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}}}`
	for _, row := range []struct{ name, query string }{
		{"small", `"sales of 2025"`},
		{"1 MB of text", `"` + strings.Repeat("a", 1<<20) + `"`},
		{"1 MB of objects", `[` + strings.Repeat(`{"id":12345,"name":"Ann","tags":["a","b"]},`, 1<<20/43) + `0]`},
	} {
		text := fmt.Appendf(nil, call, row.query)
		b.Run(row.name+"/line", func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if m, refusal := Parse(text); refusal != nil || !m.IsModern() {
					b.Fatal(refusal)
				}
			}
		})
		b.Run(row.name+"/body", func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if body, refusal := ParseBody(text, false); refusal != nil || !body.Messages[0].IsModern() || body.Messages[0].Name() != "work" {
					b.Fatal(refusal)
				}
			}
		})
	}
}

func TestParseSetsAside(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ method, params, want string }{
		{"tools/call", `{"name":"a"}`, `{"name":"a"}`},
		{"tools/call", `{"name":"a","task":{"ttl":1}}`, `{"_meta":{"ASIDE":{"ttl":1}},"name":"a","task":{"ttl":1}}`},
		{"tools/call", `{"_meta":{"b":12345678901234567890},"task":{}}`, `{"_meta":{"b":12345678901234567890,"ASIDE":{}},"task":{}}`},
		{"tools/call", `{"_meta":7,"task":{}}`, `{"_meta":7,"task":{}}`},
		{"tools/list", `{"task":{}}`, `{"task":{}}`},
		{"subscriptions/listen", `{"notifications":{"taskIds":["x"]}}`, `{"_meta":{"ASIDE":["x"]},"notifications":{"taskIds":["x"]}}`},
		{"subscriptions/listen", `{"notifications":["taskIds"]}`, `{"notifications":["taskIds"]}`},
	} {
		got := strings.ReplaceAll(string(parse(t, request(row.method, row.params)).Params), Aside, "ASIDE")
		if got != row.want {
			t.Errorf("the params of %s, %s, became %s, want %s", row.method, row.params, got, row.want)
		}
	}
}
