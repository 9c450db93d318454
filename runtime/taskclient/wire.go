package taskclient

import (
	"context"
	"encoding/json"
	"maps"
	"time"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// wireTask is a task as either era has it: with what depends on the status in the
// modern era, and as the member task of the answer to a call in the legacy one.
type wireTask struct {
	mcp.ResultBase
	ResultType     string              `json:"resultType"`
	TaskID         string              `json:"taskId"`
	Status         State               `json:"status"`
	StatusMessage  string              `json:"statusMessage"`
	CreatedAt      string              `json:"createdAt"`
	LastUpdatedAt  string              `json:"lastUpdatedAt"`
	TTLMs          float64             `json:"ttlMs"`
	TTL            float64             `json:"ttl"`
	PollIntervalMs float64             `json:"pollIntervalMs"`
	PollInterval   float64             `json:"pollInterval"`
	InputRequests  map[string]question `json:"inputRequests"`
	Result         json.RawMessage     `json:"result"`
	Error          *jsonrpc.Error      `json:"error"`
	Task           *wireTask           `json:"task"`
}

// question is a request of the server that a task waits for.
type question struct {
	Method string          `json:"method"`
	Params json.RawMessage `json:"params,omitempty"`
}

// readTask reads a task.
func readTask(data json.RawMessage) (*wireTask, error) {
	w := new(wireTask)
	if err := json.Unmarshal(data, w); err != nil {
		return nil, err
	}
	return w, nil
}

// readCreated reads the task that a call became, and returns nil if it was answered.
func readCreated(result json.RawMessage) *wireTask {
	w, err := readTask(result)
	switch {
	case err != nil:
		return nil
	case w.ResultType == "task" && w.TaskID != "":
		return w
	case w.Task != nil && w.Task.TaskID != "":
		return w.Task
	}
	return nil
}

// readProgress reads how far which task is, from a notification of the legacy era.
func readProgress(data json.RawMessage) (id string, p Progress, ok bool) {
	var n struct {
		Progress, Total float64
		Meta            struct {
			Related struct{ TaskID string } `json:"io.modelcontextprotocol/related-task"`
		} `json:"_meta"`
	}
	err := json.Unmarshal(data, &n)
	return n.Meta.Related.TaskID, Progress{n.Progress, n.Total}, err == nil && n.Meta.Related.TaskID != ""
}

// status is what there is to tell of w.
func (w *wireTask) status() (*Status, error) {
	s := &Status{
		ID:           w.TaskID,
		State:        w.Status,
		Message:      w.StatusMessage,
		Created:      timestamp(w.CreatedAt),
		Updated:      timestamp(w.LastUpdatedAt),
		TTL:          milliseconds(max(w.TTLMs, w.TTL)),
		PollInterval: milliseconds(max(w.PollIntervalMs, w.PollInterval)),
	}
	if told, ok := w.Meta[frame.ProgressKey]; ok {
		data, err := json.Marshal(told)
		if err == nil {
			err = json.Unmarshal(data, &s.Progress)
		}
		if err != nil {
			return nil, err
		}
	}
	if len(w.InputRequests) == 0 {
		return s, nil
	}
	data, err := json.Marshal(w.InputRequests)
	if err != nil {
		return nil, err
	}
	return s, json.Unmarshal(data, &s.Questions)
}

// timestamp reads a time. One that cannot be read is the zero time: nothing depends
// on it.
func timestamp(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	return t
}

// milliseconds is a duration that a server may have made very long.
func milliseconds(ms float64) time.Duration {
	const year = 365 * 24 * time.Hour
	return time.Duration(min(max(ms, 0), float64(year/time.Millisecond))) * time.Millisecond
}

// taskParams are the parameters of the methods of tasks.
type taskParams struct {
	mcp.ParamsBase
	TaskID         string                     `json:"taskId"`
	InputResponses map[string]json.RawMessage `json:"inputResponses,omitempty"`
}

// listenParams are the parameters of subscriptions/listen.
type listenParams struct {
	mcp.ParamsBase
	Notifications struct {
		TaskIDs []string `json:"taskIds"`
	} `json:"notifications"`
}

// taskMethods are those of both eras that are about one task, and return nothing
// but it.
var taskMethods = []string{"tasks/get", "tasks/update", "tasks/cancel"}

// addTaskMethods has the SDK's client know the methods of tasks.
func addTaskMethods(c *mcp.Client) error {
	for _, method := range taskMethods {
		if err := mcp.AddSendingCustomMethod[*taskParams, *wireTask](c, method); err != nil {
			return err
		}
	}
	return mcp.AddSendingCustomMethod[*taskParams, *mcp.CallToolResult](c, "tasks/result")
}

// do calls one of the task methods.
func (s *Session) do(ctx context.Context, method string, params *taskParams) (*wireTask, error) {
	e := newExchange()
	defer s.tap.forget(e)
	defer e.close()
	return mcp.CallCustomMethod[*taskParams, *wireTask](e.with(ctx), s.ClientSession, method, params)
}

// result is tasks/result: it waits for the end of a task.
func (s *Session) result(ctx context.Context, id string) (*mcp.CallToolResult, error) {
	return mcp.CallCustomMethod[*taskParams, *mcp.CallToolResult](private(ctx), s.ClientSession, "tasks/result", &taskParams{TaskID: id})
}

// listen asks to be told of a task, until ctx ends. The exchange is over when the
// server will tell nothing more.
func (s *Session) listen(ctx context.Context, e *exchange, id string) {
	params := new(listenParams)
	params.Notifications.TaskIDs = []string{id}
	// The SDK does not wait for the response, nor does it tell of errors.
	if _, err := mcp.CallCustomMethod[*listenParams, *mcp.SubscriptionsListenResult](e.with(ctx), s.ClientSession, "subscriptions/listen", params); err != nil {
		e.end(nil)
	}
}

// copied is params that can be changed.
func copied(params *mcp.CallToolParams) *mcp.CallToolParams {
	if params == nil {
		return new(mcp.CallToolParams)
	}
	c := *params
	c.Meta = maps.Clone(c.Meta)
	return &c
}
