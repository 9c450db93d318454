package runtime

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/task/memstore"
	"github.com/modelcontextprotocol/go-sdk/auth"
)

// atOnceTasks makes every call a task.
var atOnceTasks = task.Options{Grace: -1}

// add adds a tool without arguments.
func add(s *Server, t Tool, f func(context.Context, *Call) (*Result, error)) {
	t.InputSchema = `{"type":"object"}`
	AddTool(s, t, NoArguments, func(ctx context.Context, c *Call, _ struct{}) (*Result, error) { return f(ctx, c) })
}

func background(name string) Tool { return Tool{Name: name, Description: "Works.", Task: TaskOptional} }

// wantText fails unless the result is of one text.
func wantText(t *testing.T, result json.RawMessage, want string) {
	t.Helper()
	var got struct {
		Content []struct{ Text string }
		Meta    map[string]json.RawMessage `json:"_meta"`
	}
	if err := json.Unmarshal(result, &got); err != nil {
		t.Fatalf("result %s: %v", result, err)
	}
	if len(got.Content) != 1 || got.Content[0].Text != want {
		t.Errorf("content = %+v, want %q", got.Content, want)
	}
}

func TestStraightAnswers(t *testing.T) {
	register := func(s *Server) {
		add(s, background("fine"), func(context.Context, *Call) (*Result, error) { return TextResult("done"), nil })
		add(s, background("panic"), func(context.Context, *Call) (*Result, error) { panic("secret") })
	}
	eachWay(t, task.Options{Grace: time.Hour}, register, func(t *testing.T, way wireWay, s *Server, c *wireClient) {
		wantText(t, c.call(callToolMethod, `{"name":"fine","arguments":{}}`), "done")
		wantText(t, c.call(callToolMethod, `{"name":"panic","arguments":{}}`), "internal error")
		wantText(t, c.call(callToolMethod, `{"name":"fine","arguments":{"x":1}}`), "invalid arguments for fine:\n/x: unknown argument; none is expected")
		if got, err := s.tasks.manager.List(t.Context(), way.owner(), "", 10); err != nil || len(got) > 0 {
			t.Errorf("tasks = %v, %v, want none", got, err)
		}
	})
}

func TestTaskCancelled(t *testing.T) {
	register := func(s *Server) {
		add(s, background("wait"), func(ctx context.Context, _ *Call) (*Result, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		})
	}
	eachWay(t, atOnceTasks, register, func(t *testing.T, way wireWay, s *Server, c *wireClient) {
		id := c.create("wait", "{}").TaskID
		params := `{"taskId":"` + id + `"}`
		c.call("tasks/cancel", params)
		got := c.end(s, way.owner(), id)
		if got.Status != "cancelled" || got.StatusMessage != cancelledByClient {
			t.Errorf("status = %s, %q, want that it was cancelled", got.Status, got.StatusMessage)
		}
		if c.version >= modernVersion {
			c.call("tasks/cancel", params) // is late, and that is fine
		} else if code := c.refused("tasks/cancel", params); code != -32602 {
			t.Errorf("code = %d, want -32602", code)
		}
	})
}

// registerConfirm adds a tool that asks.
func registerConfirm(before bool) func(*Server) {
	form := `{"type":"object","properties":{"confirm":{"type":"boolean"}},"required":["confirm"]}`
	decode := func(d *codec.Decoder) (confirm bool) {
		for name := range d.Object(codec.Members{{Name: "confirm", Required: true}}) {
			if name == "confirm" {
				confirm = codec.Bool[bool](d)
			}
		}
		return confirm
	}
	return func(s *Server) {
		tool := background("ask")
		tool.AskBefore = before
		add(s, tool, func(ctx context.Context, c *Call) (*Result, error) {
			yes, err := NewAsk(c, "confirm", form, decode)(ctx, "Sure?")
			if err != nil {
				return nil, err
			}
			return TextResult(fmt.Sprint(yes)), nil
		})
	}
}

