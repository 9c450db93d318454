package runtime_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// spawning starts a server whose tool starts f, and calls it.
func spawning(t *testing.T, log *slog.Logger, result error, f func(context.Context) error) (*runtime.Server, *mcp.CallToolResult) {
	t.Helper()
	s := startedServer(t, func(s *runtime.Server) {
		addTool(s, "spawn", func(ctx context.Context, _ *runtime.Call, _ struct{}) (*runtime.Result, error) {
			runtime.Go(ctx, f)
			return runtime.TextResult("done"), result
		})
	}, runtime.WithLogger(log))
	got, err := connect(t, s.SDK(), "").CallTool(t.Context(), &mcp.CallToolParams{Name: "spawn"})
	if err != nil {
		t.Fatal(err)
	}
	return s, got
}

func TestACallWaitsForItsGoroutines(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		finished := false
		_, result := spawning(t, slog.New(slog.DiscardHandler), nil, func(ctx context.Context) error {
			time.Sleep(time.Second)
			finished = ctx.Err() == nil
			return nil
		})
		if !finished || result.IsError {
			t.Errorf("finished %t, error %t, want that the goroutine finishes before the answer", finished, result.IsError)
		}
	})
}

func TestAFailedCallEndsItsGoroutines(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		_, result := spawning(t, slog.New(slog.DiscardHandler), errors.New("no"), func(ctx context.Context) error {
			<-ctx.Done()
			return nil
		})
		if took := time.Since(began); took > 0 || !result.IsError {
			t.Errorf("error %t after %v, want an error at once", result.IsError, took)
		}
	})
}

// A rollback needs the context that the transaction began with.
func TestCleanUpsHaveTheirContextAfterAFailure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cleaned := false
		s := startedServer(t, func(s *runtime.Server) {
			addTool(s, "fail", func(ctx context.Context, c *runtime.Call, _ struct{}) (*runtime.Result, error) {
				_, err := runtime.Open(c.Scope(), "p.Tx", func() (int, func(), error) {
					return 0, func() { cleaned = ctx.Err() == nil }, nil
				})
				runtime.Go(ctx, func(ctx context.Context) error { <-ctx.Done(); return nil })
				return nil, errors.Join(err, errors.New("no"))
			})
		})
		if _, err := connect(t, s.SDK(), "").CallTool(t.Context(), &mcp.CallToolParams{Name: "fail"}); err != nil {
			t.Fatal(err)
		}
		if !cleaned {
			t.Error("the context is over before the clean-up")
		}
	})
}

func TestAGoroutineThatIgnoresItsContextIsLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log lockedBuffer
		began := time.Now()
		spawning(t, slog.New(slog.NewTextHandler(&log, nil)), errors.New("no"), func(context.Context) error {
			time.Sleep(time.Hour)
			return nil
		})
		if took := time.Since(began); took != 250*time.Millisecond {
			t.Errorf("answered after %v, want 250ms", took)
		}
		if !strings.Contains(log.String(), "goroutines are left behind") {
			t.Errorf("log = %s", log.String())
		}
		time.Sleep(2 * time.Hour) // of the bubble: the goroutine returns
	})
}

func TestAPanicOfAGoroutineIsSurvived(t *testing.T) {
	t.Parallel()
	var log lockedBuffer
	s, result := spawning(t, slog.New(slog.NewTextHandler(&log, nil)), nil, func(context.Context) error { panic("oops") })
	if result.IsError || s.Panics() != 1 {
		t.Errorf("error %t, %d panics, want none, and 1", result.IsError, s.Panics())
	}
	for _, want := range []string{"panic=oops", "TestAPanicOfAGoroutineIsSurvived"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log has no %s: %s", want, log.String())
		}
	}
}

func TestGoroutinesOfTheServerEndBeforeItsCleanUps(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var events []string
		var kept context.Context
		s := runtime.NewServer(runtime.Info{}, runtime.WithLogger(slog.New(slog.DiscardHandler)))
		s.OnStart(func(ctx context.Context, scope *runtime.Scope) error {
			kept = ctx
			_, err := runtime.Open(scope, "p.Poller", func() (int, func(), error) {
				runtime.Go(ctx, func(ctx context.Context) error {
					<-ctx.Done()
					time.Sleep(time.Millisecond)
					events = append(events, "goroutine")
					return nil
				})
				return 0, func() {
					if ctx.Err() != nil {
						t.Error("the context of the value is over before its clean-up")
					}
					events = append(events, "clean-up")
				}, nil
			})
			return err
		})
		if err := s.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if err := s.Stop(t.Context()); err != nil {
			t.Error(err)
		}
		runtime.Go(kept, func(context.Context) error {
			t.Error("a goroutine starts although the server has stopped")
			return nil
		})
		if want := []string{"goroutine", "clean-up"}; !slices.Equal(events, want) {
			t.Errorf("events = %q, want %q", events, want)
		}
	})
}

func TestGoWithAnyContext(t *testing.T) {
	t.Parallel()
	done := make(chan struct{})
	runtime.Go(t.Context(), func(context.Context) error { close(done); return nil })
	<-done
}
