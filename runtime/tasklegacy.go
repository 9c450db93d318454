package runtime

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"

	"github.com/mcpgen/mcpgen/runtime/internal/notify"
	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// legacyTasks reports whether a legacy client has tasks: only one version has them,
// and the SDK's own transports lose what a call says of them.
func legacyTasks(ctx context.Context, version string) bool {
	return version == legacyVersion && notify.From(ctx) != nil
}

// legacyAdvertised is the answer to initialize, with what the SDK has no field for.
func (ts *tasks) legacyAdvertised(r mcp.Request, result *mcp.InitializeResult) (mcp.Result, error) {
	tasks := map[string]any{
		"cancel":   struct{}{},
		"requests": map[string]any{"tools": map[string]any{"call": struct{}{}}},
	}
	if mayList(r) {
		tasks["list"] = struct{}{}
	}
	return amended(result, "capabilities", func(capabilities map[string]json.RawMessage) (err error) {
		capabilities["tasks"], err = json.Marshal(tasks)
		return err
	})
}

// amended is a result of the SDK with one of its members changed, an object.
func amended(result mcp.Result, member string, change func(map[string]json.RawMessage) error) (mcp.Result, error) {
	data, err := json.Marshal(result)
	if err != nil {
		return nil, err
	}
	m, err := newMembers(data)
	if err != nil {
		return nil, err
	}
	object := make(map[string]json.RawMessage)
	if err := json.Unmarshal(m.of[member], &object); err != nil {
		return nil, err
	}
	if err := change(object); err != nil {
		return nil, err
	}
	m.of[member], err = json.Marshal(object)
	return m, err
}

// mayList reports whether the owner of a request is somebody in particular. Others
// would see the tasks of strangers.
func mayList(r mcp.Request) bool { return owner(r) != "" }

// listed says of each tool in a list how it can run, which the SDK has no field
// for, and the newer era no need.
func (ts *tasks) listed(ctx context.Context, r mcp.Request, result mcp.Result) (mcp.Result, error) {
	list, ok := result.(*mcp.ListToolsResult)
	if versioned, is := r.(request); !ok || !is || !legacyTasks(ctx, versioned.ProtocolVersion()) {
		return result, nil
	}
	data, err := json.Marshal(list)
	if err != nil {
		return nil, err
	}
	m, err := newMembers(data)
	if err != nil {
		return nil, err
	}
	var tools []map[string]json.RawMessage
	if err := json.Unmarshal(m.of["tools"], &tools); err != nil {
		return nil, err
	}
	support := ts.support()
	for i, t := range list.Tools {
		if how := support[t.Name]; how != "" {
			tools[i]["execution"] = json.RawMessage(`{"taskSupport":"` + how + `"}`)
		}
	}
	m.of["tools"], err = json.Marshal(tools)
	return m, err
}

// support is how a legacy client may call tools, by their names, but for those that it
// may only call directly.
func (ts *tasks) support() map[string]string {
	how := make(map[string]string, len(ts.tools))
	for _, t := range ts.tools {
		how[t.Name] = map[TaskSupport]string{TaskOptional: "optional", TaskRequired: "required"}[t.Task]
	}
	return how
}

// legacyGet is tasks/get of 2025-11-25, without the result.
func (ts *tasks) legacyGet(ctx context.Context, r *taskRequest) (mcp.Result, error) {
	record, err := ts.manager.Poll(ctx, owner(r), r.Params.TaskID)
	if err != nil {
		return nil, ts.wireTaskError(err)
	}
	return newLegacyStatus(&record), nil
}

// legacyCancel is tasks/cancel of 2025-11-25. In this era it is an error to be late.
func (ts *tasks) legacyCancel(ctx context.Context, r *taskRequest) (mcp.Result, error) {
	record, err := ts.manager.Cancel(ctx, owner(r), r.Params.TaskID, cancelledByClient)
	if err != nil {
		return nil, ts.wireTaskError(err)
	}
	return newLegacyStatus(&record), nil
}

// listPage is how many tasks are listed at a time.
const listPage = 100

// legacyList is tasks/list. Its cursor is the id of the last task.
func (ts *tasks) legacyList(ctx context.Context, r *taskRequest) (mcp.Result, error) {
	if !mayList(r) {
		return nil, exact(jsonrpc.CodeMethodNotFound, "tasks are not listed for callers of whom nobody knows who they are")
	}
	after, err := base64.RawURLEncoding.DecodeString(r.Params.Cursor)
	if err != nil {
		return nil, invalidParams("the cursor is none of this server")
	}
	records, err := ts.manager.List(ctx, owner(r), string(after), listPage)
	if err != nil {
		return nil, ts.wireTaskError(err)
	}
	list := &legacyList{Tasks: []legacyTask{}}
	for i := range records {
		list.Tasks = append(list.Tasks, newLegacyTask(&records[i]))
	}
	if len(records) == listPage {
		list.NextCursor = base64.RawURLEncoding.EncodeToString([]byte(records[listPage-1].ID))
	}
	return list, nil
}

// legacyResult is tasks/result: it waits for the end of a task, and meanwhile has
// its questions answered by the client that waits.
func (ts *tasks) legacyResult(ctx context.Context, r *taskRequest) (mcp.Result, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(ts.server.parting, func() { cancel(errStopped) })()
	relay := newRelay(ts, r)
	defer relay.wait()
	defer cancel(nil)
	for record, err := range ts.manager.Watch(ctx, owner(r), r.Params.TaskID) {
		switch {
		case err != nil && context.Cause(ctx) != nil:
			return nil, wireError(context.Cause(ctx))
		case err != nil:
			return nil, ts.wireTaskError(err)
		case record.Status.Terminal():
			return legacyEnd(&record)
		}
		for _, q := range record.Open() {
			relay.ask(ctx, cancel, q)
		}
	}
	return nil, wireError(errStopped)
}

// legacyEnd is what the call would have been answered that became this task.
func legacyEnd(r *task.Record) (mcp.Result, error) {
	switch {
	case r.Status == task.Cancelled:
		return nil, &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: r.Message}
	case r.Error != nil && r.Error.Code == jsonrpc.CodeMethodNotFound:
		return nil, exact(jsonrpc.CodeMethodNotFound, r.Error.Message)
	case r.Error != nil:
		return nil, &jsonrpc.Error{Code: int64(r.Error.Code), Message: r.Error.Message, Data: r.Error.Data}
	}
	m, err := newMembers(r.Result)
	if err != nil {
		return nil, errors.Join(errors.New("the result of a task"), err)
	}
	if m.Meta == nil {
		m.Meta = make(mcp.Meta)
	}
	maps.Copy(m.Meta, relatedTask(r.ID))
	return m, nil
}
