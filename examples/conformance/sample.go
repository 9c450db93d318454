package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/mcpgen/mcpgen/runtime"
)

// Sampling asks the client's model.
//
//mcp:tool name=test_sampling
//mcp:param prompt description="What to ask"
func Sampling(ctx context.Context, prompt string, call *runtime.Call) (string, error) {
	answer, err := sample(ctx, call, prompt)
	if err != nil {
		return "", err
	}
	return "LLM response: " + answer, nil
}

// sample asks the client's model one thing.
func sample(ctx context.Context, call *runtime.Call, prompt string) (string, error) {
	said, err := call.Sample(ctx, runtime.Sampling{
		Messages:  []runtime.Message{runtime.User(prompt)},
		MaxTokens: 100,
	})
	if err != nil {
		return "", err
	}
	return said.Text(), nil
}

// MissingCapability needs sampling, whatever the client offers.
//
//mcp:tool name=test_missing_capability
func MissingCapability(ctx context.Context, call *runtime.Call) (string, error) {
	return sample(ctx, call, "Hello")
}

// AskModel asks the client's model for a capital.
//
//mcp:tool name=test_input_required_result_sampling
func AskModel(ctx context.Context, call *runtime.Call) (string, error) {
	return sample(ctx, call, "What is the capital of France?")
}

// AskRoots asks what the user of the client works on.
//
//mcp:tool name=test_input_required_result_list_roots
func AskRoots(ctx context.Context, call *runtime.Call) ([]string, error) {
	roots, err := call.Roots(ctx)
	uris := make([]string, len(roots))
	for i, root := range roots {
		uris[i] = root.URI
	}
	return uris, err
}

// AskEverybody asks the user, the model and the client at once.
//
//mcp:tool name=test_input_required_result_multiple_inputs
func AskEverybody(ctx context.Context, call *runtime.Call, userName runtime.Ask[Name]) (string, error) {
	name, err := userName(ctx, "What is your name?")
	greeting, sampleErr := sample(ctx, call, "Generate a greeting")
	roots, rootsErr := call.Roots(ctx)
	if err := errors.Join(err, sampleErr, rootsErr); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s, %s! You have %d roots.", greeting, name.Name, len(roots)), nil
}

// AskWhomItCan asks the user or, if the client cannot, its model.
//
//mcp:tool name=test_input_required_result_capabilities
func AskWhomItCan(ctx context.Context, call *runtime.Call, userName runtime.Ask[Name]) (string, error) {
	name, err := userName(ctx, "What is your name?")
	if errors.Is(err, runtime.ErrCannotAsk) {
		return sample(ctx, call, "What could the user be called?")
	}
	return name.Name, err
}