func TestTaskAsks(t *testing.T) {
	eachWay(t, task.Options{Grace: time.Hour}, registerConfirm(false), func(t *testing.T, way wireWay, s *Server, c *wireClient) {
		c.answers = func(m wireMessage) string {
			if !strings.Contains(string(m.Params), "related-task") {
				t.Errorf("%s %s names no task", m.Method, m.Params)
			}
			return `{"action":"accept","content":{"confirm":true}}`
		}
		id := c.create("ask", "{}").TaskID
		awaitInput(t, s, way.owner(), id, 1)
		got := c.get(id)
		if got.Status != "input_required" {
			t.Errorf("status = %s, want input_required", got.Status)
		}
		for key := range got.InputRequests {
			update := func(response string) string {
				return fmt.Sprintf(`{"taskId":%q,"inputResponses":{"other":7,%q:%s}}`, id, key, response)
			}
			if code := c.refused("tasks/update", update(`{"action":"accept","content":{"confirm":"perhaps"}}`)); code != -32602 {
				t.Errorf("of a wrong answer: code = %d, want -32602", code)
			}
			c.call("tasks/update", update(`{"action":"accept","content":{"confirm":true}}`))
		}
		if c.version < modernVersion {
			result := c.call("tasks/result", `{"taskId":"`+id+`"}`)
			wantText(t, result, "true")
			if !strings.Contains(string(result), `"io.modelcontextprotocol/related-task":{"taskId":"`+id+`"}`) {
				t.Errorf("result = %s, want it to name the task", result)
			}
			return
		}
		wantText(t, c.end(s, way.owner(), id).Result, "true")
	})
}

// TestTaskSamples has a task borrow the model of its client, which in the older era is
// asked while it waits.
func TestTaskSamples(t *testing.T) {
	register := func(s *Server) {
		add(s, background("sample"), func(ctx context.Context, c *Call) (*Result, error) {
			sampled, err := c.Sample(ctx, Sampling{Messages: []Message{User("hi")}})
			if err != nil {
				return nil, err
			}
			return TextResult(sampled.Model), nil
		})
	}
	const sampled = `{"role":"assistant","model":"parrot","content":{"type":"text","text":"hi"}}`
	t.Parallel()
	for name, way := range wireWays {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)), WithTasks(nil, atOnceTasks))
			register(s)
			c := way.connect(t, s, `{"sampling":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}`)
			c.answers = func(m wireMessage) string {
				if m.Method != "sampling/createMessage" || !strings.Contains(string(m.Params), "related-task") {
					t.Errorf("asked %s %s, want a message for the task", m.Method, m.Params)
				}
				return sampled
			}
			id := c.create("sample", "{}").TaskID
			awaitInput(t, s, way.owner(), id, 1)
			if way.version < modernVersion {
				wantText(t, c.call("tasks/result", `{"taskId":"`+id+`"}`), "parrot")
				return
			}
			for key := range c.get(id).InputRequests {
				if code := c.refused("tasks/update", fmt.Sprintf(`{"taskId":%q,"inputResponses":{%q:{"roots":[]}}}`, id, key)); code != -32602 {
					t.Errorf("of an answer to something else: code = %d, want -32602", code)
				}
				c.call("tasks/update", fmt.Sprintf(`{"taskId":%q,"inputResponses":{%q:%s}}`, id, key, sampled))
			}
			wantText(t, c.end(s, way.owner(), id).Result, "parrot")
		})
	}
}

