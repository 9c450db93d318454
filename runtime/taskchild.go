package runtime

import (
	"context"
	"errors"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// callChild calls a tool as a child task of c, and waits for it.
func (ts *tasks) callChild(ctx context.Context, c, child *Call, t *tool) (*Result, error) {
	k := capture(child, t)
	k.Depth = child.children.depth
	spec, err := ts.spec(k, child, t)
	if err != nil {
		return nil, err
	}
	started, err := c.run.Start(ctx, c.children.name(t.Name, k.Arguments), spec)
	if err != nil {
		return nil, childTrouble(ctx, err)
	}
	ended, err := c.run.Await(ctx, started.ID)
	if err != nil {
		if c.asking.context().Err() == nil { // nobody waits for it, and the task goes on
			ts.forsake(ctx, spec.Owner, started.ID)
		}
		return nil, childTrouble(ctx, err)
	}
	switch {
	case ended.Status == task.Cancelled:
		return nil, errors.New(ended.Message)
	case ended.Error != nil && ended.Error.Code != jsonrpc.CodeInternalError:
		return nil, &jsonrpc.Error{Code: int64(ended.Error.Code), Message: ended.Error.Message, Data: ended.Error.Data}
	case ended.Error != nil:
		return nil, ended.Error
	}
	return readResult(ended.Result)
}

// forsake cancels a child whose result nobody wants any more.
func (ts *tasks) forsake(ctx context.Context, owner, id string) {
	_, err := ts.manager.Cancel(context.WithoutCancel(ctx), owner, id, "nobody waits for it any more")
	if err != nil && !errors.Is(err, task.ErrTerminal) {
		ts.server.log.WarnContext(ctx, "a child task was not cancelled", "task", id, "error", err)
	}
}

// childTrouble is the error of a child task that could not be started or waited for.
func childTrouble(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return &providerError{"a child task", err}
}
