package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/mcptest"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// opener returns a function for OnStart that provides the value name, and writes
// down when it opens and closes.
func opener(events *[]string, name string, failure error) func(context.Context, *runtime.Scope) error {
	return func(ctx context.Context, scope *runtime.Scope) error {
		_, err := runtime.Open(scope, "example.com/p."+name, func() (string, func() error, error) {
			if failure != nil {
				return "", nil, failure
			}
			*events = append(*events, "open "+name)
			return name, func() error {
				*events = append(*events, "close "+name)
				return ctx.Err() // the context of server values lasts until they are closed
			}, nil
		})
		return err
	}
}

func TestStartAndStopTwice(t *testing.T) {
	t.Parallel()
	var events []string
	s := runtime.NewServer(runtime.Info{})
	s.OnStart(opener(&events, "A", nil))
	s.OnStart(opener(&events, "B", nil))

	ctx, cancel := context.WithCancel(t.Context())
	for range 2 {
		if err := s.Start(ctx); err != nil {
			t.Fatalf("Start: %v", err)
		}
	}
	cancel() // the values live on
	for range 2 {
		if err := s.Stop(t.Context()); err != nil {
			t.Errorf("Stop: %v", err)
		}
	}
	if want := []string{"open A", "open B", "close B", "close A"}; !slices.Equal(events, want) {
		t.Errorf("events = %q, want %q", events, want)
	}
	if err := s.Start(t.Context()); err == nil {
		t.Error("a stopped server starts again")
	}
}

func TestStopWithoutStart(t *testing.T) {
	t.Parallel()
	var events []string
	s := runtime.NewServer(runtime.Info{})
	s.OnStart(opener(&events, "A", nil))
	if err := s.Stop(t.Context()); err != nil || len(events) > 0 {
		t.Errorf("Stop = %v, events %q, want nothing to happen", err, events)
	}
}

func TestStartFailureClosesWhatWasOpened(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		last func(context.Context, *runtime.Scope) error
		want string
	}{
		{"error", opener(new([]string), "C", errors.New("no such file")), "example.com/p.C: no such file"},
		{"panic", func(context.Context, *runtime.Scope) error { panic("boom") }, "panic: boom"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			var events []string
			s := runtime.NewServer(runtime.Info{}, runtime.WithLogger(slog.New(slog.DiscardHandler)))
			s.OnStart(opener(&events, "A", nil))
			s.OnStart(opener(&events, "B", nil))
			s.OnStart(row.last)

			for n := range 2 { // it may be tried again
				if err := s.Start(t.Context()); err == nil || err.Error() != row.want {
					t.Errorf("error = %v, want %q", err, row.want)
				}
				want := slices.Repeat([]string{"open A", "open B", "close B", "close A"}, n+1)
				if !slices.Equal(events, want) {
					t.Errorf("events = %q, want %q", events, want)
				}
			}
		})
	}
}

func TestStartFailsIfItsContextEndsMeanwhile(t *testing.T) {
	t.Parallel()
	var events []string
	ctx, cancel := context.WithCancel(t.Context())
	s := runtime.NewServer(runtime.Info{})
	s.OnStart(func(_ context.Context, scope *runtime.Scope) error {
		_, err := runtime.Open(scope, "p.A", func() (int, func(), error) {
			cancel()
			return 0, func() { events = append(events, "close") }, nil
		})
		return err
	})
	if err := s.Start(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want that the context was cancelled", err)
	}
	if want := []string{"close"}; !slices.Equal(events, want) {
		t.Errorf("events = %q, want %q", events, want)
	}
}

func TestPackagesShareServerValues(t *testing.T) {
	t.Parallel()
	var events []string
	s := runtime.NewServer(runtime.Info{})
	s.OnStart(opener(&events, "DB", nil))
	s.OnStart(opener(&events, "DB", nil))
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Stop(t.Context())
	if want := []string{"open DB", "close DB"}; !slices.Equal(events, want) {
		t.Errorf("events = %q, want %q", events, want)
	}
}

