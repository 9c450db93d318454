package taskclient

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// A Task is a call that goes on in the server. Its methods may be called by several
// goroutines.
//
// A Task does nothing by itself: it is followed, and its questions are answered, while
// somebody waits for it or watches it. A question that is being answered when that
// somebody breaks out of watching stays with its handler for as long as the context
// that was given lasts.
type Task struct {
	session *Session
	options Options
	id      string

	mu       sync.Mutex
	last     *Status         // nil if none is known
	progress Progress        // as notifications of the legacy era tell it
	end      *ending         // nil until it has ended
	over     chan struct{}   // closed then
	answered map[string]bool // questions that were given to handlers, by key
	awaited  *awaited        // what a legacy server was asked for; nil for nothing
}

func newTask(s *Session, o *Options) *Task {
	t := &Task{session: s, over: make(chan struct{})}
	if o != nil {
		t.options = *o
	}
	return t
}

// ending is what a task came to.
type ending struct {
	result *mcp.CallToolResult
	err    error
}

// ID is what the server calls the task. Keep it to come back with [Session.Resume],
// also after a restart. It is "" if the call was answered without becoming a task.
func (t *Task) ID() string { return t.id }

// straight is a call that was answered.
func (t *Task) straight(result *mcp.CallToolResult, err error) (*Task, error) {
	if err != nil {
		return nil, err
	}
	t.last = &Status{State: Completed}
	t.finish(result, nil)
	return t, nil
}

// Ended reports whether the end of the task is known here, so that [Task.Wait]
// returns at once.
func (t *Task) Ended() bool { return t.ending() != nil }

func (t *Task) ending() *ending {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.end
}

// Status asks the server how the task is. After its end it is known without asking.
func (t *Task) Status(ctx context.Context) (Status, error) {
	if last := t.known(); last.State.Terminal() {
		return last, nil
	}
	w, err := t.get(ctx)
	if err != nil {
		return Status{}, err
	}
	if err := t.note(w); err != nil {
		return Status{}, err
	}
	return t.known(), nil
}

// known is the last status that is known, with the questions that are asked by hand.
func (t *Task) known() Status {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last == nil {
		return Status{}
	}
	s := *t.last
	if s.Progress == (Progress{}) && !s.State.Terminal() {
		s.Progress = t.progress
	}
	if asked := t.session.client.hands.asked(t.hand()); len(asked) > 0 {
		s.Questions = asked
	}
	return s
}

// Wait waits for the end of the task and returns its result, answering meanwhile
// what it asks. Where the server tells of changes, nothing is polled.
//
// The error is a [*FailedError] if the task failed, and wraps [ErrCancelled] if it
// was cancelled and [ErrNotFound] if the server does not know it any more. It is the
// cause of ctx if that ends first, which leaves the task alone, as do all errors
// that are not the task's: a handler that fails, an answer that the server refuses,
// a connection that is lost. The task can be waited for again, or resumed by another
// session.
func (t *Task) Wait(ctx context.Context) (*mcp.CallToolResult, error) {
	var visit func(Status) bool
	if tell := t.options.OnStatus; tell != nil {
		visit = func(s Status) bool { tell(s); return true }
	}
	if err := t.follow(ctx, visit); err != nil {
		return nil, err
	}
	end := t.ending()
	return end.result, end.err
}

// Watch yields the status of the task, and then each change until it has ended, of
// which [Task.Wait] then has the result. Changes that come faster than they are
// taken are skipped, but never the last. What the task asks is answered meanwhile.
// An error comes last, with an empty Status; it is one of those of Wait that are not
// the task's.
func (t *Task) Watch(ctx context.Context) iter.Seq2[Status, error] {
	return func(yield func(Status, error) bool) {
		err := t.follow(ctx, func(s Status) bool { return yield(s, nil) })
		if err != nil && !errors.Is(err, errEnough) {
			yield(Status{}, err)
		}
	}
}

// Cancel asks the server to cancel the task. It does not wait until the task has
// heard of it: a task may still come to another end. One that has ended already is
// left as it is, which is no error.
func (t *Task) Cancel(ctx context.Context) error {
	if t.Ended() {
		return nil
	}
	_, err := t.session.do(ctx, "tasks/cancel", &taskParams{TaskID: t.id})
	if code(err) != jsonrpc.CodeInvalidParams {
		return err
	}
	w, getErr := t.get(ctx)
	switch {
	case getErr != nil:
		return getErr
	case w.Status.Terminal(): // which the legacy era does not forgive
		return nil
	}
	return err
}

// Answer answers questions of the task, by key, as many as one likes; the others
// stay open. It is for tasks that are answered by hand, see [Options]. Answers that
// nobody waits for any more are ignored.
func (t *Task) Answer(ctx context.Context, answers mcp.InputResponseMap) error {
	if !t.session.modern() {
		t.session.client.hands.answer(t.hand(), answers)
		return nil
	}
	responses := make(map[string]json.RawMessage)
	for key, answer := range answers {
		data, err := json.Marshal(answer)
		if err != nil {
			return err
		}
		responses[key] = data
	}
	return t.update(ctx, responses)
}

// hand is the task for those who answer by hand.
func (t *Task) hand() handKey { return handKey{t.session.ClientSession, t.id} }

// update is tasks/update.
func (t *Task) update(ctx context.Context, responses map[string]json.RawMessage) error {
	_, err := t.session.do(ctx, "tasks/update", &taskParams{TaskID: t.id, InputResponses: responses})
	if code(err) != jsonrpc.CodeInvalidParams {
		return err
	}
	if _, getErr := t.get(ctx); errors.Is(getErr, ErrNotFound) {
		return getErr
	}
	return err
}

// get is tasks/get.
func (t *Task) get(ctx context.Context) (*wireTask, error) {
	w, err := t.session.do(ctx, "tasks/get", &taskParams{TaskID: t.id})
	if code(err) == jsonrpc.CodeInvalidParams {
		return nil, notFound(t.id)
	}
	return w, err
}

// note keeps what the server said of the task, unless it is late.
func (t *Task) note(w *wireTask) error {
	s, err := w.status()
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last == nil || !t.last.State.Terminal() {
		t.last = s
	}
	return nil
}

// advance keeps how far the task is.
func (t *Task) advance(p Progress) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.progress = p
}

// finish keeps what the task came to.
func (t *Task) finish(result *mcp.CallToolResult, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.end == nil {
		t.end = &ending{result, err}
		close(t.over)
	}
}