func TestTaskAsksBefore(t *testing.T) {
	eachWay(t, task.Options{Grace: time.Hour}, registerConfirm(true), func(t *testing.T, way wireWay, s *Server, c *wireClient) {
		if c.version < modernVersion { // where the call is a task from the beginning
			c.answers = func(wireMessage) string { return `{"action":"accept","content":{"confirm":true}}` }
			id := c.create("ask", "{}").TaskID
			awaitInput(t, s, way.owner(), id, 1)
			wantText(t, c.call("tasks/result", `{"taskId":"`+id+`"}`), "true")
			return
		}
		var asked struct {
			ResultType, RequestState string
			InputRequests            map[string]json.RawMessage
		}
		if err := json.Unmarshal(c.call(callToolMethod, `{"name":"ask","arguments":{}}`), &asked); err != nil {
			t.Fatal(err)
		}
		if asked.ResultType != "input_required" || asked.InputRequests["confirm"] == nil {
			t.Fatalf("answer = %+v, want a question", asked)
		}
		wantText(t, c.call(callToolMethod, fmt.Sprintf(
			`{"name":"ask","arguments":{},"requestState":%q,"inputResponses":{"confirm":{"action":"accept","content":{"confirm":true}}}}`,
			asked.RequestState)), "true")
	})
}

// TestTaskAsksWhileItBecomesOne has a call end with a question, to be asked before it
// becomes a task, when it has just become one.
func TestTaskAsksWhileItBecomesOne(t *testing.T) {
	t.Parallel()
	created := make(chan struct{})
	s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)), WithTasks(nil, task.Options{Grace: time.Millisecond}))
	tool := background("ask")
	tool.AskBefore = true
	add(s, tool, func(ctx context.Context, c *Call) (*Result, error) {
		roots, err := c.Roots(ctx)
		if err != nil {
			<-created
			return nil, err
		}
		return TextResult(roots[0].URI), nil
	})
	way := wireWays["2026-07-28 stdio"]
	c := way.connect(t, s, `{"roots":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}`)
	id := c.create("ask", "{}").TaskID
	close(created)
	awaitInput(t, s, way.owner(), id, 1)
	for key := range c.get(id).InputRequests {
		c.call("tasks/update", fmt.Sprintf(`{"taskId":%q,"inputResponses":{%q:{"roots":[{"uri":"file:///a"}]}}}`, id, key))
	}
	wantText(t, c.end(s, way.owner(), id).Result, "file:///a")
}

func TestTaskNegotiation(t *testing.T) {
	t.Parallel()
	required, forbidden := background("only"), background("never")
	required.Task, forbidden.Task = TaskRequired, TaskForbidden
	fine := func(context.Context, *Call) (*Result, error) { return TextResult("done"), nil }
	for name, way := range wireWays {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)), WithTasks(nil, atOnceTasks))
			for _, tool := range []Tool{required, forbidden, background("maybe")} {
				add(s, tool, fine)
			}
			c := way.connect(t, s, `{}`)
			tools := string(c.call("tools/list", `{}`))
			wantText(t, c.call(callToolMethod, `{"name":"maybe","arguments":{}}`), "done")
			if way.version >= modernVersion {
				if strings.Contains(tools, "taskSupport") {
					t.Errorf("tools = %s, want no word of tasks", tools)
				}
				for method, params := range map[string]string{
					callToolMethod: `{"name":"only","arguments":{}}`,
					"tasks/get":    `{"taskId":"x"}`, "tasks/cancel": `{"taskId":"x"}`, "tasks/update": `{"taskId":"x","inputResponses":{}}`,
					"subscriptions/listen": `{"notifications":{"taskIds":["x"]}}`,
				} {
					if code := c.refused(method, params); code != codeMissingCapability {
						t.Errorf("%s: code = %d, want %d", method, code, codeMissingCapability)
					}
				}
				for _, method := range []string{"tasks/list", "tasks/result"} {
					if code := c.refused(method, `{}`); code != -32601 {
						t.Errorf("%s: code = %d, want -32601", method, code)
					}
				}
				wantText(t, c.call(callToolMethod, `{"name":"never","arguments":{},"task":{"ttl":1}}`), "done")
				return
			}
			for _, want := range []string{`"taskSupport":"required"`, `"taskSupport":"optional"`} {
				if strings.Count(tools, want) != 1 {
					t.Errorf("tools = %s, want one with %s", tools, want)
				}
			}
			want := `"tasks":{"cancel":{},"list":{},"requests":{"tools":{"call":{}}}}`
			if way.http { // where nobody knows who is asking
				want = `"tasks":{"cancel":{},"requests":{"tools":{"call":{}}}}`
			}
			if !strings.Contains(string(c.begun), want) || strings.Contains(string(c.begun), tasksExtension) {
				t.Errorf("initialize = %s, want %s", c.begun, want)
			}
			for _, params := range []string{`{"name":"only","arguments":{}}`, `{"name":"never","arguments":{},"task":{}}`} {
				if code := c.refused(callToolMethod, params); code != -32601 {
					t.Errorf("%s: code = %d, want -32601", params, code)
				}
			}
			if code := c.refused("tasks/update", `{}`); code != -32601 {
				t.Errorf("tasks/update: code = %d, want -32601", code)
			}
			if code := c.refused(callToolMethod, `{"name":"maybe","arguments":{"x":1},"task":{}}`); code != -32602 {
				t.Errorf("wrong arguments: code = %d, want -32602", code)
			}
		})
	}
}

