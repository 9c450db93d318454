package runtime

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// modernTask is a task as 2026-07-28 has it: the extension's Task, or with what
// depends on the status its DetailedTask.
type modernTask struct {
	mcp.ResultBase
	ResultType     string                     `json:"resultType,omitempty"`
	TaskID         string                     `json:"taskId"`
	Status         task.Status                `json:"status"`
	StatusMessage  string                     `json:"statusMessage,omitempty"`
	CreatedAt      string                     `json:"createdAt"`
	LastUpdatedAt  string                     `json:"lastUpdatedAt"`
	TTLMs          int64                      `json:"ttlMs"`
	PollIntervalMs int64                      `json:"pollIntervalMs,omitempty"`
	InputRequests  map[string]json.RawMessage `json:"inputRequests,omitempty"`
	Result         json.RawMessage            `json:"result,omitempty"`
	Error          *task.Error                `json:"error,omitempty"`
}

// newModernTask is the extension's Task.
func newModernTask(r *task.Record) *modernTask {
	return &modernTask{
		ResultBase:     mcp.ResultBase{Meta: progressMeta(r)},
		TaskID:         r.ID,
		Status:         r.Status,
		StatusMessage:  statusMessage(r),
		CreatedAt:      timestamp(r.Created),
		LastUpdatedAt:  timestamp(r.Updated),
		TTLMs:          r.TTL.Milliseconds(),
		PollIntervalMs: r.Poll.Milliseconds(),
	}
}

// newDetailedTask is the extension's DetailedTask.
func newDetailedTask(r *task.Record) *modernTask {
	t := newModernTask(r)
	t.Result, t.Error = completed(r.Result), r.Error
	for _, q := range r.Open() {
		if t.InputRequests == nil {
			t.InputRequests = make(map[string]json.RawMessage)
		}
		t.InputRequests[q.Key] = q.Request
	}
	return t
}

// completed is the result of a call as this era has it, in which every result tells
// its type. It may be large, and is not taken apart for that; content it always has.
func completed(result json.RawMessage) json.RawMessage {
	members, ok := bytes.CutPrefix(result, []byte("{"))
	if !ok {
		return nil
	}
	return slices.Concat([]byte(`{"resultType":"complete",`), members)
}

// legacyTask is the Task of 2025-11-25.
type legacyTask struct {
	TaskID        string      `json:"taskId"`
	Status        task.Status `json:"status"`
	StatusMessage string      `json:"statusMessage,omitempty"`
	CreatedAt     string      `json:"createdAt"`
	LastUpdatedAt string      `json:"lastUpdatedAt"`
	TTL           int64       `json:"ttl"`
	PollInterval  int64       `json:"pollInterval,omitempty"`
}

func newLegacyTask(r *task.Record) legacyTask {
	t := legacyTask{
		TaskID:        r.ID,
		Status:        r.Status,
		StatusMessage: statusMessage(r),
		CreatedAt:     timestamp(r.Created),
		LastUpdatedAt: timestamp(r.Updated),
		TTL:           r.TTL.Milliseconds(),
		PollInterval:  r.Poll.Milliseconds(),
	}
	if r.ToolError { // is completed for the other era
		t.Status = task.Failed
	}
	return t
}

// timestamp is t in ISO 8601.
func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// progressMeta is the _meta of a task that is on its way, for clients that show how
// far: neither era has a place for numbers.
func progressMeta(r *task.Record) mcp.Meta {
	if r.Status.Terminal() || r.Progress.Done == 0 {
		return nil
	}
	return mcp.Meta{frame.ProgressKey: r.Progress}
}

// statusMessage tells people where a task is, with its progress if it has nothing
// else to say.
func statusMessage(r *task.Record) string {
	if r.Message != "" || r.Status.Terminal() || r.Progress.Done == 0 {
		return r.Message
	}
	done := strconv.FormatFloat(r.Progress.Done, 'f', -1, 64)
	if r.Progress.Total == 0 {
		return done
	}
	return fmt.Sprintf("%s of %s", done, strconv.FormatFloat(r.Progress.Total, 'f', -1, 64))
}

// acknowledgement is the empty result of the modern era.
type acknowledgement struct {
	mcp.ResultBase
	ResultType string `json:"resultType"`
}

func acknowledged() mcp.Result { return &acknowledgement{ResultType: "complete"} }

// legacyCreated is the CreateTaskResult of 2025-11-25.
type legacyCreated struct {
	mcp.ResultBase
	Task legacyTask `json:"task"`
}

// legacyStatus is a Task of 2025-11-25 as a result, or as the params of a notification.
type legacyStatus struct {
	mcp.ResultBase
	legacyTask
}

func newLegacyStatus(r *task.Record) *legacyStatus {
	return &legacyStatus{ResultBase: mcp.ResultBase{Meta: progressMeta(r)}, legacyTask: newLegacyTask(r)}
}

// legacyList is the ListTasksResult of 2025-11-25.
type legacyList struct {
	mcp.ResultBase
	Tasks      []legacyTask `json:"tasks"`
	NextCursor string       `json:"nextCursor,omitempty"`
}

// members is a result of the SDK or of a task with members added or replaced.
type members struct {
	mcp.ResultBase
	of map[string]json.RawMessage
}

// newMembers takes any result apart. Numbers stay as they are written.
func newMembers(result []byte) (*members, error) {
	m := new(members)
	if err := json.Unmarshal(result, &m.of); err != nil {
		return nil, err
	}
	if meta := m.of["_meta"]; meta != nil {
		if err := json.Unmarshal(meta, &m.Meta); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// MarshalJSON is for the SDK.
func (m *members) MarshalJSON() ([]byte, error) {
	of := maps.Clone(m.of)
	delete(of, "_meta")
	if len(m.Meta) > 0 {
		meta, err := json.Marshal(m.Meta)
		if err != nil {
			return nil, err
		}
		of["_meta"] = meta
	}
	return json.Marshal(of)
}

// relatedTask is the _meta of what belongs to a task, in 2025-11-25.
func relatedTask(id string) mcp.Meta {
	return mcp.Meta{"io.modelcontextprotocol/related-task": map[string]any{"taskId": id}}
}

// exactError is a JSON-RPC error whose message the SDK leaves as it is. It replaces
// that of what it recognises as code -32601, and drops the data of what it does not.
type exactError struct{ wire jsonrpc.Error }

func exact(code int64, message string) error {
	return &exactError{jsonrpc.Error{Code: code, Message: message}}
}

func (e *exactError) Error() string { return e.wire.Message }

// As has the SDK find the error, though not compare it.
func (e *exactError) As(target any) bool {
	wire, ok := target.(**jsonrpc.Error)
	if ok {
		*wire = &e.wire
	}
	return ok
}

// errUnknownTask is the answer about every task that a caller may not know of.
var errUnknownTask error = &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: task.ErrNotFound.Error()}

// wireTaskError is an error of a [task.Manager] for clients.
func (ts *tasks) wireTaskError(err error) error {
	var invalid task.InvalidAnswers
	switch {
	case errors.Is(err, task.ErrNotFound):
		return errUnknownTask
	case errors.Is(err, task.ErrTerminal):
		return &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: task.ErrTerminal.Error()}
	case errors.As(err, &invalid):
		return &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: err.Error()}
	}
	ts.server.log.Error("the task store does not answer", "error", err)
	return &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: "tasks cannot be reached at the moment"}
}
