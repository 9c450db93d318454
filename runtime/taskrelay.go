//lint:file-ignore SA1019 sampling and roots are deprecated since 2026-07-28, and clients still offer them

package runtime

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"sync"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// relay puts the questions of a task to a legacy client that waits for the task.
// Several may do so for the same task: the first answer counts.
type relay struct {
	tasks   *tasks
	request *taskRequest
	asked   map[string]bool
	asking  sync.WaitGroup
}

func newRelay(ts *tasks, r *taskRequest) *relay {
	return &relay{tasks: ts, request: r, asked: make(map[string]bool)}
}

// ask puts a question, once. If the client does not answer it, there is no use in
// waiting on, and fail is told why.
func (y *relay) ask(ctx context.Context, fail context.CancelCauseFunc, q task.Question) {
	if y.asked[q.Key] {
		return
	}
	y.asked[q.Key] = true
	y.asking.Go(func() {
		if err := y.put(ctx, q); err != nil {
			fail(fmt.Errorf("the task waits for an answer: %w", err))
		}
	})
}

// wait waits until nobody asks any more.
func (y *relay) wait() { y.asking.Wait() }

// put asks the client and gives its answer to the task.
func (y *relay) put(ctx context.Context, asked task.Question) error {
	q, err := readQuestion(asked)
	if err != nil {
		return err
	}
	id := y.request.Params.TaskID
	belong(q.params, id)
	response, err := send(ctx, y.request.Session, y.request.ProtocolVersion(), q)
	if err != nil {
		return err
	}
	a, err := newAnswer(response)
	if err != nil {
		return err
	}
	given := a.Result
	if given == nil {
		if given, err = json.Marshal(a); err != nil {
			return err
		}
	}
	_, err = y.tasks.manager.Answer(ctx, owner(y.request), id, map[string]json.RawMessage{asked.Key: given})
	return err
}

// belong marks a question as that of a task.
func belong(params mcp.InputRequest, id string) {
	meta := relatedTask(id)
	switch p := params.(type) {
	case *mcp.ElicitParams:
		maps.Copy(meta, p.Meta)
		p.Meta = meta
	case *mcp.CreateMessageParams:
		maps.Copy(meta, p.Meta)
		p.Meta = meta
	case *mcp.ListRootsParams:
		maps.Copy(meta, p.Meta)
		p.Meta = meta
	}
}
