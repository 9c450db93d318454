package runtime

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// tasksExtension is how 2026-07-28 names tasks.
const tasksExtension = "io.modelcontextprotocol/tasks"

// offersTasks reports whether the client of a modern request can take a task. It looks
// into the _meta itself: for the SDK to read all capabilities takes longer than all
// that a task costs besides.
func offersTasks(meta map[string]any) bool {
	capabilities, _ := meta[mcp.MetaKeyClientCapabilities].(map[string]any)
	extensions, _ := capabilities["extensions"].(map[string]any)
	_, ok := extensions[tasksExtension]
	return ok
}

// errNoTasks is the answer to a modern client that would have to take a task.
var errNoTasks = &jsonrpc.Error{
	Code:    codeMissingCapability,
	Message: "this client offers no extension " + tasksExtension,
	Data:    json.RawMessage(`{"requiredCapabilities":{"extensions":{"` + tasksExtension + `":{}}}}`),
}

// taskParams are the params of all methods of tasks.
type taskParams struct {
	mcp.ParamsBase
	TaskID         string                     `json:"taskId"`
	InputResponses map[string]json.RawMessage `json:"inputResponses"`
	Cursor         string                     `json:"cursor"`
}

// taskRequest is a request for one of them.
type taskRequest = mcp.ServerRequest[*taskParams]

// taskMethod is one of them.
type taskMethod func(*tasks, context.Context, *taskRequest) (mcp.Result, error)

// modernTaskMethods and legacyTaskMethods are those that each era has.
var (
	modernTaskMethods = map[string]taskMethod{
		"tasks/get":    (*tasks).get,
		"tasks/update": (*tasks).update,
		"tasks/cancel": (*tasks).cancel,
	}
	legacyTaskMethods = map[string]taskMethod{
		"tasks/get":    (*tasks).legacyGet,
		"tasks/result": (*tasks).legacyResult,
		"tasks/list":   (*tasks).legacyList,
		"tasks/cancel": (*tasks).legacyCancel,
	}
)

// install has the SDK's server know the methods of tasks. Their handlers are behind the
// middleware, and hear only of tasks that nobody knows.
func (ts *tasks) install(server *mcp.Server) error {
	if ts == nil {
		return nil
	}
	var problems []error
	for _, methods := range []map[string]taskMethod{modernTaskMethods, legacyTaskMethods} {
		for method := range methods {
			problems = append(problems, mcp.AddReceivingCustomMethod(server, method,
				func(context.Context, *mcp.ServerSession, *taskParams) (*acknowledgement, error) {
					return nil, errUnknownTask
				}))
		}
	}
	return errors.Join(problems...)
}

// inTasks is the middleware of tasks.
func (s *Server) inTasks(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, r mcp.Request) (mcp.Result, error) {
		if !s.offering.Load() || s.tasks == nil {
			return next(ctx, method, r)
		}
		ts := s.tasks
		if r, ok := r.(*taskRequest); ok {
			result, err := ts.handle(ctx, method, r)
			if err == errUnknownTask {
				return next(ctx, method, r) // of another server, mounted on the same one
			}
			return result, err
		}
		switch method {
		case callToolMethod:
			return ts.replying(next)(ctx, method, r)
		case initializeMethod, discoverMethod:
			result, err := next(ctx, method, r)
			if err != nil {
				return nil, err
			}
			return ts.advertised(ctx, r, result)
		case listToolsMethod:
			result, err := next(ctx, method, r)
			if err != nil {
				return nil, err
			}
			return ts.listed(ctx, r, result)
		}
		return next(ctx, method, r)
	}
}

// More methods that are not like others.
const (
	discoverMethod  = "server/discover"
	listToolsMethod = "tools/list"
)

// handle answers a request about tasks.
func (ts *tasks) handle(ctx context.Context, method string, r *taskRequest) (mcp.Result, error) {
	if r.Params == nil {
		return nil, invalidParams("%s needs params", method)
	}
	methods := legacyTaskMethods
	version := r.ProtocolVersion()
	if version >= modernVersion {
		methods = modernTaskMethods
	}
	f, ok := methods[method]
	switch {
	case !ok, version < modernVersion && !legacyTasks(ctx, version):
		return nil, exact(jsonrpc.CodeMethodNotFound, method+" is no method of version "+version)
	case version >= modernVersion && !offersTasks(r.Params.Meta):
		return nil, errNoTasks
	}
	return f(ts, ctx, r)
}

// get is tasks/get.
func (ts *tasks) get(ctx context.Context, r *taskRequest) (mcp.Result, error) {
	record, err := ts.manager.Poll(ctx, owner(r), r.Params.TaskID)
	if err != nil {
		return nil, ts.wireTaskError(err)
	}
	t := newDetailedTask(&record)
	t.ResultType = "complete"
	return t, nil
}

// update is tasks/update. Answers that nobody waits for are ignored.
func (ts *tasks) update(ctx context.Context, r *taskRequest) (mcp.Result, error) {
	if r.Params.InputResponses == nil {
		return nil, invalidParams("inputResponses are missing")
	}
	if _, err := ts.manager.Answer(ctx, owner(r), r.Params.TaskID, r.Params.InputResponses); err != nil {
		return nil, ts.wireTaskError(err)
	}
	return acknowledged(), nil
}

// cancel is tasks/cancel. In this era it is no error to be late.
func (ts *tasks) cancel(ctx context.Context, r *taskRequest) (mcp.Result, error) {
	_, err := ts.manager.Cancel(ctx, owner(r), r.Params.TaskID, cancelledByClient)
	if err != nil && !errors.Is(err, task.ErrTerminal) {
		return nil, ts.wireTaskError(err)
	}
	return acknowledged(), nil
}

// cancelledByClient is the last message of a task whose owner cancelled it.
const cancelledByClient = "the task was cancelled by request"

// advertised tells clients what the server can do with tasks, in the words of their
// era.
func (ts *tasks) advertised(ctx context.Context, r mcp.Request, result mcp.Result) (mcp.Result, error) {
	switch result := result.(type) {
	case *mcp.DiscoverResult:
		result.Capabilities.AddExtension(tasksExtension, nil)
	case *mcp.InitializeResult:
		if legacyTasks(ctx, result.ProtocolVersion) {
			return ts.legacyAdvertised(r, result)
		}
	}
	return result, nil
}