func registerEcho(s *runtime.Server)      { addTool(s, "echo", nothing) }
func registerOtherEcho(s *runtime.Server) { addTool(s, "echo", nothing) }
func registerOther(s *runtime.Server)     { addTool(s, "other", nothing) }
func TestStartReportsAllProblems(t *testing.T) {
	t.Parallel()
	s := runtime.NewServer(runtime.Info{})
	registerEcho(s)
	registerOtherEcho(s)
	registerOther(s)
	registerOther(s)
	err := s.Start(t.Context())
	if err == nil {
		t.Fatal("the server starts")
	}
	for _, want := range []string{
		"tool echo is registered twice, by github.com/mcpgen/mcpgen/runtime_test.",
		"tool other is registered twice, by github.com/mcpgen/mcpgen/runtime_test.",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error = %q, want it to have %q", err, want)
		}
	}
}

func TestStartFailsForWhatTheSDKRefuses(t *testing.T) {
	t.Parallel()
	s := runtime.NewServer(runtime.Info{})
	addTool(s, "fine", nothing)
	runtime.AddTool(s, runtime.Tool{Name: "broken", InputSchema: `{`}, runtime.NoArguments, nothing)
	err := s.Start(t.Context())
	if err == nil || !strings.Contains(err.Error(), "tool broken, registered by") {
		t.Errorf("error = %v, want it to name the tool", err)
	}
	if got := toolNames(t, connect(t, s.SDK(), "")); len(got) > 0 {
		t.Errorf("tools = %q, want none", got)
	}
}

func TestDescribeFillsWhatIsEmpty(t *testing.T) {
	t.Parallel()
	s := runtime.NewServer(runtime.Info{Name: "mine"}, runtime.WithLogger(slog.New(slog.DiscardHandler)))
	newSales().Register(s) // has the name sales, and instructions
	s.Describe(runtime.Info{Version: "v1.2.3", Title: "Sales"})
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer s.Stop(t.Context())

	for _, version := range []string{"2025-11-25", "2026-07-28"} {
		session := connect(t, s.SDK(), version)
		got := session.InitializeResult()
		if got.ServerInfo.Name != "mine" || got.ServerInfo.Version != "v1.2.3" || got.ServerInfo.Title != "Sales" {
			t.Errorf("%s: server info = %+v, want mine v1.2.3 Sales", version, got.ServerInfo)
		}
		if got.Instructions != "Ask about shoes." {
			t.Errorf("%s: instructions = %q, want those of the package", version, got.Instructions)
		}
		//lint:ignore SA1019 the older protocol has it, and it must not be claimed there either
		if got.Capabilities.Logging != nil {
			t.Errorf("%s: the server claims to send logs", version)
		}
	}
}

// connect returns a client's session in memory.
func connect(t *testing.T, server *mcp.Server, version string) *mcp.ClientSession {
	t.Helper()
	ours, its := mcp.NewInMemoryTransports()
	if _, err := server.Connect(t.Context(), its, nil); err != nil {
		t.Fatal(err)
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v7"}, nil)
	session, err := client.Connect(t.Context(), ours, &mcp.ClientSessionOptions{ProtocolVersion: version})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { session.Close() })
	return session
}

func TestStopWaitsForCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var events []string
		s := runtime.NewServer(runtime.Info{})
		s.OnStart(opener(&events, "DB", nil))
		addTool(s, "slow", func(context.Context, *runtime.Call, struct{}) (*runtime.Result, error) {
			time.Sleep(time.Second)
			events = append(events, "answer")
			return runtime.EmptyResult(), nil
		})
		if err := s.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		session := connect(t, s.SDK(), "")
		answered := make(chan error, 1)
		go func() {
			_, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "slow"})
			answered <- err
		}()
		synctest.Wait()

		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := s.Stop(ctx); err != nil {
			t.Errorf("Stop: %v", err)
		}
		if err := <-answered; err != nil {
			t.Errorf("the running call: %v", err)
		}
		if want := []string{"open DB", "answer", "close DB"}; !slices.Equal(events, want) {
			t.Errorf("events = %q, want %q", events, want)
		}
		result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "slow"})
		if err != nil || !result.IsError {
			t.Errorf("a call after the stop = %v, %v, want a tool error", result, err)
		}
		session.Close()
	})
}

