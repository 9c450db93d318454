package mcptest_test

import (
	"context"
	"errors"
	"testing"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/mcptest"
	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/taskclient"
)

// registerTasks adds tools that run as tasks.
func registerTasks(s *runtime.Server) {
	add := func(name string, call func(context.Context, *runtime.Call) (*runtime.Result, error)) {
		runtime.AddTool(s, runtime.Tool{Name: name, Description: "Is a test.", InputSchema: `{"type":"object"}`, Task: runtime.TaskOptional},
			runtime.NoArguments, func(ctx context.Context, c *runtime.Call, _ struct{}) (*runtime.Result, error) { return call(ctx, c) })
	}
	add("fail", func(context.Context, *runtime.Call) (*runtime.Result, error) { return nil, errors.New("it failed") })
	add("panic", func(context.Context, *runtime.Call) (*runtime.Result, error) { panic("secret") })
	add("train", func(ctx context.Context, call *runtime.Call) (*runtime.Result, error) {
		call.Progress().Report(1, 2, "")
		<-ctx.Done()
		return nil, ctx.Err()
	})
	add("greet", func(ctx context.Context, call *runtime.Call) (*runtime.Result, error) {
		const form = `{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}`
		who, err := runtime.NewAsk(call, "ask", form, decodeReply)(ctx, "Who are you?")
		return runtime.TextResult("hello " + who.Name), err
	})
}

func TestTasks(t *testing.T) {
	t.Parallel()
	latest := mcptest.Start(t, registerTasks, runtime.WithTasks(nil, task.Options{Grace: -1}))
	for _, client := range []*mcptest.Client{latest, latest.Speaking("2025-11-25")} {
		version := client.Session().InitializeResult().ProtocolVersion
		client.Answer(reply{"Ada"})
		client.Answer(reply{"Bob"})
		greeting := client.Begin("greet", nil)
		for _, row := range []struct{ what, got, want string }{
			{"a task that is waited for", greeting.Wait().Text(), "hello Ada"},
			{"one that is resumed", client.Resume(greeting.ID()).Wait().Text(), "hello Ada"},
			{"a call", client.Call("greet", nil).Text(), "hello Bob"},
			{"a tool error", client.CallError("fail", nil), "it failed"},
			{"a failed task", client.CallError("panic", nil), "internal error"},
		} {
			if row.got != row.want {
				t.Errorf("%s: %s = %q, want %q", version, row.what, row.got, row.want)
			}
		}
		training := client.Begin("train", nil)
		got := training.Until(func(s taskclient.Status) bool { return s.Progress.Done > 0 })
		if want := "1 of 2"; got.Message != want {
			t.Errorf("%s: message = %q, want %q", version, got.Message, want)
		}
		training.Cancel()
		if got, want := training.WaitError(), taskclient.ErrCancelled.Error(); got != want {
			t.Errorf("%s: error = %q, want %q", version, got, want)
		}
	}
}

func TestTasksThatDisappoint(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		test func(c *mcptest.Client)
		want string
	}{
		{"no such tool", func(c *mcptest.Client) { c.Begin("none", nil) }, `tool none: calling "tools/call": unknown tool "none"`},
		{"a failed task", func(c *mcptest.Client) {
			failing := c.Begin("panic", nil)
			failing.WaitError()
			failing.Until(func(s taskclient.Status) bool { return s.State == taskclient.Completed })
		}, `tool panic: the task has ended, failed: "internal error"`},
		{"no such task", func(c *mcptest.Client) { c.Resume("x").Cancel() }, "tool of task x: cancelling: task x: the server knows no such task"},
	} {
		got := failures(t, func(t testing.TB) {
			row.test(mcptest.Start(t, registerTasks, runtime.WithTasks(nil, task.Options{Grace: -1})))
		})
		if got != row.want {
			t.Errorf("%s: failures = %q, want %q", row.name, got, row.want)
		}
	}
}
