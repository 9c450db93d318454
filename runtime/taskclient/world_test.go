//lint:file-ignore SA1019 roots are deprecated since 2026-07-28, and clients still offer them

package taskclient_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/mcpgen/mcpgen/runtime/internal/stdio"
	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/taskclient"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// The versions of the two eras.
const (
	modern = "2026-07-28"
	legacy = "2025-11-25"
)

// way is an era and a transport.
type way struct {
	version string
	connect func(*testing.T, *server) mcp.Transport
}

var ways = map[string]way{
	"modern on pipes":  {modern, pipes},
	"modern on HTTP":   {modern, overHTTP},
	"modern in memory": {modern, inMemory},
	"legacy on pipes":  {legacy, pipes},
	"legacy on HTTP":   {legacy, overHTTP},
}

// eachWay runs a test on each way, with a server of its own.
func eachWay(t *testing.T, o task.Options, f func(*testing.T, way, *server)) {
	t.Parallel()
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f(t, way, newServer(t, o, nil))
		})
	}
}

// atOnce makes every call a task.
var atOnce = task.Options{Grace: -1}

// server is what clients are tried on.
type server struct {
	*runtime.Server
	url func() string

	mu     sync.Mutex
	counts map[string]int // of requests, by method
}

// newServer starts a server with some tools.
func newServer(t *testing.T, o task.Options, store task.Store) *server {
	t.Helper()
	s := &server{
		Server: runtime.NewServer(runtime.Info{Name: "test"}, runtime.WithLogger(slog.New(slog.DiscardHandler)), runtime.WithTasks(store, o)),
		counts: make(map[string]int),
	}
	register(s.Server)
	s.SDK().AddReceivingMiddleware(s.count)
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.stop() })
	s.url = sync.OnceValue(func() string {
		h := httptest.NewServer(s.Handler())
		t.Cleanup(func() {
			h.CloseClientConnections()
			h.Close()
		})
		return h.URL
	})
	return s
}

// stop stops the server without patience.
func (s *server) stop() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s.Stop(ctx)
}

func (s *server) count(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, r mcp.Request) (mcp.Result, error) {
		s.mu.Lock()
		s.counts[method]++
		s.mu.Unlock()
		return next(ctx, method, r)
	}
}

// requests is how many of a method there were.
func (s *server) requests(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[method]
}

// pipes serves s at one end of two pipes, as a process does, and returns the other.
func pipes(t *testing.T, s *server) mcp.Transport {
	in, input := io.Pipe()
	output, out := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan struct{})
	go func() {
		defer close(served)
		stdio.Serve(ctx, s.SDK(), in, out, stdio.Options{Log: slog.New(slog.DiscardHandler), Abort: func() {}})
		out.Close()
	}()
	t.Cleanup(func() {
		cancel()
		input.Close()
		output.Close()
		<-served
	})
	return &mcp.IOTransport{Reader: output, Writer: input}
}

func overHTTP(_ *testing.T, s *server) mcp.Transport {
	return &mcp.StreamableClientTransport{Endpoint: s.url()}
}

func inMemory(t *testing.T, s *server) mcp.Transport {
	ours, its := mcp.NewInMemoryTransports()
	if _, err := s.SDK().Connect(context.Background(), its, nil); err != nil {
		t.Fatal(err)
	}
	return ours
}

// session connects a client, which accepts whatever is asked unless it has options.
func (w way) session(t *testing.T, s *server, o *mcp.ClientOptions) *taskclient.Session {
	t.Helper()
	if o == nil {
		o = &mcp.ClientOptions{ElicitationHandler: accept}
	}
	client := taskclient.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, o)
	client.AddRoots(&mcp.Root{URI: "file:///home"})
	session, err := client.Connect(t.Context(), w.connect(t, s), &mcp.ClientSessionOptions{ProtocolVersion: w.version})
	if err != nil {
		t.Fatal(err)
	}
	if got := session.InitializeResult().ProtocolVersion; got != w.version {
		t.Fatalf("the session has version %s, want %s", got, w.version)
	}
	t.Cleanup(func() { session.Close() })
	return session
}

// accept answers every form with the name of what it asks for.
func accept(_ context.Context, r *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
	return &mcp.ElicitResult{Action: "accept", Content: map[string]any{"name": "<" + r.Params.Message + ">"}}, nil
}

// register adds the tools.
func register(s *runtime.Server) {
	add := func(name string, call func(context.Context, *runtime.Call) (*runtime.Result, error)) {
		runtime.AddTool(s, runtime.Tool{Name: name, Description: "Is a test.", InputSchema: `{"type":"object"}`, Task: runtime.TaskOptional},
			runtime.NoArguments, func(ctx context.Context, c *runtime.Call, _ struct{}) (*runtime.Result, error) { return call(ctx, c) })
	}
	add("fine", func(context.Context, *runtime.Call) (*runtime.Result, error) { return runtime.TextResult("done"), nil })
	add("fail", func(context.Context, *runtime.Call) (*runtime.Result, error) { return nil, errors.New("no luck") })
	add("panic", func(context.Context, *runtime.Call) (*runtime.Result, error) { panic("secret") })
	add("code", func(context.Context, *runtime.Call) (*runtime.Result, error) {
		return nil, &runtime.ProtocolError{Code: -32042, Message: "no code", Data: json.RawMessage(`{"a":1}`)}
	})
	add("wait", func(ctx context.Context, c *runtime.Call) (*runtime.Result, error) {
		c.Progress().Report(1, 3, "waiting")
		<-ctx.Done()
		return nil, ctx.Err()
	})
	add("ask", func(ctx context.Context, c *runtime.Call) (*runtime.Result, error) {
		name, err := ask(ctx, c, "Who are you?")
		return runtime.TextResult("hello " + name), err
	})
	add("ask_both", func(ctx context.Context, c *runtime.Call) (*runtime.Result, error) {
		var names [2]string
		var problems [2]error
		var asking sync.WaitGroup
		for i, question := range []string{"one", "two"} {
			asking.Go(func() { names[i], problems[i] = ask(ctx, c, question) })
		}
		asking.Wait()
		return runtime.TextResult(names[0] + names[1]), errors.Join(problems[:]...)
	})
	add("borrow", func(ctx context.Context, c *runtime.Call) (*runtime.Result, error) {
		roots, err := c.Roots(ctx)
		if err != nil {
			return nil, err
		}
		answer, err := c.Sample(ctx, runtime.Sampling{Messages: []runtime.Message{runtime.User("hi")}, MaxTokens: 10})
		if err != nil {
			return nil, err
		}
		return runtime.TextResult(roots[0].URI + " " + answer.Model), nil
	})
	runtime.AddTool(s, runtime.Tool{Name: "direct", Description: "Is a test.", InputSchema: `{"type":"object"}`}, runtime.NoArguments,
		func(context.Context, *runtime.Call, struct{}) (*runtime.Result, error) {
			return runtime.TextResult("done"), nil
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

// text is the text of a result.
func text(t *testing.T, r *mcp.CallToolResult) string {
	t.Helper()
	if r == nil || len(r.Content) != 1 {
		t.Fatalf("result = %+v, want one text", r)
	}
	return r.Content[0].(*mcp.TextContent).Text
}

// call are the parameters of a call without arguments.
func call(name string) *mcp.CallToolParams { return &mcp.CallToolParams{Name: name} }