func TestStopEndsCallsWhenItsContextDoes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := runtime.NewServer(runtime.Info{}, runtime.WithLogger(slog.New(slog.DiscardHandler)))
		addTool(s, "obedient", func(ctx context.Context, _ *runtime.Call, _ struct{}) (*runtime.Result, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		})
		deaf := make(chan struct{})
		addTool(s, "deaf", func(context.Context, *runtime.Call, struct{}) (*runtime.Result, error) {
			<-deaf
			return nil, nil
		})
		if err := s.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		session := connect(t, s.SDK(), "")
		answers := make(chan string, 2)
		for _, name := range []string{"obedient", "deaf"} {
			go func() {
				result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: name})
				if err != nil {
					answers <- err.Error()
					return
				}
				answers <- name + ": " + text(result)
			}()
		}
		synctest.Wait()

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin := time.Now()
		if err := s.Stop(ctx); err != nil {
			t.Errorf("Stop: %v", err)
		}
		if got, want := time.Since(begin), 1250*time.Millisecond; got != want {
			t.Errorf("Stop took %v, want %v", got, want)
		}
		if got, want := <-answers, "obedient: the server is shutting down"; got != want {
			t.Errorf("answer = %q, want %q", got, want)
		}
		close(deaf)
		if got, want := <-answers, "deaf: "; got != want {
			t.Errorf("answer = %q, want %q", got, want)
		}
		session.Close()
	})
}

// text is the text of a result.
func text(result *mcp.CallToolResult) string {
	var all string
	for _, c := range result.Content {
		all += c.(*mcp.TextContent).Text
	}
	return all
}

func TestStopLeavesHangingCleanupsBehind(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hang := make(chan struct{})
		s := runtime.NewServer(runtime.Info{})
		s.OnStart(func(_ context.Context, scope *runtime.Scope) error {
			_, err := runtime.Open(scope, "p.Hang", func() (int, func(), error) { return 0, func() { <-hang }, nil })
			return err
		})
		if err := s.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		begin := time.Now()
		if err := s.Stop(ctx); err == nil {
			t.Error("Stop reports nothing about a clean-up that hangs")
		}
		if got, want := time.Since(begin), 2*time.Second; got != want {
			t.Errorf("Stop took %v, want %v", got, want)
		}
		close(hang)
	})
}

func TestCleanupRunsBeforeTheAnswerAndMayFailTheCall(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name    string
		failure error
		want    string
	}{
		{"fine", nil, "done"},
		{"fails", errors.New("disk db7 full"), "internal error"},
		{"fails publicly", runtime.Errorf("nothing was saved"), "nothing was saved"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			cleaned := false
			client := mcptest.Start(t, func(s *runtime.Server) {
				addTool(s, "save", func(_ context.Context, call *runtime.Call, _ struct{}) (*runtime.Result, error) {
					_, err := runtime.Open(call.Scope(), "p.Begin", func() (int, func() error, error) {
						return 0, func() error { cleaned = true; return row.failure }, nil
					})
					return runtime.TextResult("done"), err
				})
			})
			result := client.Call("save", nil)
			if got := result.Text(); got != row.want || result.IsError != (row.failure != nil) {
				t.Errorf("result = %q, IsError %v, want %q, %v", got, result.IsError, row.want, row.failure != nil)
			}
			if !cleaned {
				t.Error("the answer came before the clean-up")
			}
		})
	}
}

func TestToolErrorReachesCleanups(t *testing.T) {
	t.Parallel()
	var outcome error
	client := mcptest.Start(t, func(s *runtime.Server) {
		addTool(s, "fail", func(_ context.Context, call *runtime.Call, _ struct{}) (*runtime.Result, error) {
			runtime.Open(call.Scope(), "p.Begin", func() (int, func(error) error, error) {
				return 0, func(err error) error { outcome = err; return nil }, nil
			})
			return &runtime.Result{Content: []runtime.Content{runtime.Text("sorry")}, IsError: true}, nil
		})
	})
	if got := client.CallError("fail", nil); got != "sorry" {
		t.Errorf("error = %q, want the tool's own", got)
	}
	if outcome == nil {
		t.Error("the clean-up was told that the call succeeded")
	}
}

