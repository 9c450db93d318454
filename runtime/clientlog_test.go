//lint:file-ignore SA1019 logging is deprecated since 2026-07-28, and what earlier clients have

package runtime_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func TestClientLogger(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			var late runtime.ClientLogger
			s := startedServer(t, func(s *runtime.Server) {
				s.Advertise(runtime.ClientLogging)
				addTool(s, "log", func(ctx context.Context, c *runtime.Call, _ struct{}) (*runtime.Result, error) {
					late = c.ClientLogger()
					for _, level := range []slog.Level{-4, 0, 1, 2, 4, 8, 12, 16, 20, 30} {
						late.Log(ctx, level, "plain")
					}
					late.With("a", 1).WithGroup("g").Error("more", "time", 5, "level", slog.LevelInfo)
					return nil, nil
				})
			})
			messages := make(chan string, 20)
			client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, &mcp.ClientOptions{
				LoggingMessageHandler: func(_ context.Context, r *mcp.LoggingMessageRequest) {
					data, _ := json.Marshal(r.Params.Data)
					messages <- fmt.Sprint(r.Params.Logger, " ", r.Params.Level, " ", string(data))
				},
			})
			ours, its := mcp.NewInMemoryTransports()
			if _, err := s.SDK().Connect(t.Context(), its, nil); err != nil {
				t.Fatal(err)
			}
			session, err := client.Connect(t.Context(), ours, &mcp.ClientSessionOptions{ProtocolVersion: era})
			if err != nil {
				t.Fatal(err)
			}
			defer session.Close()
			if session.InitializeResult().Capabilities.Logging == nil {
				t.Error("the capability logging is not advertised")
			}
			call := func(meta mcp.Meta) {
				t.Helper()
				if _, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "log", Meta: meta}); err != nil {
					t.Fatal(err)
				}
			}
			call(nil) // before asking: what comes of it would come first
			if era == "2025-11-25" {
				if err := session.SetLoggingLevel(t.Context(), &mcp.SetLoggingLevelParams{Level: "info"}); err != nil {
					t.Fatal(err)
				}
				call(nil)
			} else {
				call(mcp.Meta{"io.modelcontextprotocol/logLevel": "info"})
			}
			late.Info("after the answer")
			want := []string{
				`log info "plain"`, `log info "plain"`, `log notice "plain"`, `log warning "plain"`, `log error "plain"`,
				`log critical "plain"`, `log alert "plain"`, `log emergency "plain"`, `log emergency "plain"`,
				`log error {"a":1,"g":{"level":"INFO","time":5},"msg":"more"}`,
			}
			var got []string
			for range want {
				got = append(got, <-messages)
			}
			if !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

// What a call says before its time is over is sent, although its context is over.
func TestClientLoggerOfACallThatTimesOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := startedServer(t, func(s *runtime.Server) {
			s.Advertise(runtime.ClientLogging)
			addTool(s, "log", func(ctx context.Context, c *runtime.Call, _ struct{}) (*runtime.Result, error) {
				<-ctx.Done()
				c.ClientLogger().Error("too late")
				return nil, ctx.Err()
			})
		}, runtime.WithLogger(slog.New(slog.DiscardHandler)))
		messages := make(chan any, 1)
		client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, &mcp.ClientOptions{
			LoggingMessageHandler: func(_ context.Context, r *mcp.LoggingMessageRequest) { messages <- r.Params.Data },
		})
		ours, its := mcp.NewInMemoryTransports()
		if _, err := s.SDK().Connect(t.Context(), its, nil); err != nil {
			t.Fatal(err)
		}
		session, err := client.Connect(t.Context(), ours, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer session.Close()
		params := &mcp.CallToolParams{Name: "log", Meta: mcp.Meta{"io.modelcontextprotocol/logLevel": "debug"}}
		if _, err := session.CallTool(t.Context(), params); err != nil {
			t.Fatal(err)
		}
		if got := <-messages; got != "too late" {
			t.Errorf("got %v", got)
		}
	})
}

func TestClientLoggerOfAServerThatDoesNotAdvertise(t *testing.T) {
	t.Parallel()
	s := startedServer(t, func(s *runtime.Server) {
		addTool(s, "log", func(ctx context.Context, c *runtime.Call, _ struct{}) (*runtime.Result, error) {
			if c.ClientLogger().Enabled(ctx, slog.LevelError) {
				t.Error("the logger is enabled")
			}
			return nil, nil
		})
	})
	session := connect(t, s.SDK(), "")
	if _, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "log"}); err != nil {
		t.Fatal(err)
	}
}
