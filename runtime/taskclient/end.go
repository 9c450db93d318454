package taskclient

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// conclude finishes a task that has ended, in the modern era. Whoever told of the
// end may have left out what it came to.
func (f *follower) conclude(ctx context.Context, w *wireTask) (err error) {
	if w.Status == Completed && w.Result == nil || w.Status == Failed && w.Error == nil {
		if w, err = f.get(ctx); err != nil {
			return f.fail(err)
		}
	}
	switch w.Status {
	case Completed:
		result := new(mcp.CallToolResult)
		if err := json.Unmarshal(w.Result, result); err != nil {
			return err
		}
		f.finish(result, nil)
	case Failed:
		f.finish(nil, &FailedError{f.id, w.StatusMessage, cmp.Or(w.Error, &jsonrpc.Error{Message: w.StatusMessage})})
	case Cancelled:
		f.finish(nil, cancelled(f.id, w.StatusMessage))
	}
	return nil
}

// awaited is a request for the result of a legacy task, which comes when the task has
// ended. The questions of the task come on the way.
type awaited struct {
	ending
	done chan struct{} // closed when there is an ending, which may be an error of the request
}

// await asks for the result, unless that is under way.
func (t *Task) await(ctx context.Context) *awaited {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.awaited == nil {
		a := &awaited{done: make(chan struct{})}
		t.awaited = a
		go func() {
			defer close(a.done)
			a.result, a.err = t.session.result(ctx, t.id)
		}()
	}
	return t.awaited
}

// dismiss has the result asked for again, if need be.
func (t *Task) dismiss(a *awaited) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.awaited == a {
		t.awaited = nil
	}
}

// resultReady is closed when a legacy server has answered for the result.
func (f *follower) resultReady() <-chan struct{} {
	if f.awaited == nil {
		return nil
	}
	return f.awaited.done
}

// settle takes what tasks/result came to, in the legacy era.
func (f *follower) settle(ctx context.Context) error {
	end := f.awaited.ending
	f.dismiss(f.awaited)
	f.awaited = nil
	switch {
	case end.err == nil:
	case ctx.Err() == nil && (errors.Is(end.err, context.Canceled) || errors.Is(end.err, context.DeadlineExceeded)):
		f.attend(ctx) // the one who was asking has gone
		return nil
	default:
		return f.settleError(ctx, end.err)
	}
	if f.visit != nil && !f.known().State.Terminal() {
		if w, err := f.get(ctx); err == nil { // for the last message
			f.note(w)
		}
	}
	f.imply(end.result)
	f.finish(end.result, nil)
	return nil
}

// settleError finds out from the status whether an error is that of the task or of
// the request for its result.
func (f *follower) settleError(ctx context.Context, problem error) error {
	w, err := f.get(ctx)
	if err != nil {
		return f.fail(err)
	}
	if err := f.note(w); err != nil {
		return err
	}
	var wire *jsonrpc.Error
	answered := errors.As(problem, &wire)
	switch {
	case w.Status == Cancelled:
		f.finish(nil, cancelled(f.id, w.StatusMessage))
	case w.Status == Failed && answered:
		f.finish(nil, &FailedError{f.id, w.StatusMessage, wire})
	case answered: // a handler did not answer a question, say: it would be asked again
		return problem
	default:
		return f.fail(problem)
	}
	return nil
}

// imply notes that there is a result, if the server has not said that there will be no
// more.
func (t *Task) imply(result *mcp.CallToolResult) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := Status{ID: t.id}
	if t.last != nil {
		s = *t.last
	}
	if s.State.Terminal() {
		return
	}
	s.State = Completed
	if result.IsError {
		s.State = Failed
	}
	t.last = &s
}
