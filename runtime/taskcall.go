package runtime

import (
	"context"
	"errors"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// wanted reports whether a call may become a task. The error is for a client that
// wants a task of a tool that has none, or the other way round.
func (ts *tasks) wanted(ctx context.Context, c *Call, t *tool) (bool, error) {
	if ts == nil {
		return false, nil
	}
	if c.modern() {
		if t.Task == TaskForbidden || offersTasks(c.Meta()) {
			return t.Task != TaskForbidden, nil
		}
		if t.Task == TaskRequired {
			return false, errNoTasks
		}
		return false, nil
	}
	_, asked := askedTask(ctx, c)
	switch {
	case asked && t.Task == TaskForbidden:
		return false, exact(jsonrpc.CodeMethodNotFound, "the tool "+t.Name+" cannot run as a task")
	case !asked && t.Task == TaskRequired:
		return false, exact(jsonrpc.CodeMethodNotFound, "the tool "+t.Name+" can only run as a task")
	}
	return asked, nil
}

// call makes a call that may become a task, and returns a straight answer. If it
// becomes a task, the reply that waits in the context gets it instead.
func (ts *tasks) call(ctx context.Context, c *Call, t *tool, arguments []byte) (*Result, error) {
	s := ts.server
	if !s.calls.enter() {
		return failedTool(errStopped)
	}
	defer s.calls.leave()
	if err := t.allows(s, c); err != nil {
		return nil, err
	}
	if _, err := t.prepare.run(c, t.Name, arguments); err != nil {
		return ts.refused(c, err)
	}
	spec, err := ts.requested(ctx, c, t)
	if err != nil {
		return nil, err
	}
	c.progress.start(ctx, c)
	defer c.progress.stop()
	told := new(straight)
	answer, err := ts.manager.Call(context.WithValue(ctx, straightKey{}, told), spec)
	switch end := told.end.Load(); {
	case err == nil && answer.Task != nil:
		return EmptyResult(), ts.reply(ctx, c, answer.Task)
	case end != nil && end.err == nil:
		return end.result, nil
	case end != nil:
		return failedTool(end.err)
	case errors.Is(err, task.ErrDiffers):
		return nil, invalidParams("this %s was used for a call with other arguments", onceKey)
	case errors.Is(err, task.ErrStopped):
		return failedTool(errStopped)
	case context.Cause(ctx) != nil:
		return failedTool(context.Cause(ctx))
	}
	c.Logger().ErrorContext(ctx, "a task was not created", "error", err)
	return nil, &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: "the task could not be created"}
}

// refused is the answer to arguments that do not fit. A client that wants a task
// can take no other result.
func (ts *tasks) refused(c *Call, err error) (*Result, error) {
	if !c.modern() {
		return nil, wireError(err)
	}
	return failedTool(err)
}
