package golden

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"golang.org/x/tools/txtar"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/task"
)

// TestWire holds every case's conversation with its server.
func TestWire(t *testing.T) {
	names, err := caseNames()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(name, "wire.txtar")
			script, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			c := connect(t, name)
			got := txtar.Format(c.converse(script))
			if *update {
				if _, err := rewrite(path, got); err != nil {
					t.Fatal(err)
				}
			}
			compare(t, path, got)
			c.shows()
		})
	}
}

// client speaks JSON-RPC with the server of one case, without any help of an SDK.
type client struct {
	t    *testing.T
	name string // of the case
	ctx  context.Context
	conn mcp.Connection
	last int // id of the last request

	schemas schemas // of the tools, as listed
	server  *mcp.Server
	answers map[string][]txtar.File // to requests of the server, by method
	state   string                  // the last requestState
	taskID  string                  // of the last task

	listed, succeeded, failed int // replies so far
}

// connect starts the server of a case.
func connect(t *testing.T, name string) *client {
	t.Helper()
	add := register(name)
	if add == nil {
		t.Fatalf("case %s is not registered: run go test ./golden -update", name)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)

	s := runtime.NewServer(runtime.Info{}, runtime.WithLogger(slog.New(slog.DiscardHandler)),
		runtime.WithTasks(nil, task.Options{Grace: -1})) // how long a call takes is chance
	add(s)
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(context.WithoutCancel(ctx)); err != nil {
			t.Error(err)
		}
	})
	c := &client{t: t, name: name, ctx: ctx, server: s.SDK()}
	c.dial()
	return c
}

// dial begins a new connection.
func (c *client) dial() {
	c.t.Helper()
	here, there := mcp.NewInMemoryTransports()
	if _, err := c.server.Connect(c.ctx, there, nil); err != nil {
		c.t.Fatal(err)
	}
	conn, err := here.Connect(c.ctx)
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { conn.Close() })
	c.conn, c.last = conn, 0
}

const initialize = `{"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "golden", "version": "1"}}`

// converse sends the requests of a script and returns it with the replies that came.
func (c *client) converse(script *txtar.Archive) *txtar.Archive {
	c.t.Helper()
	held := &txtar.Archive{Comment: script.Comment}
	for i, section := range script.Files {
		method, ok := strings.CutPrefix(section.Name, "> ")
		if !ok {
			continue
		}
		held.Files = append(held.Files, section)
		c.answers = answers(script.Files[i+1:])
		switch {
		case method == "initialize":
			if c.last > 0 {
				c.dial()
			}
			held.Files = append(held.Files, c.handshake(section.Data)...)
			continue
		case c.last == 0 && !bytes.Contains(section.Data, []byte(mcp.MetaKeyProtocolVersion)):
			c.handshake([]byte(initialize))
		}
		held.Files = append(held.Files, c.request(method, section.Data)...)
	}
	return held
}

// handshake is what a conversation begins with.
func (c *client) handshake(params []byte) []txtar.File {
	reply := c.request("initialize", params)
	c.send(&jsonrpc.Request{Method: "notifications/initialized"})
	return reply
}

// request sends one request and returns what came back as sections: the
// notifications before the reply, and the reply.
func (c *client) request(method string, params []byte) []txtar.File {
	c.t.Helper()
	c.last++
	id, err := jsonrpc.MakeID(float64(c.last))
	if err != nil {
		c.t.Fatal(err)
	}
	c.send(&jsonrpc.Request{ID: id, Method: method, Params: []byte(
		strings.NewReplacer(stateMark, c.state, taskMark, c.taskID).Replace(string(params)))})
	var sections []txtar.File
	for {
		message, err := c.conn.Read(c.ctx)
		if err != nil {
			c.t.Fatalf("no reply to %s %s: %v", method, params, err)
		}
		switch m := message.(type) {
		case *jsonrpc.Request:
			if m.ID.IsValid() {
				sections = append(sections, c.answer(m)...)
				continue
			}
			sections = append(sections, section("! "+m.Method, m.Params))
		case *jsonrpc.Response:
			if method == "tasks/get" && working(m) {
				return c.request(method, params)
			}
			return append(sections, c.reply(method, params, m))
		}
	}
}

// stateMark stands for a requestState in a script.
const stateMark = "(state)"

// answers are the answers that stand behind a request.
func answers(sections []txtar.File) map[string][]txtar.File {
	all := map[string][]txtar.File{}
	for _, section := range sections {
		if strings.HasPrefix(section.Name, "> ") {
			break
		}
		if method, ok := strings.CutPrefix(section.Name, "= "); ok {
			all[method] = append(all[method], section)
		}
	}
	return all
}

// answer gives the server what it asks for, as the script has it.
func (c *client) answer(m *jsonrpc.Request) []txtar.File {
	c.t.Helper()
	asked := section("? "+m.Method, m.Params)
	if len(c.answers[m.Method]) == 0 {
		c.t.Fatalf("the server asks for %s, and the script has no answer:\n%s", m.Method, asked.Data)
	}
	answer := c.answers[m.Method][0]
	c.answers[m.Method] = c.answers[m.Method][1:]
	c.send(&jsonrpc.Response{ID: m.ID, Result: answer.Data})
	return []txtar.File{asked, answer}
}

func (c *client) send(message jsonrpc.Message) {
	c.t.Helper()
	if err := c.conn.Write(c.ctx, message); err != nil {
		c.t.Fatal(err)
	}
}

// reply turns a response into a section, and checks what it says of schemas.
func (c *client) reply(method string, params []byte, m *jsonrpc.Response) txtar.File {
	c.t.Helper()
	if about, ok := c.task(m); ok {
		return about
	}
	if m.Error != nil {
		c.failed++
		reason, err := json.Marshal(m.Error)
		if err != nil {
			c.t.Fatal(err)
		}
		return section("< error", reason)
	}
	var questions struct{ RequestState string }
	if json.Unmarshal(m.Result, &questions) == nil && questions.RequestState != "" {
		c.state = questions.RequestState
		return section("<", bytes.ReplaceAll(m.Result, []byte(c.state), []byte(stateMark)))
	}
	switch {
	case method == "tools/list":
		c.listed++
		c.schemas = listedSchemas(c.t, m.Result)
	case strings.HasSuffix(method, "/list"):
		c.listed++
	case method == "tools/call" && c.schemas.check(c.t, c.name, params, m.Result):
		c.failed++
	case method != "initialize":
		c.succeeded++
	}
	return section("<", m.Result)
}

// section is JSON as a section of the script, its keys in the order of the wire.
func section(name string, data json.RawMessage) txtar.File {
	var b bytes.Buffer
	if err := json.Indent(&b, data, "", "  "); err != nil {
		panic(fmt.Sprintf("%s: %v in %s", name, err, data))
	}
	b.WriteByte('\n')
	return txtar.File{Name: name, Data: b.Bytes()}
}

// shows checks that the conversation has shown enough.
func (c *client) shows() {
	c.t.Helper()
	if c.listed == 0 {
		c.t.Error("the conversation lists nothing")
	}
	if c.succeeded == 0 {
		c.t.Error("no call succeeds")
	}
	if c.failed == 0 {
		c.t.Error("no call fails")
	}
}
