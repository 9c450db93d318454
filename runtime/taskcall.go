package runtime

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"sync/atomic"

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
	straight := new(straight)
	answer, err := ts.manager.Call(context.WithValue(ctx, straightKey{}, straight), spec)
	switch end := straight.end.Load(); {
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

// requested is the task that the call of a client may become.
func (ts *tasks) requested(ctx context.Context, c *Call, t *tool) (task.Spec, error) {
	k := capture(c, t)
	if err := k.answered(ctx, c); err != nil {
		return task.Spec{}, err
	}
	spec, err := ts.spec(k, c, t)
	if err != nil {
		return task.Spec{}, err
	}
	if spec.Once, err = onceOf(c); err != nil {
		return task.Spec{}, err
	}
	if spec.Once != "" {
		spec.Digest = hex.EncodeToString(digest(string(canonical(k.Arguments))))
	}
	if ttl, asked := askedTask(ctx, c); asked {
		spec.Required = true
		if ttl > 0 {
			spec.TTL = ttl
		}
	}
	return spec, nil
}

// onceKey is the member of a request's _meta by which a client that does not know
// whether it was heard says that this is the same call. It is of this project, not of
// the protocol.
const onceKey = "io.github.mcpgen/idempotency-key"

// maxOnce is more than any client needs, of which a UUID is usual.
const maxOnce = 255

// onceOf is the client's key for a call, "" for none.
func onceOf(c *Call) (string, error) {
	value, given := c.Meta()[onceKey]
	if !given {
		return "", nil
	}
	key, ok := value.(string)
	if !ok || key == "" || len(key) > maxOnce {
		return "", invalidParams("%s has to be a text of 1 to %d bytes", onceKey, maxOnce)
	}
	return key, nil
}

// spec is a task that does what was kept of a call.
func (ts *tasks) spec(k *captured, c *Call, t *tool) (task.Spec, error) {
	payload, err := json.Marshal(k)
	if err != nil {
		return task.Spec{}, err
	}
	return task.Spec{
		Owner:      ts.ownerOf(c),
		Kind:       t.taskKind(),
		Payload:    payload,
		TTL:        t.TTL,
		Poll:       t.Poll,
		Timeout:    t.Timeout,
		Retries:    t.Retries,
		Idempotent: t.Idempotent == True,
		Report: func(message string, p task.Progress) {
			c.Progress().Report(p.Done, p.Total, message)
		},
	}, nil
}

// ownerOf is the owner of a task that c may become. Operators are told if that is
// nobody in particular although there is a token.
func (ts *tasks) ownerOf(c *Call) string {
	owner := owner(c.request)
	if owner == "" && c.Token() != nil {
		ts.nameless.Do(func() {
			ts.server.log.Warn("the verifier of tokens does not name users: nothing but the ids protects their tasks, and nobody can list them")
		})
	}
	return owner
}

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
	result, err := ts.perform(ctx, c, t)
	cause := context.Cause(ctx)
	if err == nil {
		cause = nil // it was done nevertheless
	}
	if end, ok := ctx.Value(straightKey{}).(*straight); ok && r.Straight() {
		end.set(result, err, cause, t)
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
