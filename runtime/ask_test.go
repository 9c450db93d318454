package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// What follows is what a user writes, and below it what mcpgen generates for it.

type Confirmation struct {
	Confirm bool
	Class   string
	Count   int64
}

const confirmationForm = `{
  "properties": {
    "confirm": {
      "type": "boolean"
    },
    "class": {
      "type": "string",
      "oneOf": [
        {"const": "first", "title": "First class"},
        {"const": "second", "title": "Second class"}
      ],
      "default": "second"
    },
    "count": {
      "type": "integer"
    }
  },
  "type": "object",
  "required": [
    "confirm"
  ]
}`

func decodeConfirmation(d *codec.Decoder) (v Confirmation) {
	v.Class = "second"
	for name := range d.Object(codec.Members{{Name: "confirm", Required: true}, {Name: "class"}, {Name: "count"}}) {
		switch name {
		case "confirm":
			v.Confirm = codec.Bool[bool](d)
		case "class":
			v.Class = codec.String[string](d)
			codec.OneOf(d, v.Class, "first", "second")
		case "count":
			v.Count = codec.Int[int64](d)
		}
	}
	return v
}

type trip struct{ To string }

func decodeTrip(d *codec.Decoder) (v trip) {
	for name := range d.Object(codec.Members{{Name: "to", Required: true}}) {
		if name == "to" {
			v.To = codec.String[string](d)
		}
	}
	return v
}

// asker is the tool of a test.
type asker = func(ctx context.Context, in trip, ask runtime.Ask[Confirmation]) (string, error)

// book asks for a confirmation.
func book(ctx context.Context, in trip, ask runtime.Ask[Confirmation]) (string, error) {
	answer, err := ask(ctx, "Book for "+in.To+"?")
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%t %s", answer.Confirm, answer.Class), nil
}

func registerAsker(f asker) func(*runtime.Server) {
	return func(s *runtime.Server) { addAsker(s, "book", f) }
}

func addAsker(s *runtime.Server, name string, f asker) {
	runtime.AddTool(s, runtime.Tool{Name: name, Description: "Books.", InputSchema: `{"type":"object"}`}, decodeTrip,
		func(ctx context.Context, call *runtime.Call, in trip) (*runtime.Result, error) {
			out, err := f(ctx, in, runtime.NewAsk(call, "ask", confirmationForm, decodeConfirmation))
			if err != nil {
				return nil, err
			}
			return runtime.TextResult(out), nil
		})
}

// person answers questions.
type person struct {
	mu      sync.Mutex
	asked   []string // the messages
	schemas []any
	answer  func(n int, message string) *mcp.ElicitResult // n counts from 0
}

func (p *person) elicit(_ context.Context, r *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, r.Params.Message)
	p.schemas = append(p.schemas, r.Params.RequestedSchema)
	return p.answer(len(p.asked)-1, r.Params.Message), nil
}

// accept is a person who always fills in the same.
func accept(content map[string]any) *person {
	return &person{answer: func(int, string) *mcp.ElicitResult { return &mcp.ElicitResult{Action: "accept", Content: content} }}
}

func does(action string) *person {
	return &person{answer: func(int, string) *mcp.ElicitResult { return &mcp.ElicitResult{Action: action} }}
}

// client is a client of this person, or of nobody. Unlike the SDK's it does not hold
// answers against the form: the server has to.
func (p *person) client() *mcp.Client {
	options := &mcp.ClientOptions{MultiRoundTrip: &mcp.MultiRoundTripOptions{Disabled: true}}
	if p != nil {
		options.ElicitationHandler = p.elicit
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, options)
	client.AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
		return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
			if r, ok := request.(*mcp.ElicitRequest); ok {
				return p.elicit(ctx, r)
			}
			return next(ctx, method, request)
		}
	})
	return client
}

// respond answers the questions that a call ended with.
func (p *person) respond(requests mcp.InputRequestMap) mcp.InputResponseMap {
	responses := make(mcp.InputResponseMap)
	for _, key := range slices.Sorted(maps.Keys(requests)) {
		responses[key], _ = p.elicit(context.Background(), &mcp.ElicitRequest{Params: requests[key].(*mcp.ElicitParams)})
	}
	return responses
}

// way is how a client reaches a server.
type way struct {
	version string
	http    bool
}

var ways = map[string]way{
	"2025-06-18 stream": {"2025-06-18", false},
	"2025-06-18 http":   {"2025-06-18", true},
	"2025-11-25 stream": {"2025-11-25", false},
	"2025-11-25 http":   {"2025-11-25", true},
	"2026-07-28 stream": {"2026-07-28", false},
	"2026-07-28 http":   {"2026-07-28", true},
}

// startAsker starts a server of one tool.
func startAsker(t *testing.T, f asker, options ...runtime.Option) *runtime.Server {
	t.Helper()
	options = append([]runtime.Option{runtime.WithLogger(slog.New(slog.DiscardHandler))}, options...)
	s := runtime.NewServer(runtime.Info{}, options...)
	registerAsker(f)(s)
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Stop(context.Background()) })
	return s
}

// connect returns a session of a client.
func (w way) connect(t *testing.T, s *runtime.Server, client *mcp.Client) *mcp.ClientSession {
	t.Helper()
	ours, its := mcp.NewInMemoryTransports()
	var transport mcp.Transport = ours
	if w.http {
		server := httptest.NewServer(s.Handler())
		t.Cleanup(server.Close)
		transport = &mcp.StreamableClientTransport{Endpoint: server.URL}
	} else if _, err := s.SDK().Connect(context.WithoutCancel(t.Context()), its, nil); err != nil {
		t.Fatal(err)
	}
	session, err := client.Connect(context.WithoutCancel(t.Context()), transport, &mcp.ClientSessionOptions{ProtocolVersion: w.version})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { session.Close() })
	return session
}

