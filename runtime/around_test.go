package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func TestMiddlewareIsAroundEveryCall(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			var events []string
			tell := func(name string) runtime.Middleware {
				return func(ctx context.Context, c *runtime.Call, next func(context.Context) error) error {
					events = append(events, fmt.Sprint(name, " ", c.Kind(), " ", c.Name()))
					err := next(context.WithValue(ctx, tellKey{}, name))
					events = append(events, fmt.Sprint(name, " ", err))
					return err
				}
			}
			s := startedServer(t, func(s *runtime.Server) {
				things(s)
				addTool(s, "fail", func(ctx context.Context, _ *runtime.Call, _ struct{}) (*runtime.Result, error) {
					return nil, fmt.Errorf("inside %v", ctx.Value(tellKey{}))
				})
			}, runtime.Use(tell("a"), tell("b")))
			session := connect(t, s.SDK(), era)
			_, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "fail"})
			if err != nil {
				t.Fatal(err)
			}
			_, err = session.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: "r://a"})
			if err != nil {
				t.Fatal(err)
			}
			if _, err = session.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: "ask"}); err != nil {
				t.Fatal(err)
			}
			if _, err = completed(session, "ask", "who", ""); err != nil {
				t.Fatal(err)
			}
			want := []string{
				"a tool fail", "b tool fail", "b inside b", "a inside b",
				"a resource a", "b resource a", "b <nil>", "a <nil>",
				"a prompt ask", "b prompt ask", "b <nil>", "a <nil>",
				"a completion who", "b completion who", "b <nil>", "a <nil>",
			}
			if !slices.Equal(events, want) {
				t.Errorf("events = %q\nwant     %q", events, want)
			}
		})
	}
}

type tellKey struct{}

func TestMiddlewareRefuses(t *testing.T) {
	t.Parallel()
	refuse := func(_ context.Context, c *runtime.Call, _ func(context.Context) error) error {
		switch c.Name() {
		case "panic":
			panic("oops")
		case "swallow":
			return nil
		}
		return errors.New("not today")
	}
	s := startedServer(t, func(s *runtime.Server) {
		for _, name := range []string{"refuse", "panic", "swallow"} {
			addTool(s, name, func(context.Context, *runtime.Call, struct{}) (*runtime.Result, error) {
				t.Error("the tool is called")
				return nil, nil
			})
		}
	}, runtime.Use(refuse), runtime.WithLogger(slog.New(slog.DiscardHandler)))
	session := connect(t, s.SDK(), "")
	for name, want := range map[string]string{"refuse": "not today", "panic": "internal error", "swallow": ""} {
		result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if result.IsError {
			got = result.Content[0].(*mcp.TextContent).Text
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestCallTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		wait := func(ctx context.Context, _ *runtime.Call, _ struct{}) (*runtime.Result, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		s := startedServer(t, func(s *runtime.Server) {
			addTool(s, "usual", wait)
			runtime.AddTool(s, runtime.Tool{Name: "own", InputSchema: `{"type":"object"}`, Timeout: time.Second}, runtime.NoArguments, wait)
		}, runtime.CallTimeout(5*time.Second), runtime.WithLogger(slog.New(slog.DiscardHandler)))
		session := connect(t, s.SDK(), "")
		for name, want := range map[string]time.Duration{"usual": 5 * time.Second, "own": time.Second} {
			began := time.Now()
			if _, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: name}); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(began); took != want {
				t.Errorf("%s: timed out after %v, want %v", name, took, want)
			}
		}
	})
}
