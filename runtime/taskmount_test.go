package runtime

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/task/memstore"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// overSDK has c speak with a server by a transport of the SDK.
func (c *wireClient) overSDK(server *mcp.Server) func(wireMessage) error {
	c.t.Helper()
	ours, its := mcp.NewInMemoryTransports()
	if _, err := server.Connect(c.t.Context(), its, nil); err != nil {
		c.t.Fatal(err)
	}
	conn, err := ours.Connect(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { conn.Close() })
	go func() {
		for {
			message, err := conn.Read(context.Background())
			if err != nil {
				return
			}
			var m wireMessage
			if data, err := jsonrpc.EncodeMessage(message); err == nil && json.Unmarshal(data, &m) == nil {
				c.take(m)
			}
		}
	}()
	return func(m wireMessage) error {
		data, err := json.Marshal(m)
		if err != nil {
			return err
		}
		message, err := jsonrpc.DecodeMessage(data)
		if err != nil {
			return err
		}
		return conn.Write(context.Background(), message)
	}
}

// only is a tool that runs as a task and in no other way.
func only(name string) Tool {
	tool := background(name)
	tool.Task = TaskRequired
	return tool
}

// TestMountedTasks has two servers with tasks mounted on one of the SDK.
func TestMountedTasks(t *testing.T) {
	t.Parallel()
	existing := mcp.NewServer(&mcp.Implementation{Name: "existing", Version: "v1"}, nil)
	mount := func(tool string) {
		mounted, err := Mount(t.Context(), existing, func(s *Server) {
			add(s, only(tool), func(context.Context, *Call) (*Result, error) { return TextResult(tool), nil })
		}, WithTasks(nil, atOnceTasks), WithLogger(slog.New(slog.DiscardHandler)))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { mounted.Stop(overdue()) })
	}
	mount("first")
	mount("second")
	c := newWireClient(t, modernVersion)
	c.post = c.overSDK(existing)
	for _, tool := range []string{"first", "second"} {
		id := c.create(tool, "{}").TaskID
		got := c.get(id)
		for got.Status == "working" {
			got = c.get(id)
		}
		wantText(t, got.Result, tool)
	}
	unknown := <-c.send("tasks/get", `{"taskId":"nothing"}`)
	if unknown.Error == nil || unknown.Error.Code != -32602 || unknown.Error.Message != task.ErrNotFound.Error() {
		t.Errorf("tasks/get of no task: %+v, want code -32602 and %q", unknown.Error, task.ErrNotFound)
	}

	legacy := newWireClient(t, legacyVersion)
	legacy.post = legacy.overSDK(existing)
	legacy.begin()
	if strings.Contains(string(legacy.begun), `"requests"`) {
		t.Errorf("initialize = %s, want no word of tasks", legacy.begun)
	}
	if code := legacy.refused(callToolMethod, `{"name":"first","arguments":{},"task":{}}`); code != -32601 {
		t.Errorf("code = %d, want -32601", code)
	}
}

func TestFrontEndNeedsAStore(t *testing.T) {
	t.Parallel()
	fine := func(context.Context, *Call) (*Result, error) { return EmptyResult(), nil }
	idle := task.Options{Workers: -1}
	shared := memstore.New(memstore.Options{})
	for _, row := range []struct {
		name  string
		tasks Option
		tools []Tool
		want  string
	}{
		{"front end", WithTasks(nil, idle), []Tool{only("b"), background("a")}, "nobody would run the tasks of a, b: "},
		{"front end without tasks", WithTasks(nil, idle), []Tool{{Name: "a", Description: "Works."}}, ""},
		{"front end with a store", WithTasks(shared, idle), []Tool{only("a")}, ""},
		{"worker", WithTasks(nil, task.Options{}), []Tool{only("a")}, ""},
	} {
		register := func(s *Server) {
			for _, tool := range row.tools {
				add(s, tool, fine)
			}
		}
		s := NewServer(Info{}, row.tasks)
		register(s)
		err := s.Start(t.Context())
		t.Cleanup(func() { s.Stop(overdue()) })
		mounted, mountErr := Mount(t.Context(), mcp.NewServer(&mcp.Implementation{Name: "existing"}, nil), register, row.tasks)
		if mountErr == nil {
			t.Cleanup(func() { mounted.Stop(overdue()) })
		}
		for how, err := range map[string]error{"Start": err, "Mount": mountErr} {
			if row.want == "" && err != nil || row.want != "" && (err == nil || !strings.HasPrefix(err.Error(), row.want)) {
				t.Errorf("%s, %s: error = %v, want %q", row.name, how, err, row.want)
			}
		}
	}
}
