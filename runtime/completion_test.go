package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// eras are the versions of the protocol that features are tested with.
var eras = []string{"2025-11-25", "2026-07-28"}

func prompt(s *runtime.Server, p runtime.Prompt) {
	runtime.AddPrompt(s, p, runtime.NoArguments, func(context.Context, *runtime.Call, struct{}) (*runtime.PromptResult, error) {
		return nil, nil
	})
}

// languages registers a prompt with an argument of each kind.
func languages(s *runtime.Server) {
	prompt(s, runtime.Prompt{Name: "review", Arguments: []runtime.PromptArgument{
		{Name: "language", Values: []string{"Go", "Django", "gopher", "Python"}},
		{Name: "framework"},
		{Name: "free"},
	}})
	runtime.AddCompletion(s, runtime.Completion{Prompt: "review", Argument: "framework"},
		func(_ context.Context, c *runtime.Call, in runtime.CompletionInput) ([]string, error) {
			switch in.Value {
			case "panic":
				panic("oops")
			case "fail":
				return nil, errors.New("no frameworks")
			case "many":
				return slices.Repeat([]string{"x"}, 250), nil
			}
			return []string{c.Name(), in.Value, in.Arguments["language"]}, nil
		})
}

func TestCompletion(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			s := runtime.NewServer(runtime.Info{}, runtime.WithLogger(slog.New(slog.DiscardHandler)))
			languages(s)
			if err := s.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			session := connect(t, s.SDK(), era)
			if session.InitializeResult().Capabilities.Completions == nil {
				t.Error("the capability completions is not advertised")
			}
			for _, row := range []struct{ prompt, argument, value, want string }{
				{"review", "language", "", "[Go Django gopher Python] 4 false"},
				{"review", "language", "gO", "[Go gopher Django] 3 false"},
				{"review", "language", "rust", "[] 0 false"},
				{"review", "free", "x", "[] 0 false"},
				{"review", "framework", "fl", "[framework fl Python] 3 false"},
				{"review", "framework", "fail", "no frameworks"},
				{"review", "framework", "panic", "internal error"},
				{"review", "other", "x", `"review" has no argument "other"; valid are framework, free, language`},
				{"revue", "language", "x", `nothing to complete for "revue"`},
			} {
				got, err := completed(session, row.prompt, row.argument, row.value)
				if err != nil {
					got = err.Error()
				}
				if !strings.HasSuffix(got, row.want) {
					t.Errorf("%s of %s, %q: got %s, want %s", row.argument, row.prompt, row.value, got, row.want)
				}
			}
			result, err := session.Complete(t.Context(), &mcp.CompleteParams{
				Ref:      &mcp.CompleteReference{Type: "ref/prompt", Name: "review"},
				Argument: mcp.CompleteParamsArgument{Name: "framework", Value: "many"},
			})
			if err != nil {
				t.Fatal(err)
			}
			if c := result.Completion; len(c.Values) != 100 || c.Total != 250 || !c.HasMore {
				t.Errorf("got %d values of %d, more %t, want 100 of 250, more true", len(c.Values), c.Total, c.HasMore)
			}
		})
	}
}

func completed(session *mcp.ClientSession, prompt, argument, value string) (string, error) {
	result, err := session.Complete(context.Background(), &mcp.CompleteParams{
		Ref:      &mcp.CompleteReference{Type: "ref/prompt", Name: prompt},
		Argument: mcp.CompleteParamsArgument{Name: argument, Value: value},
		Context:  &mcp.CompleteContext{Arguments: map[string]string{"language": "Python"}},
	})
	if err != nil {
		return "", err
	}
	c := result.Completion
	return fmt.Sprint(c.Values, c.Total, c.HasMore), nil
}

func TestNothingToComplete(t *testing.T) {
	t.Parallel()
	s := runtime.NewServer(runtime.Info{})
	prompt(s, runtime.Prompt{Name: "review", Arguments: []runtime.PromptArgument{{Name: "free"}}})
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	session := connect(t, s.SDK(), "")
	if session.InitializeResult().Capabilities.Completions != nil {
		t.Error("the capability completions is advertised")
	}
	if got, err := completed(session, "review", "free", ""); err == nil {
		t.Errorf("got %s, want an error", got)
	}
}

func TestCompletionOfNothing(t *testing.T) {
	t.Parallel()
	s := runtime.NewServer(runtime.Info{})
	runtime.AddCompletion(s, runtime.Completion{Prompt: "review", Argument: "language"},
		func(context.Context, *runtime.Call, runtime.CompletionInput) ([]string, error) { return nil, nil })
	err := s.Start(t.Context())
	if err == nil || !strings.Contains(err.Error(), "completion language of review, registered by") {
		t.Errorf("error = %v, want that there is no such argument", err)
	}
}

// The SDK server has a prompt and a completion of its own, which go on working.
func TestMountCompletes(t *testing.T) {
	t.Parallel()
	existing := mcp.NewServer(&mcp.Implementation{Name: "existing", Version: "v1"}, &mcp.ServerOptions{
		CompletionHandler: func(context.Context, *mcp.CompleteRequest) (*mcp.CompleteResult, error) {
			return &mcp.CompleteResult{Completion: mcp.CompletionResultDetails{Values: []string{"theirs"}}}, nil
		},
	})
	mounted, err := runtime.Mount(t.Context(), existing, languages)
	if err != nil {
		t.Fatal(err)
	}
	session := connect(t, existing, "")
	for prompt, want := range map[string]string{"review": "[Python] 1 false", "other": "[theirs] 0 false"} {
		if got, err := completed(session, prompt, "language", "py"); got != want {
			t.Errorf("%s: got %s (%v), want %s", prompt, got, err, want)
		}
	}
	if err := mounted.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	if got, err := completed(session, "review", "language", "py"); got != "[theirs] 0 false" {
		t.Errorf("after the stop: got %s (%v)", got, err)
	}
}

func ExampleMatching() {
	fmt.Println(runtime.Matching("ber", []string{"Nuremberg", "Berlin", "Paris", "Bern"}))
	// Output: [Berlin Bern Nuremberg]
}
