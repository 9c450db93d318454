package runtime_test

//lint:file-ignore SA1019 the specification deprecates sampling and roots (SEP-2577), and clients have them

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// startBorrower starts a server whose tool "borrow" asks for what clients have.
func startBorrower(t *testing.T, f func(context.Context, *runtime.Call) (string, error)) *runtime.Server {
	t.Helper()
	s := runtime.NewServer(runtime.Info{}, runtime.WithLogger(slog.New(slog.DiscardHandler)))
	runtime.AddTool(s, runtime.Tool{Name: "borrow", Description: "Borrows.", InputSchema: `{"type":"object"}`}, runtime.NoArguments,
		func(ctx context.Context, call *runtime.Call, _ struct{}) (*runtime.Result, error) {
			out, err := f(ctx, call)
			if err != nil {
				return nil, err
			}
			return runtime.TextResult(out), nil
		})
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Stop(context.Background()) })
	return s
}

func callBorrow(t *testing.T, session *mcp.ClientSession) string {
	t.Helper()
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "borrow"})
	switch {
	case err != nil:
		return "error: " + err.Error()
	case result.IsError:
		return "tool error: " + text(result)
	}
	return text(result)
}

// lender is a client with a model and with roots. The model says what it was sent.
func lender(options mcp.ClientOptions) *mcp.Client {
	client := mcp.NewClient(&mcp.Implementation{Name: "lender", Version: "v1"}, &options)
	client.AddRoots(&mcp.Root{URI: "file:///work", Name: "work"}, &mcp.Root{URI: "file:///home"})
	return client
}

func echoingModel(_ context.Context, r *mcp.CreateMessageRequest) (*mcp.CreateMessageResult, error) {
	p := r.Params
	said := fmt.Sprintf("%d tokens of %q", p.MaxTokens, p.SystemPrompt)
	for _, m := range p.Messages {
		said += fmt.Sprintf(", %s: %s", m.Role, m.Content.(*mcp.TextContent).Text)
	}
	if p.ModelPreferences != nil {
		said += ", " + p.ModelPreferences.Hints[0].Name
	}
	return &mcp.CreateMessageResult{Role: "assistant", Model: "echo-1", StopReason: "endTurn", Content: &mcp.TextContent{Text: said}}, nil
}

func TestSampleAndRoots(t *testing.T) {
	t.Parallel()
	sample := func(ctx context.Context, call *runtime.Call) (string, error) {
		said, err := call.Sample(ctx, runtime.Sampling{
			System:   "Be brief.",
			Messages: []runtime.Message{runtime.User("Hello"), runtime.Assistant("Hi"), runtime.User("Who?")},
			Models:   []string{"small"},
		})
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%s (%s, %s, %s)", said.Text(), said.Role, said.Model, said.StopReason), nil
	}
	roots := func(ctx context.Context, call *runtime.Call) (string, error) {
		all, err := call.Roots(ctx)
		return fmt.Sprint(all), err
	}
	both := func(ctx context.Context, call *runtime.Call) (string, error) {
		said, err := call.Sample(ctx, runtime.Sampling{Messages: []runtime.Message{runtime.User("a")}, MaxTokens: 7})
		again, err2 := call.Sample(ctx, runtime.Sampling{Messages: []runtime.Message{runtime.User("b")}})
		all, err3 := call.Roots(ctx)
		if err := errors.Join(err, err2, err3); err != nil {
			return "", err
		}
		return fmt.Sprint(said.Text(), "; ", again.Text(), "; ", len(all)), nil
	}
	for _, row := range []struct {
		name string
		f    func(context.Context, *runtime.Call) (string, error)
		want string
	}{
		{"sample", sample, `1000 tokens of "Be brief.", user: Hello, assistant: Hi, user: Who?, small (assistant, echo-1, endTurn)`},
		{"roots", roots, "[{file:///home } {file:///work work}]"},
		{"both", both, `7 tokens of "", user: a; 1000 tokens of "", user: b; 2`},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			for name, w := range ways {
				session := w.connect(t, startBorrower(t, row.f), lender(mcp.ClientOptions{CreateMessageHandler: echoingModel}))
				if got := callBorrow(t, session); got != row.want {
					t.Errorf("%s: got %q, want %q", name, got, row.want)
				}
			}
		})
	}
}

// Who offers neither is told so: in the older era the model reads it, in the newer
// one the client.
func TestNothingToBorrow(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		f    func(context.Context, *runtime.Call) (string, error)
		want string
	}{
		{"sample", func(ctx context.Context, call *runtime.Call) (string, error) {
			_, err := call.Sample(ctx, runtime.Sampling{})
			return "", err
		}, runtime.ErrCannotSample.Error()},
		{"roots", func(ctx context.Context, call *runtime.Call) (string, error) {
			_, err := call.Roots(ctx)
			return "", err
		}, runtime.ErrNoRoots.Error()},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			for name, w := range ways {
				client := mcp.NewClient(&mcp.Implementation{Name: "poor", Version: "v1"}, &mcp.ClientOptions{Capabilities: &mcp.ClientCapabilities{}})
				got := callBorrow(t, w.connect(t, startBorrower(t, row.f), client))
				kind := "tool error: "
				if w.version == "2026-07-28" {
					kind = "error: "
				}
				if !strings.HasPrefix(got, kind) || !strings.Contains(got, row.want) {
					t.Errorf("%s: got %q, want %s%s", name, got, kind, row.want)
				}
			}
		})
	}
}

// An answer of another kind is no answer: the question stays open.
func TestAnswerOfAnotherKind(t *testing.T) {
	t.Parallel()
	s := startBorrower(t, func(ctx context.Context, call *runtime.Call) (string, error) {
		all, err := call.Roots(ctx)
		return fmt.Sprint(len(all)), err
	})
	client := lender(mcp.ClientOptions{MultiRoundTrip: &mcp.MultiRoundTripOptions{Disabled: true}})
	session := way{"2026-07-28", false}.connect(t, s, client)
	params := &mcp.CallToolParams{Name: "borrow"}
	for range 2 {
		result, err := session.CallTool(t.Context(), params)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := result.InputRequests["roots"].(*mcp.ListRootsParams); !ok || len(result.InputRequests) != 1 {
			t.Fatalf("the open questions are %v, want roots", result.InputRequests)
		}
		params.RequestState = result.RequestState
		params.InputResponses = mcp.InputResponseMap{"roots": &mcp.ElicitResult{Action: "accept"}}
	}
}