func TestLegacyTasksAreListedInPages(t *testing.T) {
	t.Parallel()
	s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)))
	add(s, background("fine"), func(context.Context, *Call) (*Result, error) { return EmptyResult(), nil })
	way := wireWays["2025-11-25 stdio"]
	c := way.connect(t, s, `{}`)
	var created, listed []string
	for range listPage + 1 {
		created = append(created, c.create("fine", "{}").TaskID)
	}
	var page struct {
		Tasks      []wireTask
		NextCursor string
	}
	for pages := 0; pages == 0 || page.NextCursor != ""; pages++ {
		params := fmt.Sprintf(`{"cursor":%q}`, page.NextCursor)
		page.NextCursor, page.Tasks = "", nil
		if err := json.Unmarshal(c.call("tasks/list", params), &page); err != nil {
			t.Fatal(err)
		}
		for _, task := range page.Tasks {
			listed = append(listed, task.TaskID)
		}
	}
	slices.Sort(created)
	slices.Sort(listed)
	if !slices.Equal(listed, created) {
		t.Errorf("listed %d tasks, want the %d that were created", len(listed), len(created))
	}
	if code := c.refused("tasks/list", `{"cursor":"%"}`); code != -32602 {
		t.Errorf("of a wrong cursor: code = %d, want -32602", code)
	}
}

func TestTaskTellsItsProgress(t *testing.T) {
	register := func(s *Server) {
		add(s, background("work"), func(ctx context.Context, c *Call) (*Result, error) {
			c.Progress().Report(1, 3, "")
			<-ctx.Done()
			return nil, ctx.Err()
		})
	}
	eachWay(t, atOnceTasks, register, func(t *testing.T, way wireWay, s *Server, c *wireClient) {
		id := c.create("work", "{}").TaskID
		for r, err := range s.tasks.manager.Watch(t.Context(), way.owner(), id) {
			if err != nil {
				t.Fatal(err)
			}
			if r.Progress.Done > 0 {
				break
			}
		}
		got := c.get(id)
		if want := "1 of 3"; got.StatusMessage != want {
			t.Errorf("message = %q, want %q", got.StatusMessage, want)
		}
		if got, want := string(got.Meta[frame.ProgressKey]), `{"done":1,"total":3}`; got != want {
			t.Errorf("progress = %s, want %s", got, want)
		}
		c.call("tasks/cancel", `{"taskId":"`+id+`"}`)
	})
}

