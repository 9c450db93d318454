package frame

import (
	"testing"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

func TestVersion(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ params, want string }{
		{``, ""},
		{`{}`, ""},
		{`{"protocolVersion":"2025-11-25"}`, ""},
		{`{"_meta":{}}`, ""},
		{`{"_meta":null}`, ""},
		{`{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}`, "2026-07-28"},
		{`{"_meta":{"io.modelcontextprotocol\/protocolVersion":"2026-07-28"}}`, "2026-07-28"},
		{`{"_meta":{"io.modelcontextprotocol/protocolVersion":20260728}}`, ""},
		{`{"arguments":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}`, ""},
	} {
		if got := Version([]byte(row.params)); got != row.want {
			t.Errorf("the version of %s is %q, want %q", row.params, got, row.want)
		}
	}
}

func TestParseKeepsWhatARequestSays(t *testing.T) {
	t.Parallel()
	message, refusal := Parse([]byte(` {"params" : {"a":[1, 2]} ,"method":"tools\/call","id":"\u0061","jsonrpc":"2.0","more":{}} `))
	request, ok := message.(*jsonrpc.Request)
	if !ok {
		t.Fatalf("got %v, %v, want a request", message, refusal)
	}
	if got, want := request.Method, "tools/call"; got != want {
		t.Errorf("method = %q, want %q", got, want)
	}
	if got, want := request.ID.Raw(), "a"; got != want {
		t.Errorf("id = %v, want %q", got, want)
	}
	if got, want := string(request.Params), `{"a":[1, 2]}`; got != want {
		t.Errorf("params = %s, want %s", got, want)
	}
	if got, want := string(Member(request.Params, "a")), `[1, 2]`; got != want {
		t.Errorf("a = %s, want %s", got, want)
	}
}

func TestParseReadsErrorsOfTheClient(t *testing.T) {
	t.Parallel()
	message, refusal := Parse([]byte(`{"jsonrpc":"2.0","id":3,"error":{"code":-1,"message":"declined"}}`))
	response, ok := message.(*jsonrpc.Response)
	if !ok {
		t.Fatalf("got %v, %v, want a response", message, refusal)
	}
	if got, want := response.Error.Error(), "declined"; got != want {
		t.Errorf("error = %q, want %q", got, want)
	}
}
