//lint:file-ignore SA1019 sampling and roots are deprecated since 2026-07-28, and clients still offer them

package wiretest

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime/taskclient"
	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// conversation is a session with a server, whose messages are recorded.
type conversation struct {
	*testing.T
	*taskclient.Session
	client *taskclient.Client
	record *record
	// hangUp has the server stop in good order while the client is still there, and
	// returns when it has.
	hangUp func()
}

// transports are ways to a server with a grace.
var transports = map[string]func(*testing.T, *record, time.Duration) (_ mcp.Transport, hangUp func()){
	"stdio": overStdio,
	"http":  overHTTP,
}

// overStdio starts a process.
func overStdio(t *testing.T, r *record, grace time.Duration) (_ mcp.Transport, hangUp func()) {
	server := exec.Command(os.Args[0])
	server.Env = append(os.Environ(), graceEnv+"="+grace.String())
	server.Stderr = t.Output()
	in, err := server.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := server.Wait(); err != nil {
			t.Errorf("the server: %v", err)
		}
	})
	return &mcp.IOTransport{Reader: r.reader(out), Writer: r.writer(in)}, func() { in.Close() }
}

// overHTTP listens on a socket, behind somebody who knows the users, since tasks are
// listed only for those.
func overHTTP(t *testing.T, r *record, grace time.Duration) (_ mcp.Transport, hangUp func()) {
	server := newServer(grace)
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	verify := func(_ context.Context, token string, _ *http.Request) (*auth.TokenInfo, error) {
		return &auth.TokenInfo{UserID: token, Expiration: time.Now().Add(time.Hour)}, nil
	}
	listener := httptest.NewServer(auth.RequireBearerToken(verify, nil)(server.Handler()))
	stop := func() {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		server.Stop(ctx)
	}
	t.Cleanup(func() {
		stop()
		listener.CloseClientConnections()
		listener.Close()
	})
	return &mcp.StreamableClientTransport{Endpoint: listener.URL, HTTPClient: &http.Client{Transport: &recorder{r, "ada"}}}, stop
}

// converse begins a session.
func converse(t *testing.T, connect func(*testing.T, *record, time.Duration) (mcp.Transport, func()), r *record, version string, grace time.Duration) *conversation {
	t.Helper()
	transport, hangUp := connect(t, r, grace)
	client := taskclient.NewClient(&mcp.Implementation{Name: "wire", Version: "v1"}, &mcp.ClientOptions{
		ElicitationHandler: func(_ context.Context, r *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
			return &mcp.ElicitResult{Action: "accept", Content: map[string]any{"name": r.Params.Message}}, nil
		},
		CreateMessageHandler: func(context.Context, *mcp.CreateMessageRequest) (*mcp.CreateMessageResult, error) {
			return &mcp.CreateMessageResult{Model: "parrot", Role: "assistant", Content: &mcp.TextContent{Text: "hi"}}, nil
		},
	})
	client.AddRoots(&mcp.Root{URI: "file:///home"})
	if err := mcp.AddSendingCustomMethod[*mcp.ListToolsParams, *listed](client.Client, "tasks/list"); err != nil {
		t.Fatal(err)
	}
	session, err := client.Connect(t.Context(), transport, &mcp.ClientSessionOptions{ProtocolVersion: version})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { session.Close() })
	return &conversation{t, session, client, r, hangUp}
}

// listed is the result of tasks/list.
type listed struct {
	mcp.ResultBase
	Tasks []struct{} `json:"tasks"`
}

// list is tasks/list.
func (c *conversation) list() (*listed, error) {
	return mcp.CallCustomMethod[*mcp.ListToolsParams, *listed](c.Context(), c.ClientSession, "tasks/list", &mcp.ListToolsParams{})
}

// params are those of a call without arguments.
func params(tool string) *mcp.CallToolParams { return &mcp.CallToolParams{Name: tool} }

// begin calls a tool that becomes a task.
func (c *conversation) begin(tool string, o *taskclient.Options) *taskclient.Task {
	c.Helper()
	task, err := c.Start(c.Context(), params(tool), o)
	if err != nil {
		c.Fatalf("%s: %v", tool, err)
	}
	return task
}

// fetch asks for a task of which nothing is known here.
func (c *conversation) fetch(task *taskclient.Task, want taskclient.State) {
	c.Helper()
	status, err := c.Resume(task.ID(), nil).Status(c.Context())
	if err != nil || status.State != want {
		c.Errorf("the task is %q, %v, want %q", status.State, err, want)
	}
}

// everything has a task of each kind, in words that both eras have.
func (c *conversation) everything() {
	if _, err := c.ListTools(c.Context(), nil); err != nil {
		c.Fatal(err)
	}
	if result, err := c.Call(c.Context(), params("direct"), nil); err != nil || result.IsError {
		c.Errorf("direct: %+v, %v", result, err)
	}
	if result, err := c.Call(c.Context(), params("borrow"), nil); err != nil || result.IsError {
		c.Errorf("borrow: %+v, %v", result, err)
	}
	if _, err := c.CallTool(c.Context(), params("only_task")); err == nil {
		c.Error("a tool that runs as a task only has been called directly")
	}
	c.counts()
	c.asks()
	c.fails()
	c.cancels()
	if _, err := c.Resume("nothing", nil).Status(c.Context()); !errors.Is(err, taskclient.ErrNotFound) {
		c.Errorf("error = %v, want ErrNotFound", err)
	}
}

