package runtime

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	goruntime "runtime"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

// nest is what arrays of arrays are read into.
type nest []nest

func decodeNest(d *codec.Decoder) nest { return codec.Slice(d, decodeNest) }

// hostileInput is what the tool "take" takes.
type hostileInput struct {
	nest  nest
	any   any
	text  string
	count int64
	ratio float64
}

func decodeHostile(d *codec.Decoder) (v hostileInput) {
	members := codec.Members{{Name: "nest"}, {Name: "any"}, {Name: "text"}, {Name: "count"}, {Name: "ratio"}}
	for name := range d.Object(members) {
		switch name {
		case "nest":
			v.nest = decodeNest(d)
		case "any":
			v.any = codec.Any(d)
		case "text":
			v.text = codec.String[string](d)
			codec.MaxLength(d, v.text, 1000)
		case "count":
			v.count = codec.Int[int64](d)
		case "ratio":
			v.ratio = codec.Float[float64](d)
		}
	}
	return v
}

// taker returns a server whose tool "take" must not be reached.
func taker(t *testing.T) *Server {
	s := NewServer(Info{Name: "taker"}, WithLogger(slog.New(slog.DiscardHandler)))
	addTake(s, func() { t.Error("the tool is called") })
	return s
}

// addTake adds the tool "take", which tells when it is reached.
func addTake(s *Server, reached func()) {
	tool := Tool{Name: "take", Description: "Takes.", InputSchema: `{"type":"object"}`}
	AddTool(s, tool, decodeHostile, func(context.Context, *Call, hostileInput) (*Result, error) {
		reached()
		return EmptyResult(), nil
	})
}

// hostile are arguments that no tool should see. The server answers with want: that
// is an error of the tool, or of the protocol for what is no message.
var hostile = map[string]struct {
	arguments func() string
	want      string
}{
	"10,000 arrays":           {arguments: func() string { return `{"nest":` + arrays(10_000) + `}` }, want: tooDeep},
	"1500 arrays":             {arguments: func() string { return `{"nest":` + arrays(1500) + `}` }, want: tooDeep},
	"1500 arrays as anything": {arguments: func() string { return `{"any":` + arrays(1500) + `}` }, want: tooDeep},
	"10,000 arrays as text":   {arguments: func() string { return `{"nest":"` + arrays(10_000) + `"}` }, want: "nested deeper than 1000 levels"},
	"50 MB of text":           {arguments: func() string { return `{"text":"` + letters(50<<20) + `"}` }, want: `"error":{"code":-32600,"message":"the message is too long"}`},
	"4 MB of text":            {arguments: func() string { return `{"text":"` + letters(4<<20) + `"}` }, want: "/text: must have at most 1000 characters, got 4194304"},
	"4 MB for a number":       {arguments: func() string { return `{"count":"` + letters(4<<20) + `"}` }, want: "/count: expected an integer, got"},
	"1 MB of digits":          {arguments: func() string { return `{"count":` + nines(1<<20) + `}` }, want: "/count: must be at most 9223372036854775807"},
	"1 MB of float":           {arguments: func() string { return `{"ratio":` + nines(1<<20) + `}` }, want: "/ratio: must be at most 1.79"},
	"1 MB of digits anywhere": {arguments: func() string { return `{"any":[` + nines(1<<20) + `]}` }, want: "/any/0: must be at most 1.79"},
	"invalid UTF-8":           {arguments: func() string { return "{\"text\":\"a\xffb\"}" }, want: `"error":{"code":-32700,"message":"invalid UTF-8"}`},
	"invalid UTF-8 in a name": {arguments: func() string { return "{\"te\xffxt\":\"a\"}" }, want: `"error":{"code":-32700,"message":"invalid UTF-8"}`},
	"half a character":        {arguments: func() string { return `{"text":"\ud83d"}` }, want: "surrogate pair"},
}

const tooDeep = `"error":{"code":-32600,"message":"the JSON text is nested too deeply"}`

func letters(n int) string { return strings.Repeat("a", n) }

func nines(n int) string { return strings.Repeat("9", n) }

func arrays(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }

// TestHostileArguments shows that they are refused, and that the answer is short and
// the memory spent on the way a small multiple of the input. It is not parallel,
// because it measures memory.
func TestHostileArguments(t *testing.T) {
	for name, test := range hostile {
		t.Run(name, func(t *testing.T) {
			call := `{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"take","arguments":` + test.arguments() + "}}\n"
			out := &gathering{n: 2, all: make(chan struct{})}
			before := allocated()
			err := taker(t).serveStream(t.Context(), io.MultiReader(strings.NewReader(initialize+call), out), out)
			spent := allocated() - before
			answer := out.String()
			if err != nil {
				t.Errorf("serving ended with %v", err)
			}
			refused := strings.Contains(answer, `"isError":true`) || strings.HasPrefix(test.want, `"error"`)
			if !refused || !strings.Contains(answer, test.want) {
				t.Errorf("the answer is %.1000s, want an error with %s", answer, test.want)
			}
			if got := len(answer); got > 2000 {
				t.Errorf("the answer has %d bytes, want at most 2000", got)
			}
			// All of it, not what is held at one time: 32 copies are the doubling of
			// buffers by all who read along.
			if most := uint64(32*len(call) + 4<<20); spent > most {
				t.Errorf("a call of %d bytes allocates %d, want at most %d", len(call), spent, most)
			}
		})
	}
}

// gathering gathers n lines. Its own end comes after them, however long they take.
type gathering struct {
	strings.Builder
	n   int
	all chan struct{}
}

func (g *gathering) Write(p []byte) (int, error) {
	before := g.n
	if g.n -= bytes.Count(p, []byte{'\n'}); before > 0 && g.n <= 0 {
		close(g.all)
	}
	return g.Builder.Write(p)
}

func (g *gathering) Read([]byte) (int, error) {
	<-g.all
	return 0, io.EOF
}

func allocated() uint64 {
	var m goruntime.MemStats
	goruntime.ReadMemStats(&m)
	return m.TotalAlloc
}