// TestTaskKnowsItsCaller has a second user try everything with the task of a first.
func TestTaskKnowsItsCaller(t *testing.T) {
	t.Parallel()
	for _, version := range []string{modernVersion, legacyVersion} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)), WithTasks(nil, atOnceTasks))
			who := background("who")
			who.KeepRequest = true
			add(s, who, func(_ context.Context, c *Call) (*Result, error) {
				return TextResult(c.Token().UserID + " " + c.ProtocolVersion() + " " + c.Header().Get("X-Asked-For") +
					c.Header().Get("Authorization")), nil
			})
			verify := func(_ context.Context, token string, _ *http.Request) (*auth.TokenInfo, error) {
				return &auth.TokenInfo{UserID: token, Expiration: time.Now().Add(time.Hour)}, nil
			}
			url := startHTTPBehind(t, s, auth.RequireBearerToken(verify, nil))
			client := func(user string) *wireClient {
				c := newWireClient(t, version)
				c.post = c.overHTTP(url, "Bearer "+user)
				c.begin()
				return c
			}
			ada, eve := client("ada"), client("eve")
			id := ada.create("who", "{}").TaskID
			wantText(t, ada.end(s, ownerNamed("ada"), id).Result, "ada "+version+" yes")

			methods := []string{"tasks/get", "tasks/cancel", "tasks/update"}
			if version < modernVersion {
				methods = []string{"tasks/get", "tasks/cancel", "tasks/result"}
			}
			for _, method := range methods {
				foreign := <-eve.send(method, `{"taskId":"`+id+`","inputResponses":{}}`)
				missing := <-eve.send(method, `{"taskId":"nothing","inputResponses":{}}`)
				if foreign.Error == nil || missing.Error == nil || foreign.Error.Code != -32602 || foreign.Error.Message != missing.Error.Message {
					t.Errorf("%s of another's task: %+v, want the same as of none: %+v", method, foreign.Error, missing.Error)
				}
			}
			if version < modernVersion {
				if list := string(eve.call("tasks/list", `{}`)); strings.Contains(list, id) {
					t.Errorf("tasks/list = %s, want nothing of another's", list)
				}
				if list := string(ada.call("tasks/list", `{}`)); !strings.Contains(list, id) {
					t.Errorf("tasks/list = %s, want it to have %s", list, id)
				}
				return
			}
			eve.call("subscriptions/listen", `{"notifications":{"taskIds":["`+id+`"]}}`)
			if ack := <-eve.noted; strings.Contains(string(ack.Params), id) {
				t.Errorf("acknowledged %s, want nothing of another's", ack.Params)
			}
		})
	}
}

func TestListeningToTasks(t *testing.T) {
	t.Parallel()
	for name, way := range wireWays {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			end := make(chan struct{})
			s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)), WithTasks(nil, atOnceTasks))
			add(s, background("wait"), func(context.Context, *Call) (*Result, error) {
				<-end
				return TextResult("done"), nil
			})
			c := way.connect(t, s, withTasks)
			id := c.create("wait", "{}").TaskID
			if way.version < modernVersion {
				close(end)
				got := <-c.noted
				if task := readTask(t, got.Params); got.Method != "notifications/tasks/status" || task.TaskID != id || task.Status != "completed" {
					t.Errorf("told %s %s, want the end of the task", got.Method, got.Params)
				}
				return
			}
			c.send("subscriptions/listen", `{"notifications":{"taskIds":["`+id+`","nothing"],"toolsListChanged":true}}`)
			ack := <-c.noted
			if want := `"notifications":{"taskIds":["` + id + `"],"toolsListChanged":true}`; !strings.Contains(string(ack.Params), want) {
				t.Errorf("acknowledged %s, want %s", ack.Params, want)
			}
			if got := <-c.noted; readTask(t, got.Params).Status != "working" || got.Method != "notifications/tasks" {
				t.Errorf("told %s %s, want how the task is", got.Method, got.Params)
			}
			close(end)
			got := readTask(t, (<-c.noted).Params)
			if got.Status != "completed" {
				t.Errorf("told %+v, want the end of the task", got)
			}
			wantText(t, got.Result, "done")
		})
	}
}

// withToken calls a tool as one that reports to the token "p".
func (c *wireClient) withToken(tool string) <-chan wireMessage {
	c.t.Helper()
	c.meta = `"progressToken":"p"`
	defer func() { c.meta = "" }()
	return c.send(callToolMethod, `{"name":"`+tool+`","arguments":{},"task":{}}`)
}

