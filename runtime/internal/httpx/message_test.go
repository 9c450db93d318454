package httpx

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

func TestParseKeepsWhatItReads(t *testing.T) {
	t.Parallel()
	messages, batch, refusal := Parse([]byte(`[{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"x","_meta":{"v":1}}},
		{"jsonrpc":"2.0","method":"y"},{"jsonrpc":"2.0","id":7,"result":{}}]`))
	if refusal != nil || !batch || len(messages) != 3 {
		t.Fatalf("Parse = %v, %t, %v", messages, batch, refusal)
	}
	call, notification, response := messages[0], messages[1], messages[2]
	if !call.IsCall() || call.Text("name") != "x" || !call.Meta("v") || call.Meta("w") || call.Text("_meta") != "" {
		t.Errorf("call = %+v", call)
	}
	if notification.IsCall() || notification.Method != "y" || notification.Text("name") != "" {
		t.Errorf("notification = %+v", notification)
	}
	if response.IsCall() || response.Method != "" || string(response.ID) != "7" {
		t.Errorf("response = %+v", response)
	}
}

func TestReplace(t *testing.T) {
	t.Parallel()
	messages, _, refusal := Parse([]byte(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"v":"new","rest":[9007199254740993]}}`))
	if refusal != nil {
		t.Fatal(refusal)
	}
	m := messages[0]
	if err := m.Replace("v", "old"); err != nil {
		t.Fatal(err)
	}
	got, err := m.Encode()
	if want := `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"rest":[9007199254740993],"v":"old"}}`; err != nil || string(got) != want {
		t.Errorf("Encode = %s, %v, want %s", got, err, want)
	}
}

// FuzzParse holds that the SDK sees the same in a message as we do: what is checked
// here is then carried out there.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":{}}}`,
		`{"jsonrpc":"2.0","id":"a","method":"ping"}`,
		`{"jsonrpc":"2.0","id":1,"result":{}}`,
		`{"jsonrpc":"2.0","id":-9007199254740991,"error":{"code":1,"message":"x"}}`,
		`{"jsonrpc":"2.0","method":"x","Method":"y","params":null}`,
		`{"jsonrpc":"2.0","id":1,"method":"\u0070ing","params":{"na\u006de":"x"}}`,
		`[{"jsonrpc":"2.0","id":1,"method":"ping"}]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		messages, batch, refusal := Parse(body)
		if refusal != nil || batch {
			return
		}
		m := messages[0]
		theirs, err := jsonrpc.DecodeMessage(body)
		if err != nil {
			return // it is refused twice
		}
		request, ok := theirs.(*jsonrpc.Request)
		if ok != (m.Method != "") {
			t.Fatalf("%q: method %q, and the SDK has %T", body, m.Method, theirs)
		}
		if !ok {
			return
		}
		if request.Method != m.Method || request.IsCall() != m.IsCall() {
			t.Errorf("%q: method %q, call %t, and for the SDK %q, %t", body, m.Method, m.IsCall(), request.Method, request.IsCall())
		}
		if m.IsCall() {
			if echo, err := json.Marshal(request.ID.Raw()); err != nil || !sameJSON(echo, m.ID) {
				t.Errorf("%q: id %s, and for the SDK %s, %v", body, m.ID, echo, err)
			}
		}
		theirMembers, _ := object(request.Params)
		if got := text(theirMembers["name"]); got != m.Text("name") {
			t.Errorf("%q: name %q, and for the SDK %q", body, m.Text("name"), got)
		}
	})
}

func sameJSON(a, b []byte) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && x == y
}

func TestDepth(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{`{}`: 1, `[[]]`: 2, `"[["`: 0, `"\"[["`: 0, `[1,[2],[3]]`: 2, strings.Repeat("[", 5_000_000): 5_000_000} {
		if got := depth([]byte(text)); got != want {
			t.Errorf("depth(%.20s) = %d, want %d", text, got, want)
		}
	}
}

func TestIsResponse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`{"jsonrpc":"2.0","id":1,"result":{"method":"x"}}`:  true,
		`{"id":{"a":[1]},"error":{}}`:                       true,
		`{"jsonrpc":"2.0","id":1,"method":"x","params":{}}`: false,
		`{"jsonrpc":"2.0","method":"result"}`:               false,
		`{}`:                                                false, `[]`: false, ``: false, `{"id`: false,
	} {
		if got := isResponse(bytes.NewBufferString(text).Bytes()); got != want {
			t.Errorf("isResponse(%s) = %t, want %t", text, got, want)
		}
	}
}
