package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/mcpgen/mcpgen/runtime"
)

// Greet greets.
//
//mcp:tool
func Greet(name string) string { return "Hello, " + name + "!" }

// SlowCompute takes its time.
//
//mcp:tool task=true
//mcp:param seconds description="How long it takes"
//mcp:param label description="What the result is called"
func SlowCompute(ctx context.Context, seconds float64, label string, progress runtime.Progress) (string, error) {
	progress.Report(0, seconds, "computing "+label)
	if err := pause(ctx, time.Duration(seconds*float64(time.Second))); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s took %v seconds", label, seconds), nil
}

// pause waits, longer than for a straight answer if it waits at all.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(d):
		return nil
	}
}

// FailingJob fails as tools do, after a while.
//
//mcp:tool task=required
func FailingJob(ctx context.Context) error {
	return cmp.Or(pause(ctx, time.Second), errors.New("the job failed"))
}

// ProtocolErrorJob fails as the protocol does, after a while.
//
//mcp:tool task=true
func ProtocolErrorJob(ctx context.Context) error {
	return cmp.Or[error](pause(ctx, time.Second), &runtime.ProtocolError{
		Code: -32603, Message: "the job broke down", Data: json.RawMessage(`{"job":"protocol_error_job"}`),
	})
}

// ConfirmDelete asks before it deletes nothing. Asking makes it a task at once.
//
//mcp:tool task=true
func ConfirmDelete(ctx context.Context, filename string, ask runtime.Ask[Confirmed]) (string, error) {
	answer, err := ask(ctx, "Delete "+filename+"?")
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("deleted %s: %t", filename, answer.Confirm), nil
}

// Confirmed is a yes or a no.
type Confirmed struct {
	// Go ahead
	Confirm bool `json:"confirm"`
}

// MultiInput asks two questions at once.
//
//mcp:tool task=required
func MultiInput(ctx context.Context, name runtime.Ask[Named], confirm runtime.Ask[Confirmed]) (string, error) {
	var (
		asking             sync.WaitGroup
		who                Named
		sure               Confirmed
		whoErr, confirmErr error
	)
	asking.Go(func() { who, whoErr = name(ctx, "What is your name?") })
	asking.Go(func() { sure, confirmErr = confirm(ctx, "Are you sure?") })
	asking.Wait()
	if err := errors.Join(whoErr, confirmErr); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s, confirmed: %t", who.Name, sure.Confirm), nil
}

// Named is a name.
type Named struct {
	// Your name
	Name string `json:"name"`
}

// ToolWithTask asks for a name, and then becomes a task that greets.
//
//mcp:tool name=test_tool_with_task task=required askbefore
func ToolWithTask(ctx context.Context, ask runtime.Ask[Named]) (string, error) {
	user, err := ask(ctx, "What is your name?")
	if err != nil {
		return "", err
	}
	if err := pause(ctx, time.Second); err != nil {
		return "", err
	}
	return "Hello, " + user.Name + "!", nil
}