// counts watches a task that completes.
func (c *conversation) counts() {
	task := c.begin("count", nil)
	for _, err := range task.Watch(c.Context()) {
		if err != nil {
			c.Error(err)
		}
	}
	c.fetch(task, taskclient.Completed)
}

// asks answers two questions one after the other, by hand.
func (c *conversation) asks() {
	task := c.begin("ask", &taskclient.Options{ByHand: true})
	answered := make(map[string]bool)
	for status, err := range task.Watch(c.Context()) {
		if err != nil {
			c.Fatal(err)
		}
		if len(status.Questions) > 0 && len(answered) == 0 {
			c.fetch(task, taskclient.InputRequired)
		}
		for key := range status.Questions {
			if answered[key] {
				continue
			}
			answered[key] = true
			answer := &mcp.ElicitResult{Action: "accept", Content: map[string]any{"name": key}}
			if err := task.Answer(c.Context(), mcp.InputResponseMap{key: answer}); err != nil {
				c.Fatal(err)
			}
			break
		}
	}
	if len(answered) != 2 {
		c.Errorf("%d questions, want 2", len(answered))
	}
}

// fails has a tool fail, and then a task.
func (c *conversation) fails() {
	if result, err := c.Call(c.Context(), params("fail"), nil); err != nil || !result.IsError {
		c.Errorf("fail: %+v, %v, want an error of the tool", result, err)
	}
	task := c.begin("panic", nil)
	if _, err := task.Wait(c.Context()); !errors.As(err, new(*taskclient.FailedError)) {
		c.Errorf("panic: %v, want that the task failed", err)
	}
	c.fetch(task, taskclient.Failed)
}

// cancels cancels a task, twice.
func (c *conversation) cancels() {
	task := c.begin("wait", nil)
	c.fetch(task, taskclient.Working)
	for range 2 {
		if err := c.Resume(task.ID(), nil).Cancel(c.Context()); err != nil {
			c.Errorf("cancelling: %v", err)
		}
	}
	if _, err := task.Wait(c.Context()); !errors.Is(err, taskclient.ErrCancelled) {
		c.Errorf("error = %v, want ErrCancelled", err)
	}
	c.fetch(task, taskclient.Cancelled)
}

// leave has the server end while a task is watched.
func (c *conversation) leave() {
	for status := range c.begin("wait", nil).Watch(c.Context()) {
		if status.Message != "" { // which the server has told
			c.hangUp()
		}
	}
}

// verdict judges all that was said, and holds that nothing was left out.
func verdict(t *testing.T, j *judge, wanted []string, records ...*record) {
	t.Helper()
	for _, r := range records {
		clear(j.pending)
		for _, m := range r.all() {
			if err := j.judge(m); err != nil {
				t.Errorf("%s\n%v", m.text, err)
			}
		}
	}
	for _, name := range j.missing(wanted...) {
		t.Errorf("there was no %s", name)
	}
	if t.Failed() {
		t.Logf("seen:\n%s", j)
	}
}

func TestLegacy(t *testing.T) {
	t.Parallel()
	core := load(t, "2025-11-25")
	wanted := []string{
		"2025-11-25 ElicitRequest", "2025-11-25 ElicitResult",
		"2025-11-25 CreateMessageRequest", "2025-11-25 CreateMessageResult",
		"2025-11-25 ListRootsRequest", "2025-11-25 ListRootsResult",
		"2025-11-25 InitializeResult", "2025-11-25 ListToolsResult", "2025-11-25 CallToolResult",
		"2025-11-25 status working", "2025-11-25 status input_required", "2025-11-25 status completed",
		"2025-11-25 status failed", "2025-11-25 status cancelled",
		"2025-11-25 error -32601", // a tool that runs as a task only
		"2025-11-25 error -32602", // no such task, and one that cannot be cancelled any more
		"2025-11-25 error -32603", // of a task that failed
	}
	for name, connect := range transports {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := new(record)
			c := converse(t, connect, r, "2025-11-25", atOnce)
			c.everything()
			if result, err := c.Call(t.Context(), params("ask"), nil); err != nil || result.IsError {
				t.Errorf("ask: %+v, %v", result, err)
			}
			if list, err := c.list(); err != nil || len(list.Tasks) < 5 {
				t.Errorf("tasks/list: %+v, %v", list, err)
			}
			c.leave()
			verdict(t, newJudge(core, nil), wanted, r)
		})
	}
}

func TestModern(t *testing.T) {
	t.Parallel()
	core, extension := load(t, "2026-07-28"), load(t, "ext-tasks")
	wanted := []string{
		"2026-07-28 DiscoverResult", "2026-07-28 ListToolsResult", "2026-07-28 CallToolResult",
		"2026-07-28 InputRequiredResult", "2026-07-28 SubscriptionsListenRequest",
		"2026-07-28 SubscriptionsAcknowledgedNotification", "2026-07-28 SubscriptionsListenResult",
		"ext-tasks status working", "ext-tasks status input_required", "ext-tasks status completed",
		"ext-tasks status failed", "ext-tasks status cancelled",
		"2026-07-28 MissingRequiredClientCapabilityError", "2026-07-28 InvalidParamsError",
	}
	for name, connect := range transports {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tasks, straight := new(record), new(record)
			c := converse(t, connect, tasks, "2026-07-28", atOnce)
			c.everything()
			c.leave()
			c = converse(t, connect, straight, "2026-07-28", never)
			if result, err := c.Call(t.Context(), params("ask_before"), nil); err != nil || result.IsError {
				t.Errorf("ask_before: %+v, %v", result, err)
			}
			verdict(t, newJudge(core, extension), wanted, tasks, straight)
		})
	}
}
