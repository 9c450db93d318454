package taskclient_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/taskclient"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func TestCall(t *testing.T) {
	calls := func(t *testing.T, way way, s *server) {
		session := way.session(t, s, nil)
		for _, row := range []struct {
			tool, want string
			isError    bool
		}{
			{"fine", "done", false},
			{"fail", "no luck", true},
			{"direct", "done", false},
			{"ask", "hello <Who are you?>", false},
			{"ask_both", "<one><two>", false},
		} {
			result, err := session.Call(t.Context(), call(row.tool), nil)
			if err != nil {
				t.Errorf("%s: %v", row.tool, err)
				continue
			}
			if got := text(t, result); got != row.want || result.IsError != row.isError {
				t.Errorf("%s = %q, error %t, want %q, error %t", row.tool, got, result.IsError, row.want, row.isError)
			}
		}
	}
	t.Run("as tasks", func(t *testing.T) { eachWay(t, atOnce, calls) })
	t.Run("straight", func(t *testing.T) { eachWay(t, task.Options{Grace: time.Hour}, calls) })
	t.Run("after a while", func(t *testing.T) { eachWay(t, task.Options{Grace: time.Millisecond}, calls) })
}

func TestFailures(t *testing.T) {
	eachWay(t, atOnce, func(t *testing.T, way way, s *server) {
		session := way.session(t, s, nil)
		for _, row := range []struct {
			tool    string
			code    int64
			message string
		}{
			{"panic", -32603, "internal error"},
			{"code", -32042, "no code"},
		} {
			_, err := session.Call(t.Context(), call(row.tool), nil)
			var failed *taskclient.FailedError
			var wire *jsonrpc.Error
			if !errors.As(err, &failed) || !errors.As(err, &wire) || wire.Code != row.code || wire.Message != row.message || failed.ID == "" {
				t.Errorf("%s: error = %#v, want code %d and %q", row.tool, err, row.code, row.message)
			}
		}
		for name, f := range map[string]func(*taskclient.Task) error{
			"Wait":   func(task *taskclient.Task) error { _, err := task.Wait(t.Context()); return err },
			"Status": func(task *taskclient.Task) error { _, err := task.Status(t.Context()); return err },
			"Cancel": func(task *taskclient.Task) error { return task.Cancel(t.Context()) },
			"Watch": func(task *taskclient.Task) (last error) {
				for _, err := range task.Watch(t.Context()) {
					last = err
				}
				return last
			},
		} {
			if err := f(session.Resume("nothing", nil)); !errors.Is(err, taskclient.ErrNotFound) {
				t.Errorf("%s of no task: error = %v, want ErrNotFound", name, err)
			}
		}
		if _, err := session.Call(t.Context(), call("none"), nil); err == nil {
			t.Error("a tool that there is not was called")
		}
	})
}

func TestCancel(t *testing.T) {
	eachWay(t, atOnce, func(t *testing.T, way way, s *server) {
		session := way.session(t, s, nil)
		task, err := session.Start(t.Context(), call("wait"), nil)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := task.Cancel(t.Context()); err != nil {
				t.Errorf("Cancel: %v", err)
			}
		}
		if _, err := task.Wait(t.Context()); !errors.Is(err, taskclient.ErrCancelled) {
			t.Errorf("Wait: error = %v, want ErrCancelled", err)
		}
		if status, err := task.Status(t.Context()); status.State != taskclient.Cancelled {
			t.Errorf("status = %+v, %v, want that it is cancelled", status, err)
		}
	})
}

// TestEndOfContext ends the context of a call while its task is running.
func TestEndOfContext(t *testing.T) {
	for name, keep := range map[string]bool{"cancels": false, "keeps": true} {
		t.Run(name, func(t *testing.T) {
			eachWay(t, atOnce, func(t *testing.T, way way, s *server) {
				session := way.session(t, s, nil)
				gone := errors.New("gone home")
				ctx, cancel := context.WithCancelCause(t.Context())
				defer cancel(nil)
				o := &taskclient.Options{KeepTask: keep, OnStatus: func(taskclient.Status) { cancel(gone) }}
				if _, err := session.Call(ctx, call("wait"), o); err != gone {
					t.Errorf("Call: error = %v, want the cause of the context", err)
				}
				if got := s.requests("tasks/cancel"); got != 1 && !keep || got != 0 && keep {
					t.Errorf("%d tasks were cancelled", got)
				}
			})
		})
	}
}

// TestResume has one client begin what another ends.
func TestResume(t *testing.T) {
	eachWay(t, atOnce, func(t *testing.T, way way, s *server) {
		first := way.session(t, s, nil)
		task, err := first.Start(t.Context(), call("ask"), nil)
		if err != nil {
			t.Fatal(err)
		}
		first.Close()
		second := way.session(t, s, nil)
		result, err := second.Resume(task.ID(), nil).Wait(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got, want := text(t, result), "hello <Who are you?>"; got != want {
			t.Errorf("result = %q, want %q", got, want)
		}
	})
}

func TestWatch(t *testing.T) {
	eachWay(t, atOnce, func(t *testing.T, way way, s *server) {
		session := way.session(t, s, nil)
		task, err := session.Start(t.Context(), call("wait"), nil)
		if err != nil {
			t.Fatal(err)
		}
		var seen []taskclient.State
		for status, err := range task.Watch(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			seen = append(seen, status.State)
			if status.Message == "waiting" {
				if want := (taskclient.Progress{Done: 1, Total: 3}); status.Progress != want {
					t.Errorf("progress = %v, want %v", status.Progress, want)
				}
				if err := task.Cancel(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		if len(seen) < 2 || seen[0] != taskclient.Working || seen[len(seen)-1] != taskclient.Cancelled {
			t.Errorf("seen %v, want that it works, and is cancelled last", seen)
		}
		if _, err := task.Wait(t.Context()); !errors.Is(err, taskclient.ErrCancelled) {
			t.Errorf("Wait: error = %v, want ErrCancelled", err)
		}
		for range task.Watch(t.Context()) {
			seen = append(seen, "again")
			break
		}
		if seen[len(seen)-1] != "again" {
			t.Error("a task that has ended has no status")
		}
	})
}

// TestByHand answers two questions, one after the other.
func TestByHand(t *testing.T) {
	eachWay(t, atOnce, func(t *testing.T, way way, s *server) {
		session := way.session(t, s, &mcp.ClientOptions{Capabilities: &mcp.ClientCapabilities{
			Elicitation: &mcp.ElicitationCapabilities{Form: &mcp.FormElicitationCapabilities{}},
		}})
		task, err := session.Start(t.Context(), call("ask_both"), &taskclient.Options{ByHand: true})
		if err != nil {
			t.Fatal(err)
		}
		answered := make(map[string]bool)
		for status, err := range task.Watch(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			for key, asked := range status.Questions {
				if answered[key] {
					continue
				}
				form := asked.(*mcp.ElicitParams)
				answered[key] = true
				answers := mcp.InputResponseMap{key: &mcp.ElicitResult{Action: "accept", Content: map[string]any{"name": form.Message + "!"}}}
				if err := task.Answer(t.Context(), answers); err != nil {
					t.Error(err)
				}
				break // the other stays open
			}
		}
		result, err := task.Wait(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got, want := text(t, result), "one!two!"; got != want {
			t.Errorf("result = %q, want %q", got, want)
		}
		if err := task.Answer(t.Context(), mcp.InputResponseMap{"none": &mcp.ElicitResult{Action: "cancel"}}); err != nil {
			t.Errorf("an answer that is late: %v", err)
		}
	})
}