// bookRome are the params of a call of the tool.
func bookRome() *mcp.CallToolParams {
	return &mcp.CallToolParams{Name: "book", Arguments: map[string]any{"to": "Rome"}}
}

// callBook calls the tool, with answers as often as it takes, and returns the text
// of its result or error.
func callBook(t *testing.T, session *mcp.ClientSession, p *person) string {
	t.Helper()
	params := bookRome()
	result, err := session.CallTool(t.Context(), params)
	for err == nil && result.NeedsInput() {
		params.RequestState, params.InputResponses = result.RequestState, p.respond(result.InputRequests)
		result, err = session.CallTool(t.Context(), params)
	}
	if err != nil {
		return "error: " + err.Error()
	}
	if result.IsError {
		return "tool error: " + text(result)
	}
	return text(result)
}

func TestAsk(t *testing.T) {
	t.Parallel()
	twice := func(ctx context.Context, in trip, ask runtime.Ask[Confirmation]) (string, error) {
		first, err := ask(ctx, "Sure?")
		if err != nil {
			return "", err
		}
		second, err := ask(ctx, "Sure?")
		if err != nil {
			return "", err
		}
		third, err := ask(ctx, "Really?")
		return fmt.Sprint(first.Confirm, second.Confirm, third.Confirm), err
	}
	again := func(ctx context.Context, in trip, ask runtime.Ask[Confirmation]) (string, error) {
		answer, err := ask(ctx, "Sure?")
		for errors.Is(err, runtime.ErrInvalidAnswer) {
			answer, err = ask(ctx, "Sure? It was not right.")
		}
		return fmt.Sprint(answer.Confirm), err
	}
	parallel := func(ctx context.Context, in trip, ask runtime.Ask[Confirmation]) (string, error) {
		var group sync.WaitGroup
		answers, errs := make([]Confirmation, 5), make([]error, 5)
		for i := range answers {
			group.Go(func() { answers[i], errs[i] = ask(ctx, fmt.Sprint("Question ", i)) })
		}
		group.Wait()
		out := ""
		for _, a := range answers {
			out += a.Class + " "
		}
		return strings.TrimSpace(out), errors.Join(errs...)
	}
	count := func(ctx context.Context, in trip, ask runtime.Ask[Confirmation]) (string, error) {
		answer, err := ask(ctx, "How many?")
		return fmt.Sprint(answer.Count), err
	}
	swallow := func(ctx context.Context, in trip, ask runtime.Ask[Confirmation]) (string, error) {
		answer, _ := ask(ctx, "Sure?")
		return fmt.Sprint(answer.Confirm), nil
	}
	wrong := map[string]any{"confirm": 7.0, "class": "third", "more": true}

	for _, row := range []struct {
		name   string
		f      asker
		person *person
		want   string
		asked  int
	}{
		{"accept", book, accept(map[string]any{"confirm": true, "class": "first"}), "true first", 1},
		{"default", book, accept(map[string]any{"confirm": true}), "true second", 1},
		{"slip", book, accept(map[string]any{"confirm": "true"}), "true second", 1},
		{"decline", book, does("decline"), "tool error: the user declined to answer", 1},
		{"cancel", book, does("cancel"), "tool error: the user dismissed the question", 1},
		{"strange action", book, does("shrug"), `tool error: the answer does not fit the question: there is no action "shrug"`, 1},
		{"nothing filled in", book, accept(nil), "tool error: the answer does not fit the question:\n/confirm: missing; it is required", 1},
		{"invalid", book, accept(wrong), "tool error: the answer does not fit the question:\n" +
			"/class: must be one of \"first\", \"second\", got \"third\"\n/confirm: expected true or false, got 7\n" +
			"/more: unknown field; valid are confirm, class, count", 1},
		{"number that may have lost digits", count, accept(map[string]any{"confirm": true, "count": 1 << 53}),
			"tool error: the answer does not fit the question:\n/count: must be below 2^53, to arrive exactly", 1},
		{"largest number", count, accept(map[string]any{"confirm": true, "count": 1<<53 - 1}), "9007199254740991", 1},
		{"one after the other", twice, accept(map[string]any{"confirm": true}), "true true true", 3},
		{"parallel", parallel, &person{answer: func(_ int, message string) *mcp.ElicitResult {
			class := "first"
			if message == "Question 3" {
				class = "second"
			}
			return &mcp.ElicitResult{Action: "accept", Content: map[string]any{"confirm": true, "class": class}}
		}}, "first first first second first", 5},
		{"error is swallowed", swallow, accept(map[string]any{"confirm": true}), "true", 1},
		{"asked again", again, &person{answer: func(n int, _ string) *mcp.ElicitResult {
			return &mcp.ElicitResult{Action: "accept", Content: map[string]any{"confirm": []any{"maybe", true, false}[n]}}
		}}, "true", 2},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			for name, w := range ways {
				p := &person{answer: row.person.answer}
				session := w.connect(t, startAsker(t, row.f), p.client())
				if got := callBook(t, session, p); got != row.want {
					t.Errorf("%s: got %q, want %q", name, got, row.want)
				}
				if len(p.asked) != row.asked {
					t.Errorf("%s: asked %q, want %d questions", name, p.asked, row.asked)
				}
			}
		})
	}
}

// lockedBuffer is a log.
type lockedBuffer struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
