package runtime

import (
	"context"
	"errors"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// reply is where the answer to a tools/call waits that the SDK's types cannot hold.
type reply struct{ result mcp.Result }

type (
	replyKey struct{}
	taskKey  struct{}
)

// replying has next find a place for a reply, and what a client asked for aside.
func (ts *tasks) replying(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, r mcp.Request) (mcp.Result, error) {
		if asked, ok := setAside(r); ok {
			ctx = context.WithValue(ctx, taskKey{}, asked)
		}
		place := new(reply)
		result, err := next(context.WithValue(ctx, replyKey{}, place), method, r)
		if err != nil || place.result == nil {
			return result, err
		}
		return place.result, nil
	}
}

// setAside takes what was set aside out of the _meta of a request.
func setAside(r mcp.Request) (value any, ok bool) {
	meta := metaOf(r)
	value, ok = meta[frame.Aside]
	delete(meta, frame.Aside)
	return value, ok
}

// reply has a task be the answer to a call.
func (ts *tasks) reply(ctx context.Context, c *Call, record *task.Record) error {
	place, ok := ctx.Value(replyKey{}).(*reply)
	switch {
	case !ok:
		return errors.New("the task has nowhere to go")
	case c.modern():
		t := newModernTask(record)
		t.ResultType = "task"
		place.result = t
	default:
		place.result = &legacyCreated{Task: newLegacyTask(record)}
		ts.report(ctx, c, record)
	}
	return nil
}
