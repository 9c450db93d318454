package frame

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

func TestLines(t *testing.T) {
	t.Parallel()
	const limit = 200 << 10
	long := strings.Repeat("x", limit)
	deep := strings.Repeat("[", 100_000)
	for _, row := range []struct {
		name, input string
		want        []string // lines, or errors as text
	}{
		{"none", "", nil},
		{"empty", "\n\n", []string{"", ""}},
		{"two", "a\r\nb\n", []string{"a\r", "b"}},
		{"part of a line", "a\nb", []string{"a"}},
		{"as long as may be", long + "\na\n", []string{long, "a"}},
		{"too long", long + "x\na\n", []string{ErrTooLong.Error(), "a"}},
		{"much too long", long + long + long + "\na\n", []string{ErrTooLong.Error(), "a"}},
		{"too long, without end", long + "x", nil},
		{"too deep", deep + "\na\n", []string{ErrTooDeep.Error(), "a"}},
		{"brackets in a string", `"` + deep + `\"` + deep[:10] + "\"\na\n", []string{`"` + deep + `\"` + deep[:10] + `"`, "a"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			for _, r := range []io.Reader{strings.NewReader(row.input), iotest.HalfReader(strings.NewReader(row.input))} {
				l := NewLines(r, limit)
				for i, want := range row.want {
					line, err := l.Next()
					got := string(line)
					if err != nil {
						got = err.Error()
					}
					if got != want {
						t.Errorf("line %d is %.50q with %d bytes, want %.50q with %d", i, got, len(got), want, len(want))
					}
				}
				if line, err := l.Next(); err != io.EOF {
					t.Errorf("at the end there is %.50q, %v, want the end", line, err)
				}
			}
		})
	}
}

func TestLinesAreForTheCallerToKeep(t *testing.T) {
	t.Parallel()
	l := NewLines(strings.NewReader("first\nother\n"), 100)
	first, _ := l.Next()
	l.Next()
	if string(first) != "first" {
		t.Errorf("the first line has become %q", first)
	}
}

// FuzzLines holds the reader and the parser to encoding/json: what it takes for
// JSON they do, and a line that is refused does not end the stream.
func FuzzLines(f *testing.F) {
	for _, seed := range []string{
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"do","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}`,
		`{"jsonrpc":"2.0","id":"a\u00e9","result":{"x":[1,-0.5e+3,true,null,"\\"]}}`,
		`{"jsonrpc":"2.0","id":null,"error":{"code":-1,"message":"x"}}`,
		"[]", `"\ud800"`, "\xff", "{}\n{}", "\ufeff{}", "  ", "[[[[", "1e", "-", "01", `{"a":1,}`, `{"a" 1}`, "tru", "\"\x01\"",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		const last = `{"jsonrpc":"2.0","method":"last"}`
		l := NewLines(bytes.NewReader(append(append(data, '\n'), last+"\n"...)), 1<<20)
		var message *Message
		for {
			line, err := l.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				continue
			}
			var refusal *Refusal
			message, refusal = Parse(line)
			check(t, line, message, refusal)
		}
		if message == nil || message.Method != "last" {
			t.Errorf("the last message is %v", message)
		}
	})
}

func check(t *testing.T, line []byte, message *Message, refusal *Refusal) {
	line = bytes.TrimSpace(bytes.TrimPrefix(line, byteOrderMark))
	valid := json.Valid(line) && utf8.Valid(line)
	switch {
	case refusal != nil:
		if !json.Valid(refusal.Line()) {
			t.Errorf("the answer to %q is no JSON: %s", line, refusal.Line())
		}
		if valid && refusal.Code == jsonrpc.CodeParseError {
			t.Errorf("%q is refused: %s", line, refusal.Message)
		}
		if !valid && refusal.Code != jsonrpc.CodeParseError && refusal.Message != ErrTooDeep.Error() {
			t.Errorf("%q is refused as if it were JSON: %s", line, refusal.Message)
		}
	case message == nil:
		if len(line) > 0 && !valid {
			t.Errorf("%q is ignored", line)
		}
	default:
		if !valid {
			t.Errorf("%q is taken for a message", line)
		}
		agree(t, line, message)
	}
}
