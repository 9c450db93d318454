package task_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
)

// reads counts how often a process reads a task from the store.
func (p *process) reads() *atomic.Int64 {
	n := new(atomic.Int64)
	p.line.set(func(l *line) {
		l.before = func(op string) error {
			if op == "get" {
				n.Add(1)
			}
			return nil
		}
	})
	return n
}

func TestT25PollStorm(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Workers: -1})
		reads := p.reads()
		old := w.create(p, func(s *task.Spec) { s.Poll = 10 * time.Second }).ID
		time.Sleep(time.Minute)
		for name, row := range map[string]struct {
			id   string
			most int64 // reads in ten seconds
		}{
			"a task":    {old, 121},
			"no task":   {"none", 121},
			"a new one": {w.create(p, func(s *task.Spec) { s.Poll = time.Second }).ID, 300},
		} {
			reads.Store(0)
			var storm sync.WaitGroup
			var polls atomic.Int64
			until := time.Now().Add(10 * time.Second)
			for range 100 {
				storm.Go(func() {
					for time.Now().Before(until) {
						begun := time.Now()
						_, err := p.Poll(w.ctx, "ann", row.id)
						if (err != nil) != (row.id == "none") {
							t.Errorf("%s: %v", name, err)
						}
						if took := time.Since(begun); took > 100*time.Millisecond {
							t.Errorf("%s: a poll took %v", name, took)
						}
						polls.Add(1)
						time.Sleep(time.Microsecond)
					}
				})
			}
			storm.Wait()
			if got := reads.Load(); got > row.most || polls.Load() < 10*got {
				t.Errorf("%s: %d polls and %d reads, want at most %d", name, polls.Load(), got, row.most)
			}
			time.Sleep(time.Second)
		}
	})
}

// TestPollsArePrompt has clients poll as they were asked to.
func TestPollsArePrompt(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: lasts(30 * time.Second)})
		id := w.create(p).ID
		for range 100 {
			begun := time.Now()
			r, err := p.Poll(w.ctx, "ann", id)
			if err != nil || time.Since(begun) > 0 {
				t.Fatalf("a poll took %v, %v", time.Since(begun), err)
			}
			if ended := begun.Sub(r.Created) > 30*time.Second; ended != r.Status.Terminal() {
				t.Fatalf("%s after %v", r.Status, begun.Sub(r.Created))
			}
			time.Sleep(r.Poll)
		}
	})
}

// TestEagerPolls has a client poll a task that it has just made, without a pause.
func TestEagerPolls(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: returns(`1`)})
		for range 100 {
			begun := time.Now()
			id := w.create(p).ID
			for polls := 1; ; polls++ {
				r, err := p.Poll(w.ctx, "ann", id)
				if err != nil || polls == 20 {
					t.Fatalf("%s after %d polls, %v", r.Status, polls, err)
				}
				if r.Status.Terminal() {
					break
				}
				synctest.Wait()
			}
			if took := time.Since(begun); took > 0 {
				t.Fatalf("it took %v to learn of the end", took)
			}
		}
	})
}

// TestPollsAreFresh has a client look at once at what it has done.
func TestPollsAreFresh(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Workers: -1})
		id := w.create(p).ID
		for range 25 {
			if _, err := p.Poll(w.ctx, "ann", id); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := p.Cancel(w.ctx, "ann", id, "because"); err != nil {
			t.Fatal(err)
		}
		if r, err := p.Poll(w.ctx, "ann", id); err != nil || r.Status != task.Cancelled {
			t.Errorf("%s, %v, want that it is cancelled", r.Status, err)
		}
		if _, err := p.Poll(w.ctx, "eve", id); !errors.Is(err, task.ErrNotFound) {
			t.Errorf("another owner gets %v", err)
		}
		ctx, cancel := context.WithCancel(w.ctx)
		cancel()
		if _, err := p.Poll(ctx, "ann", id); !errors.Is(err, context.Canceled) {
			t.Errorf("error = %v, want that of the context", err)
		}
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if n := p.Polled(); n != 0 {
			t.Errorf("%d tasks are remembered for nobody", n)
		}
	})
}
