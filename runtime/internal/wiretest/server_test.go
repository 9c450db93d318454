package wiretest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/mcpgen/mcpgen/runtime/task"
)

// graceEnv in the environment makes the test binary a server on stdio, with that
// grace.
const graceEnv = "MCPGEN_TEST_WIRE_GRACE"

func TestMain(m *testing.M) {
	grace, err := time.ParseDuration(os.Getenv(graceEnv))
	if err != nil {
		os.Exit(m.Run())
	}
	if err := newServer(grace).ServeStdio(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Graces with which calls become tasks, and end before they do.
const (
	atOnce = -1
	never  = time.Hour
)

func newServer(grace time.Duration) *runtime.Server {
	s := runtime.NewServer(runtime.Info{Name: "wire"},
		runtime.WithLogger(slog.New(slog.DiscardHandler)), runtime.WithTasks(nil, task.Options{Grace: grace}))
	register(s)
	return s
}

// register adds a tool for each thing that a task can do.
func register(s *runtime.Server) {
	add := func(t runtime.Tool, call func(context.Context, *runtime.Call) (*runtime.Result, error)) {
		t.Description, t.InputSchema = "Is a test.", `{"type":"object"}`
		runtime.AddTool(s, t, runtime.NoArguments, func(ctx context.Context, c *runtime.Call, _ struct{}) (*runtime.Result, error) { return call(ctx, c) })
	}
	fine := func(context.Context, *runtime.Call) (*runtime.Result, error) { return runtime.TextResult("done"), nil }
	add(runtime.Tool{Name: "direct"}, fine)
	add(runtime.Tool{Name: "only_task", Task: runtime.TaskRequired}, fine)
	add(runtime.Tool{Name: "count", Task: runtime.TaskOptional}, func(_ context.Context, c *runtime.Call) (*runtime.Result, error) {
		c.Progress().Report(1, 2, "half of it")
		return runtime.WrappedResult(int64(2), (*codec.Encoder).Int)
	})
	add(runtime.Tool{Name: "fail", Task: runtime.TaskOptional}, func(context.Context, *runtime.Call) (*runtime.Result, error) {
		return nil, errors.New("no luck")
	})
	add(runtime.Tool{Name: "panic", Task: runtime.TaskOptional}, func(context.Context, *runtime.Call) (*runtime.Result, error) {
		panic("secret")
	})
	add(runtime.Tool{Name: "wait", Task: runtime.TaskOptional}, func(ctx context.Context, c *runtime.Call) (*runtime.Result, error) {
		c.Progress().Report(1, 3, "")
		<-ctx.Done()
		return nil, ctx.Err()
	})
	add(runtime.Tool{Name: "ask", Task: runtime.TaskOptional}, func(ctx context.Context, c *runtime.Call) (*runtime.Result, error) {
		var asking sync.WaitGroup
		var names [2]string
		var problems [2]error
		for i, question := range []string{"one", "two"} {
			asking.Go(func() { names[i], problems[i] = ask(ctx, c, question) })
		}
		asking.Wait()
		return runtime.TextResult(names[0] + names[1]), cmp.Or(problems[0], problems[1])
	})
	add(runtime.Tool{Name: "ask_before", Task: runtime.TaskOptional, AskBefore: true}, func(ctx context.Context, c *runtime.Call) (*runtime.Result, error) {
		name, err := ask(ctx, c, "before")
		return runtime.TextResult(name), err
	})
	add(runtime.Tool{Name: "borrow", Task: runtime.TaskOptional}, func(ctx context.Context, c *runtime.Call) (*runtime.Result, error) {
		sampled, err := c.Sample(ctx, runtime.Sampling{Messages: []runtime.Message{runtime.User("hi")}})
		if err != nil {
			return nil, err
		}
		roots, err := c.Roots(ctx)
		if err != nil {
			return nil, err
		}
		return runtime.TextResult(sampled.Model + " " + roots[0].URI), nil
	})
}

// ask asks for a name.
func ask(ctx context.Context, c *runtime.Call, question string) (string, error) {
	const form = `{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}`
	return runtime.NewAsk(c, "name", form, func(d *codec.Decoder) (name string) {
		for member := range d.Object(codec.Members{{Name: "name", Required: true}}) {
			if member == "name" {
				name = codec.String[string](d)
			}
		}
		return name
	})(ctx, question)
}