func TestCallKnowsItsRequest(t *testing.T) {
	t.Parallel()
	var got []string
	s := runtime.NewServer(runtime.Info{}, runtime.WithLogger(slog.New(slog.DiscardHandler)))
	addTool(s, "who", func(_ context.Context, call *runtime.Call, _ struct{}) (*runtime.Result, error) {
		got = append(got, fmt.Sprint(call.Name(), " ", call.URI(), " ", call.ClientInfo().Name, " ", call.ClientInfo().Version,
			" ", call.ProtocolVersion(), " ", call.Meta()["mine"], " ", len(call.Header()), " ", call.Token() == nil,
			" ", call.Session() != nil, " ", call.ClientCapabilities() != nil))
		return nil, nil
	})
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer s.Stop(t.Context())
	var want []string
	for _, version := range []string{"2025-06-18", "2025-11-25", "2026-07-28"} {
		session := connect(t, s.SDK(), version)
		params := &mcp.CallToolParams{Name: "who", Meta: mcp.Meta{"mine": 5}}
		if _, err := session.CallTool(t.Context(), params); err != nil {
			t.Fatal(err)
		}
		want = append(want, "who  test v7 "+version+" 5 0 true true true")
	}
	if !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var late runtime.Progress
		s := runtime.NewServer(runtime.Info{})
		addTool(s, "work", func(_ context.Context, call *runtime.Call, _ struct{}) (*runtime.Result, error) {
			late = call.Progress()
			late.Report(1, 0, "one")
			late.Report(1, 0, "one")
			late.Report(0, 0, "no number")
			late.Report(1, 0, "")
			late.Report(2, 4, "two")
			late.Report(0.5, 0, "back")
			return nil, nil
		})
		if err := s.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		defer s.Stop(t.Context())

		var got []string
		last := 0.0
		client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, &mcp.ClientOptions{
			ProgressNotificationHandler: func(_ context.Context, r *mcp.ProgressNotificationClientRequest) {
				if r.Params.Progress <= last {
					t.Errorf("progress is %v after %v, and has to grow", r.Params.Progress, last)
				}
				last = r.Params.Progress
				got = append(got, fmt.Sprintf("%v %.4g/%v %s", r.Params.ProgressToken, r.Params.Progress, r.Params.Total, r.Params.Message))
			},
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
		for _, token := range []string{"", "tok"} {
			params := &mcp.CallToolParams{Name: "work"}
			if token != "" {
				params.SetProgressToken(token)
			}
			if _, err := session.CallTool(t.Context(), params); err != nil {
				t.Fatal(err)
			}
			late.Report(3, 4, "too late")
		}
		synctest.Wait()
		if want := []string{"tok 1/0 one", "tok 1/0 no number", "tok 2/4 two", "tok 2/4 back"}; !slices.Equal(got, want) {
			t.Errorf("progress = %q, want %q", got, want)
		}
	})
}

func TestCancelledCall(t *testing.T) {
	t.Parallel()
	outcomes := make(chan error, 1)
	begun := make(chan struct{})
	client := mcptest.Start(t, func(s *runtime.Server) {
		addTool(s, "wait", func(ctx context.Context, call *runtime.Call, _ struct{}) (*runtime.Result, error) {
			runtime.Open(call.Scope(), "p.Begin", func() (int, func(error) error, error) {
				return 0, func(err error) error { outcomes <- err; return nil }, nil
			})
			close(begun)
			<-ctx.Done()
			return nil, ctx.Err()
		})
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-begun
		cancel()
	}()
	if _, err := client.Session().CallTool(ctx, &mcp.CallToolParams{Name: "wait"}); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want that the call was cancelled", err)
	}
	if err := <-outcomes; !errors.Is(err, context.Canceled) {
		t.Errorf("the clean-up was told %v, want that the call was cancelled", err)
	}
}

func TestPanicOfWhatUsersAddToTheSDK(t *testing.T) {
	t.Parallel()
	s := runtime.NewServer(runtime.Info{}, runtime.WithLogger(slog.New(slog.DiscardHandler)))
	s.SDK().AddTool(&mcp.Tool{Name: "own", InputSchema: map[string]any{"type": "object"}},
		func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) { panic("secret") })
	session := connect(t, s.SDK(), "")
	_, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "own"})
	if err == nil || !strings.Contains(err.Error(), "internal error") || strings.Contains(err.Error(), "secret") {
		t.Errorf("error = %v, want just an internal error", err)
	}
}