// TestStraightProgress has a call report while it is no task. Legacy calls that may be
// tasks are tasks from the beginning.
func TestStraightProgress(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"2026-07-28 http", "2026-07-28 stdio"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)), WithTasks(nil, task.Options{Grace: time.Hour}))
			add(s, background("work"), func(_ context.Context, c *Call) (*Result, error) {
				c.Progress().Report(1, 3, "begun")
				c.Progress().Report(0, 0, "waiting")
				return TextResult("done"), nil
			})
			c := wireWays[name].connect(t, s, withTasks)
			wantText(t, (<-c.withToken("work")).Result, "done")
			for _, want := range []string{"begun", "waiting"} {
				wantProgress(t, <-c.noted, 1, 3, want)
			}
		})
	}
}

// wantProgress fails unless m reports about this, and returns how far it says to be.
func wantProgress(t *testing.T, m wireMessage, done, total float64, message string) float64 {
	t.Helper()
	var got struct {
		ProgressToken, Message string
		Progress, Total        float64
	}
	if err := json.Unmarshal(m.Params, &got); err != nil {
		t.Fatal(err)
	}
	if m.Method != "notifications/progress" || got.ProgressToken != "p" || got.Message != message ||
		math.Abs(got.Progress-done) > 0.001 || got.Total != total {
		t.Errorf("told %s %s, want progress %v of %v, %q", m.Method, m.Params, done, total, message)
	}
	return got.Progress
}

// TestLegacyTaskProgress has a legacy client ask for the progress of a task.
func TestLegacyTaskProgress(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"2025-11-25 http", "2025-11-25 stdio"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			goOn := make(chan struct{})
			s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)), WithTasks(nil, task.Options{ReportEvery: time.Millisecond}))
			add(s, background("work"), func(_ context.Context, c *Call) (*Result, error) {
				c.Progress().Report(1, 3, "begun")
				<-goOn
				c.Progress().Report(0, 0, "waiting")
				<-goOn
				c.Progress().Report(2, 3, "")
				<-goOn
				return TextResult("done"), nil
			})
			c := wireWays[name].connect(t, s, withTasks)
			created := readTask(t, (<-c.withToken("work")).Result).Task
			last := 0.0
			for _, step := range []struct {
				done            float64
				message, status string
			}{{1, "begun", "begun"}, {1, "waiting", "waiting"}, {2, "", "2 of 3"}} {
				if status := <-c.noted; readTask(t, status.Params).StatusMessage != step.status {
					t.Errorf("told %s %s, want the status %q", status.Method, status.Params, step.status)
				}
				report := <-c.noted
				now := wantProgress(t, report, step.done, 3, step.message)
				if now <= last {
					t.Errorf("progress is %v after %v, and has to grow", now, last)
				}
				last = now
				if want := `"io.modelcontextprotocol/related-task":{"taskId":"` + created.TaskID + `"}`; !strings.Contains(string(report.Params), want) {
					t.Errorf("told %s, want %s in it", report.Params, want)
				}
				goOn <- struct{}{}
			}
			if end := <-c.noted; readTask(t, end.Params).Status != "completed" {
				t.Errorf("told %s %s, want the end and no more progress", end.Method, end.Params)
			}
		})
	}
}

// TestStopInterruptsTasks stops a server while a task is running, and a client
// waits for it or watches it.
func TestStopInterruptsTasks(t *testing.T) {
	t.Parallel()
	for name, way := range wireWays {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := memstore.New(memstore.Options{})
			s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)), WithTasks(store, atOnceTasks))
			running := make(chan struct{})
			add(s, background("wait"), func(ctx context.Context, _ *Call) (*Result, error) {
				close(running)
				<-ctx.Done()
				return nil, ctx.Err()
			})
			c := way.connect(t, s, withTasks)
			id := c.create("wait", "{}").TaskID
			<-running
			var waiting <-chan wireMessage
			if way.version < modernVersion {
				waiting = c.send("tasks/result", `{"taskId":"`+id+`"}`)
			} else {
				waiting = c.send("subscriptions/listen", `{"notifications":{"taskIds":["`+id+`"]}}`)
				<-c.noted
			}
			if err := s.Stop(overdue()); err != nil {
				t.Errorf("Stop: %v", err)
			}
			if answer := <-waiting; (answer.Error == nil) != (way.version >= modernVersion) {
				t.Errorf("answer = %+v, want an error for who waits for the result only", answer)
			}
			r, err := task.NewManager(store, task.Options{}).Get(t.Context(), way.owner(), id)
			if err != nil || r.Status != task.Failed || !strings.Contains(r.Message, "worker stopped") {
				t.Errorf("the task is %s, %q, %v, want that its worker was stopped", r.Status, r.Message, err)
			}
		})
	}
}

