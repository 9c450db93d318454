package runtime

import (
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// straight is where the caller of a call that was answered straight finds what it
// came to, as it was before it was encoded for a task.
type straight struct{ end atomic.Pointer[ending] }

type ending struct {
	result *Result
	err    error
}

// set says how the call ended; the cause is why its context did, if it failed then.
func (s *straight) set(result *Result, err, cause error, t *tool) {
	switch {
	case errors.Is(cause, task.ErrTimeout):
		err = &timeoutError{t.Timeout}
	case cause != nil:
		err = cause
	}
	s.end.Store(&ending{result, err})
}

type straightKey struct{}

// run is the Runner of all tasks: it makes the call that was captured.
func (ts *tasks) run(ctx context.Context, r *task.Run) (task.Outcome, error) {
	t := ts.tools[r.Kind()]
	c, err := ts.restore(t, r)
	if err != nil {
		return task.Outcome{}, err
	}
	told, begunByRequest := ctx.Value(straightKey{}).(*straight)
	if !begunByRequest {
		for _, f := range ts.server.taskContexts {
			ctx = f(ctx, c)
		}
	}
	result, err := ts.perform(ctx, c, t)
	cause := context.Cause(ctx)
	if err == nil {
		cause = nil // it was done nevertheless
	}
	if begunByRequest && r.Straight() {
		told.set(result, err, cause, t)
	}
	if cause != nil {
		return task.Outcome{}, cause
	}
	return outcome(result, err)
}

// perform makes the call of a task.
func (ts *tasks) perform(ctx context.Context, c *Call, t *tool) (*Result, error) {
	invocation, err := t.prepare.run(c, t.Name, c.run.arguments)
	if err != nil {
		return nil, err
	}
	result, err := perform(ctx, ts.server, c, heedful(invocation))
	if err == nil {
		t.check.log(ctx, c, result)
	}
	return result, err
}

// outcome is what a task comes to by what its function returned.
func outcome(result *Result, err error) (task.Outcome, error) {
	if errors.Is(err, errPanic) {
		return task.Outcome{}, err
	}
	if questions, ok := err.(*inputRequired); ok {
		return parked(questions)
	}
	out := task.Outcome{ToolError: err != nil}
	if out.ToolError {
		if result, err = failedTool(err); err != nil {
			return task.Outcome{}, taskError(wireError(err))
		}
		out.Message = result.text()
	}
	out.Result, err = json.Marshal(result.wire())
	return out, err
}

// taskError is a JSON-RPC error for a task to fail with.
func taskError(e *jsonrpc.Error) *task.Error {
	return &task.Error{Code: int(e.Code), Message: e.Message, Data: e.Data}
}
