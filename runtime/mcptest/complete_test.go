package mcptest_test

import (
	"context"
	"slices"
	"testing"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/mcptest"
)

func TestComplete(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, func(s *runtime.Server) {
		runtime.AddPrompt(s, runtime.Prompt{Name: "review", Arguments: []runtime.PromptArgument{{Name: "language", Values: []string{"go", "rust"}}}},
			runtime.NoArguments, func(context.Context, *runtime.Call, struct{}) (*runtime.PromptResult, error) { return nil, nil })
		runtime.AddResourceTemplate(s, runtime.ResourceTemplate{URITemplate: "weather://{country}/{city}", Name: "weather"},
			runtime.NoArguments, func(context.Context, *runtime.Call, struct{}) ([]runtime.File, error) { return nil, nil })
		runtime.AddCompletion(s, runtime.Completion{URITemplate: "weather://{country}/{city}", Argument: "city"},
			func(_ context.Context, _ *runtime.Call, in runtime.CompletionInput) ([]string, error) {
				return []string{in.Value + " of " + in.Arguments["country"]}, nil
			})
	})
	got := client.Complete(runtime.Completion{Prompt: "review", Argument: "language"}, runtime.CompletionInput{Value: "r"})
	if want := []string{"rust"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	got = client.Complete(runtime.Completion{URITemplate: "weather://{country}/{city}", Argument: "city"},
		runtime.CompletionInput{Value: "Ly", Arguments: map[string]string{"country": "france"}})
	if want := []string{"Ly of france"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