// TestTasksOfAnotherProcess has a front end, which does no work, and a worker share
// a store.
func TestTasksOfAnotherProcess(t *testing.T) {
	t.Parallel()
	store := memstore.New(memstore.Options{})
	server := func(o task.Options, name string) *Server {
		s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)), WithTasks(store, o))
		add(s, background("who"), func(_ context.Context, c *Call) (*Result, error) {
			return TextResult(name + " for " + c.ClientInfo().Name), nil
		})
		return s
	}
	back := server(task.Options{}, "back")
	if err := back.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { back.Stop(overdue()) })
	front := server(task.Options{Workers: -1}, "front")
	way := wireWays["2025-11-25 stdio"]
	c := way.connect(t, front, withTasks)
	wantText(t, c.end(front, way.owner(), c.create("who", "{}").TaskID).Result, "back for t")
}

// TestCallIsRepeated has clients call again, with a key that says so and without.
func TestCallIsRepeated(t *testing.T) {
	register := func(s *Server) {
		for _, name := range []string{"a", "b"} {
			tool := background(name)
			tool.InputSchema = `{"type":"object"}`
			AddTool(s, tool, func(d *codec.Decoder) any { return codec.Any(d) },
				func(context.Context, *Call, any) (*Result, error) { return TextResult("done"), nil })
		}
	}
	eachWay(t, task.Options{Grace: time.Hour}, register, func(t *testing.T, way wireWay, s *Server, c *wireClient) {
		create := func(key, tool, arguments string) string {
			c.meta = `"io.github.mcpgen/idempotency-key":` + key
			defer func() { c.meta = "" }()
			return c.create(tool, arguments).TaskID
		}
		switch {
		case way.http && way.version < modernVersion: // where nobody knows who is calling
			if first := create(`"k"`, "a", `{}`); first == create(`"k"`, "a", `{}`) {
				t.Errorf("strangers share the task %s", first)
			}
			return
		case way.http:
			c.meta = `"io.github.mcpgen/idempotency-key":"k"`
			wantText(t, c.call(callToolMethod, `{"name":"a","arguments":{}}`), "done")
			return
		}
		first := create(`"k"`, "a", `{"x":1,"y":2}`)
		for what, again := range map[string]string{
			"the same call":      create(`"k"`, "a", `{"y":2, "x":1}`),
			"another key":        create(`"l"`, "a", `{"x":1,"y":2}`),
			"a key for another":  create(`"k"`, "b", `{"x":1,"y":2}`),
			"the call once more": create(`"k"`, "a", `{"x":1,"y":2}`),
		} {
			if same := strings.HasPrefix(what, "the "); same != (again == first) {
				t.Errorf("%s: task %s, the first is %s", what, again, first)
			}
		}
		wantText(t, c.end(s, way.owner(), first).Result, "done")
		for key, arguments := range map[string]string{`"k"`: `{"x":2}`, `7`: `{}`, `""`: `{}`, `"` + strings.Repeat("k", 256) + `"`: `{}`} {
			c.meta = `"io.github.mcpgen/idempotency-key":` + key
			if code := c.refused(callToolMethod, `{"name":"a","arguments":`+arguments+`,"task":{}}`); code != -32602 {
				t.Errorf("key %.10s with %s: code = %d, want -32602", key, arguments, code)
			}
		}
	})
}
