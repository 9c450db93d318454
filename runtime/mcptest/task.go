package mcptest

import (
	"errors"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/taskclient"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Task is a call that goes on while the test does something else. Like those of
// [Client], its methods end the test when they do not get what they promise.
type Task struct {
	*taskclient.Task // for what the methods do not offer

	t    testing.TB
	tool string
}

// Begin calls a tool, as [Client.Call] does, and returns as soon as the call has
// become a task. One that ends within [task.Options.Grace] does not become any, and
// its result is there at once; for every call to be a task, start the server with
//
//	runtime.WithTasks(nil, task.Options{Grace: -1})
//
// What the task asks is answered while the test waits, with what [Client.Answer] and
// its like have prepared. A task that still runs when the test ends is interrupted.
func (c *Client) Begin(name string, arguments any) *Task {
	c.t.Helper()
	task, err := c.begin(name, arguments)
	if err != nil {
		c.t.Fatalf("tool %s: %v", name, err)
	}
	return task
}

func (c *Client) begin(name string, arguments any) (*Task, error) {
	task, err := c.session.Start(c.t.Context(), &mcp.CallToolParams{Name: name, Arguments: arguments}, nil)
	return &Task{task, c.t, name}, err
}

// Resume returns a task of which the test knows the id, which may have begun with
// another client.
func (c *Client) Resume(id string) *Task {
	return &Task{c.session.Resume(id, nil), c.t, "of task " + id}
}

// Wait waits for the end of the task and returns its result.
func (t *Task) Wait() *Result {
	t.t.Helper()
	result, err := t.Task.Wait(t.t.Context())
	if err != nil {
		t.t.Fatalf("tool %s: %v", t.tool, err)
	}
	return &Result{t: t.t, tool: t.tool, IsError: result.IsError, Content: result.Content, structured: result.StructuredContent}
}

// WaitError waits for the end of a task that has to fail or to be cancelled, and
// returns the text of its error, whether that is a tool error or one of the protocol.
func (t *Task) WaitError() string {
	t.t.Helper()
	result, err := t.Task.Wait(t.t.Context())
	var failed *taskclient.FailedError
	switch {
	case errors.As(err, &failed):
		return failed.Cause.Message // without the id, which is never the same
	case errors.Is(err, taskclient.ErrCancelled):
		return taskclient.ErrCancelled.Error()
	case err != nil:
		return err.Error()
	case !result.IsError:
		t.t.Fatalf("tool %s: want an error, got %s", t.tool, text(result.Content))
	}
	return text(result.Content)
}

// Until waits until the status of the task is as wanted, and returns it. The test
// fails if the task ends before.
func (t *Task) Until(wanted func(taskclient.Status) bool) taskclient.Status {
	t.t.Helper()
	var last taskclient.Status
	for status, err := range t.Watch(t.t.Context()) {
		if err != nil {
			t.t.Fatalf("tool %s: %v", t.tool, err)
		}
		if last = status; wanted(status) {
			return status
		}
	}
	t.t.Fatalf("tool %s: the task has ended, %s: %q", t.tool, last.State, last.Message)
	return last
}

// Cancel cancels the task.
func (t *Task) Cancel() {
	t.t.Helper()
	if err := t.Task.Cancel(t.t.Context()); err != nil {
		t.t.Fatalf("tool %s: cancelling: %v", t.tool, err)
	}
}
