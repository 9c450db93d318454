package task_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/task/memstore"
)

// A world is a store and the processes that share it, in a bubble of synctest.
type world struct {
	*testing.T
	store *memstore.Store
	ctx   context.Context
}

// inWorld runs a test in a bubble.
func inWorld(t *testing.T, test func(*world)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := &world{T: t, store: memstore.New(memstore.Options{}), ctx: t.Context()}
		t.Cleanup(func() { w.store.Close() })
		test(w)
	})
}

// A process is a Manager with its own way to the store, which can be cut.
type process struct {
	*task.Manager
	line *line
}

// process starts a process. Its tasks are of kind "k" unless the options say
// otherwise.
func (w *world) process(o task.Options) *process {
	l := &line{Store: w.store}
	l.alive, l.kill = context.WithCancel(context.Background())
	if o.Kinds == nil {
		o.Kinds = []string{"k"}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	p := &process{task.NewManager(l, o), l}
	p.Start()
	w.Cleanup(func() {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		p.Stop(ctx)
		l.kill()
	})
	return p
}

var errDown = errors.New("no connection to the store")

// A line is one process' connection to the store.
type line struct {
	task.Store
	durable bool
	alive   context.Context
	kill    context.CancelFunc

	mu     sync.Mutex
	down   bool
	hangs  bool                  // nothing is refused, and nothing comes back
	before func(op string) error // may refuse an operation
	after  func(op string) error // may lose the answer to an operation
	frozen bool                  // heartbeats do not arrive
}

func (l *line) Durable() bool { return l.durable }

// use does an operation if the line permits it.
func (l *line) use(ctx context.Context, op string, do func() error) error {
	l.mu.Lock()
	down, hangs, before, after := l.down, l.hangs, l.before, l.after
	l.mu.Unlock()
	if hangs {
		<-ctx.Done()
		return ctx.Err()
	}
	if down || l.alive.Err() != nil {
		return errDown
	}
	if before != nil {
		if err := before(op); err != nil {
			return err
		}
	}
	err := do()
	if err == nil && after != nil {
		err = after(op)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil && l.down {
		err = errDown // the answer is lost
	}
	return err
}

func (l *line) Create(ctx context.Context, n task.NewEntry) (e task.Entry, err error) {
	err = l.use(ctx, "create", func() error { e, err = l.Store.Create(ctx, n); return err })
	return e, err
}

func (l *line) CreateClaimed(ctx context.Context, n task.NewEntry, lease time.Duration) (c task.Claim, err error) {
	err = l.use(ctx, "create", func() error { c, err = l.Store.CreateClaimed(ctx, n, lease); return err })
	return &lineClaim{c, l}, err
}

func (l *line) Get(ctx context.Context, key task.Key, parts task.Parts) (e task.Entry, err error) {
	err = l.use(ctx, "get", func() error { e, err = l.Store.Get(ctx, key, parts); return err })
	return e, err
}

func (l *line) Update(ctx context.Context, c task.Change) (e task.Entry, err error) {
	err = l.use(ctx, "update", func() error { e, err = l.Store.Update(ctx, c); return err })
	return e, err
}

func (l *line) Claim(ctx context.Context, kinds []string, lease time.Duration) (c task.Claim, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(l.alive, cancel)()
	err = l.use(ctx, "claim", func() error { c, err = l.Store.Claim(ctx, kinds, lease); return err })
	return &lineClaim{c, l}, err
}

func (l *line) Watch(ctx context.Context, key task.Key) iter.Seq2[task.Entry, error] {
	return func(yield func(task.Entry, error) bool) {
		for e, err := range l.Store.Watch(ctx, key) {
			if down := l.use(ctx, "watch", func() error { return nil }); down != nil {
				e, err = task.Entry{}, down
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

type lineClaim struct {
	task.Claim
	l *line
}

func (c *lineClaim) Extend(ctx context.Context) error {
	c.l.mu.Lock()
	frozen := c.l.frozen
	c.l.mu.Unlock()
	if frozen {
		return nil // as an engine does that cannot tell
	}
	return c.l.use(ctx, "extend", func() error { return c.Claim.Extend(ctx) })
}

func (c *lineClaim) Release(ctx context.Context, after time.Duration) error {
	return c.l.use(ctx, "release", func() error { return c.Claim.Release(ctx, after) })
}

func (c *lineClaim) Done(ctx context.Context) error {
	return c.l.use(ctx, "done", func() error { return c.Claim.Done(ctx) })
}

// returns is a Runner that returns this result at once.
func returns(result string) task.RunnerFunc {
	return func(context.Context, *task.Run) (task.Outcome, error) {
		return task.Outcome{Result: json.RawMessage(result)}, nil
	}
}

// lasts is a Runner that takes a while, unless its context ends.
func lasts(d time.Duration) task.RunnerFunc {
	return func(ctx context.Context, _ *task.Run) (task.Outcome, error) {
		select {
		case <-time.After(d):
			return task.Outcome{Result: json.RawMessage(`"done"`)}, nil
		case <-ctx.Done():
			return task.Outcome{}, context.Cause(ctx)
		}
	}
}

// spec is a task of Ann's.
func spec(edits ...func(*task.Spec)) task.Spec {
	s := task.Spec{Owner: "ann", Kind: "k", Payload: []byte(`{}`)}
	for _, edit := range edits {
		edit(&s)
	}
	return s
}

func idempotent(s *task.Spec) { s.Idempotent = true }

// create creates a task.
func (w *world) create(p *process, edits ...func(*task.Spec)) task.Record {
	w.Helper()
	r, err := p.Create(w.ctx, spec(edits...))
	if err != nil {
		w.Fatal(err)
	}
	return r
}

// wait waits for the end of a task.
func (w *world) wait(p *process, id string) task.Record {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 48*time.Hour)
	defer cancel()
	r, err := p.Wait(ctx, "ann", id)
	if err != nil {
		w.Fatal(err)
	}
	return r
}

// get returns a task as it is once nothing moves any more.
func (w *world) get(p *process, id string) task.Record {
	w.Helper()
	synctest.Wait()
	r, err := p.Get(w.ctx, "ann", id)
	if err != nil {
		w.Fatal(err)
	}
	return r
}

// ended checks how a task has ended.
func (w *world) ended(r task.Record, want task.Status, message string) {
	w.Helper()
	if r.Status != want || r.Message != message {
		w.Errorf("task is %s, %q; want %s, %q", r.Status, r.Message, want, message)
	}
	if (r.Error != nil) != (want == task.Failed) {
		w.Errorf("%s with error %v", r.Status, r.Error)
	}
}

// free counts the free places once nothing moves any more.
func (w *world) free(p *process) (workers, straight int) {
	synctest.Wait()
	return p.Free()
}

func (w *world) is(got, want error) {
	w.Helper()
	if !errors.Is(got, want) {
		w.Errorf("error %v, want %v", got, want)
	}
}

const (
	workerLost    = "worker lost: the process that ran this task is gone, and the task may not be started again"
	workerStopped = "worker stopped: the process that ran this task was shut down, and the task may not be started again"
)
