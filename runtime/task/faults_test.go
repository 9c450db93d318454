package task_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/task/memstore"
)

// The tests in this file are the faults that tasks have to survive, by their
// numbers in the list that the project keeps of them. Missing numbers are faults
// of drivers, transports and renderings. To kill a process is to cut its line to
// the store: nothing that its functions do later can be seen by anybody.

const lease = 15 * time.Second

// kill ends a process as SIGKILL does, as far as all others can tell.
func (p *process) kill() { p.line.kill() }

// set changes the line under its lock.
func (l *line) set(change func(*line)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	change(l)
}

func retries(n int) func(*task.Spec) { return func(s *task.Spec) { s.Retries = n } }

func TestT1WorkerIsKilled(t *testing.T) {
	inWorld(t, func(w *world) {
		over, cancel := context.WithCancel(w.ctx)
		cancel()
		front := w.process(task.Options{Workers: -1})
		for i := range 200 {
			var mu sync.Mutex
			var starts []time.Time
			where := make(chan *process, 10)
			worker := func() *process {
				var p *process
				p = w.process(task.Options{Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
					mu.Lock()
					starts = append(starts, time.Now())
					mu.Unlock()
					where <- p
					return lasts(40*time.Second)(ctx, r)
				})})
				return p
			}
			workers := []*process{worker(), worker(), worker()}
			repeat := i%2 == 0
			id := w.create(front, func(s *task.Spec) { s.Idempotent = repeat }).ID
			time.Sleep(rand.N(39 * time.Second))
			killed := time.Now()
			(<-where).kill()
			ended := w.wait(front, id)
			mu.Lock()
			if repeat {
				w.ended(ended, task.Completed, "")
				if len(starts) != 2 || starts[1].Sub(killed) > lease+time.Second {
					t.Errorf("started at %v, killed at %v", starts, killed)
				}
			} else {
				w.ended(ended, task.Failed, workerLost)
				if took := time.Since(killed); took > lease+time.Second || len(starts) != 1 {
					t.Errorf("%d starts; it took %v to tell", len(starts), took)
				}
			}
			mu.Unlock()
			for _, p := range workers {
				p.kill()
				p.Stop(over)
			}
			synctest.Wait()
		}
	})
}

func TestT2CreateIsDurable(t *testing.T) {
	inWorld(t, func(w *world) {
		front := w.process(task.Options{Workers: -1})
		id := w.create(front).ID
		front.kill()
		r := w.wait(w.process(task.Options{Runner: returns(`1`)}), id)
		w.ended(r, task.Completed, "")
	})
}

func TestT3KilledBetweenStoringAndAnswering(t *testing.T) {
	inWorld(t, func(w *world) {
		var starts atomic.Int32
		w.process(task.Options{Runner: counted(&starts, returns(`1`))})
		front := w.process(task.Options{Workers: -1})
		for _, op := range []func(*line){
			func(l *line) { l.before = func(string) error { return errDown } },
			func(l *line) { l.before = nil; l.after = func(string) error { return errDown } },
		} {
			front.line.set(op)
			if _, err := front.Create(w.ctx, spec()); !errors.Is(err, errDown) {
				t.Errorf("error %v", err)
			}
			synctest.Wait()
		}
		if starts.Load() != 1 {
			t.Errorf("the orphan was started %d times, want once", starts.Load())
		}
		time.Sleep(time.Hour + time.Minute)
		if n := w.store.Len(); n != 0 {
			t.Errorf("%d tasks are left, want none after their time", n)
		}
	})
}

func TestT3KilledDuringPromotion(t *testing.T) {
	inWorld(t, func(w *world) {
		var starts atomic.Int32
		p := w.process(task.Options{Runner: counted(&starts, lasts(time.Minute))})
		p.line.set(func(l *line) {
			l.after = func(op string) error {
				if op == "create" {
					l.kill()
					return errDown
				}
				return nil
			}
		})
		ctx, cancel := context.WithTimeout(w.ctx, time.Second)
		defer cancel()
		if answer, err := p.Call(ctx, spec()); err == nil {
			t.Errorf("got %+v", answer)
		}
		other := w.process(task.Options{Runner: counted(&starts, returns(`1`))})
		time.Sleep(lease)
		synctest.Wait()
		all, err := other.List(w.ctx, "ann", "", 10)
		if err != nil || len(all) != 1 {
			t.Fatalf("List returned %v, %v", all, err)
		}
		w.ended(all[0], task.Failed, workerLost)
		if starts.Load() != 1 {
			t.Errorf("%d starts of what may be started once", starts.Load())
		}
	})
}

func TestT4StoreIsAwayForAWhile(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: lasts(30 * time.Second)})
		q := w.process(task.Options{Workers: -1})
		id := w.create(p).ID
		synctest.Wait()
		p.line.set(func(l *line) { l.down = true })
		if _, err := p.Get(w.ctx, "ann", id); !errors.Is(err, errDown) {
			t.Errorf("Get while the store is down: %v", err)
		}
		time.Sleep(8 * time.Second) // a heartbeat is missed
		p.line.set(func(l *line) { l.down = false })
		time.Sleep(20 * time.Second)
		p.line.set(func(l *line) { l.down = true })
		time.Sleep(10 * time.Second) // the function has ended, and nobody can be told
		w.ended(w.get(q, id), task.Working, "")
		p.line.set(func(l *line) { l.down = false })
		w.ended(w.wait(q, id), task.Completed, "")
	})
}

func TestT4AwayForLongerThanTheLease(t *testing.T) {
	inWorld(t, func(w *world) {
		var starts atomic.Int32
		p := w.process(task.Options{Runner: counted(&starts, lasts(2*time.Minute))})
		id := w.create(p).ID
		synctest.Wait()
		p.line.set(func(l *line) { l.down = true })
		time.Sleep(time.Minute)
		p.line.set(func(l *line) { l.down = false })
		w.ended(w.wait(p, id), task.Completed, "")
		if starts.Load() != 1 {
			t.Errorf("%d starts; the process was alone and should have gone on", starts.Load())
		}
	})
}

func TestT5StoreIsDownAtCreate(t *testing.T) {
	inWorld(t, func(w *world) {
		var starts atomic.Int32
		p := w.process(task.Options{Runner: counted(&starts, returns(`1`))})
		p.line.set(func(l *line) { l.hangs = true })
		begun := time.Now()
		answer, err := p.Call(w.ctx, spec(func(s *task.Spec) { s.Required = true }))
		w.is(err, context.DeadlineExceeded)
		if answer.Task != nil {
			t.Errorf("an error with the task %+v", answer.Task)
		}
		if starts.Load() != 0 || time.Since(begun) > 5*time.Second {
			t.Errorf("%v later, %d starts", time.Since(begun), starts.Load())
		}
	})
}

func TestT6PausedBeyondTheLease(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		edit   func(*task.Spec)
		result string
		starts int32
	}{
		{"idempotent", idempotent, `"second"`, 2},
		{"once", retries(0), "", 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			inWorld(t, func(w *world) {
				var starts atomic.Int32
				first := make(chan struct{})
				paused := w.process(task.Options{Runner: counted(&starts, func(context.Context, *task.Run) (task.Outcome, error) {
					<-first // deaf, as a stopped process is
					return task.Outcome{Result: json.RawMessage(`"first"`)}, nil
				})})
				id := w.create(paused, row.edit).ID
				synctest.Wait()
				paused.line.set(func(l *line) { l.down = true })
				other := w.process(task.Options{Runner: counted(&starts, returns(`"second"`))})
				ended := w.wait(other, id)
				paused.line.set(func(l *line) { l.down = false })
				close(first)
				got := w.get(other, id)
				if got.Version != ended.Version || string(got.Result) != row.result || starts.Load() != row.starts {
					t.Errorf("version %d became %d, result %s, %d starts", ended.Version, got.Version, got.Result, starts.Load())
				}
			})
		})
	}
}

func TestT6TwoRunAtOnce(t *testing.T) {
	inWorld(t, func(w *world) {
		cause := make(chan error, 1)
		paused := w.process(task.Options{Workers: 1, Runner: task.RunnerFunc(func(ctx context.Context, _ *task.Run) (task.Outcome, error) {
			<-ctx.Done()
			cause <- context.Cause(ctx)
			return task.Outcome{Result: json.RawMessage(`"first"`)}, nil
		})})
		id := w.create(paused, idempotent).ID
		synctest.Wait()
		other := w.process(task.Options{Runner: lasts(time.Minute)})
		paused.line.set(func(l *line) { l.frozen = true }) // its heartbeats are lost
		time.Sleep(lease)
		w.is(<-cause, task.ErrLost)
		r := w.wait(other, id)
		if string(r.Result) != `"done"` || r.Work.Starts != 2 {
			t.Errorf("result %s after %d starts", r.Result, r.Work.Starts)
		}
	})
}

func TestT7CancelRacesCompletion(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := memstore.New(memstore.Options{})
		w := &world{T: t, store: store, ctx: t.Context()}
		p := w.process(task.Options{Workers: 64, Runner: lasts(time.Millisecond)})
		ends := map[task.Status]int{}
		for range 3000 {
			id := w.create(p).ID
			time.Sleep(time.Millisecond - time.Duration(rand.IntN(2)))
			r, err := p.Cancel(w.ctx, "ann", id, "")
			if err != nil && !errors.Is(err, task.ErrTerminal) || err == nil && r.Status != task.Cancelled {
				t.Fatalf("Cancel returned %s, %v", r.Status, err)
			}
			ended := w.wait(p, id)
			if ended.Status != r.Status || (ended.Result != nil) != (ended.Status == task.Completed) {
				t.Fatalf("%s turned into %s with result %s", r.Status, ended.Status, ended.Result)
			}
			ends[ended.Status]++
		}
		if ends[task.Completed] == 0 || ends[task.Cancelled] == 0 {
			t.Errorf("the race had always the same winner: %v", ends)
		}
		store.Close()
	})
}

func TestT8CancelQueuedRunningAndDeaf(t *testing.T) {
	inWorld(t, func(w *world) {
		var starts atomic.Int32
		deaf, causes := make(chan struct{}), make(chan error, 1)
		worker := w.process(task.Options{Workers: 1, Runner: counted(&starts, func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			if string(r.Payload()) == `"deaf"` {
				<-deaf
				return task.Outcome{Result: json.RawMessage(`1`)}, nil
			}
			<-ctx.Done()
			causes <- context.Cause(ctx)
			return task.Outcome{}, ctx.Err()
		})})
		front := w.process(task.Options{Workers: -1})
		running := w.create(front)
		synctest.Wait()
		queued := w.create(front)
		for _, id := range []string{queued.ID, running.ID} {
			if _, err := front.Cancel(w.ctx, "ann", id, "enough"); err != nil {
				t.Fatal(err)
			}
		}
		begun := time.Now()
		w.is(<-causes, task.ErrCancelled)
		if time.Since(begun) > time.Second || starts.Load() != 1 {
			t.Errorf("%v to hear of it, %d starts", time.Since(begun), starts.Load())
		}
		id := w.create(front, func(s *task.Spec) { s.Payload = []byte(`"deaf"`) }).ID
		w.get(front, id)
		if _, err := front.Cancel(w.ctx, "ann", id, "enough"); err != nil {
			t.Fatal(err)
		}
		close(deaf)
		w.ended(w.get(worker, id), task.Cancelled, "enough")
		_, err := front.Cancel(w.ctx, "ann", id, "again")
		w.is(err, task.ErrTerminal)
	})
}

func TestT9ConcurrentAnswers(t *testing.T) {
	both(t, func(w *world, asking func(...string) task.RunnerFunc) {
		var keys []string
		for i := range 20 {
			keys = append(keys, fmt.Sprint("q", i))
		}
		var starts atomic.Int32
		p := w.process(task.Options{Runner: counted(&starts, asking(keys...))})
		id := w.create(p).ID
		synctest.Wait()
		var updaters sync.WaitGroup
		for i := range 100 {
			answers := map[string]json.RawMessage{"unknown": json.RawMessage(`0`)}
			for _, k := range rand.Perm(len(keys))[:5] {
				answers[keys[k]] = fmt.Append(nil, i)
			}
			answers[keys[i%len(keys)]] = fmt.Append(nil, i)
			updaters.Go(func() {
				if _, err := p.Answer(w.ctx, "ann", id, answers); err != nil {
					w.Error(err)
				}
			})
		}
		updaters.Wait()
		r := w.wait(p, id)
		w.ended(r, task.Completed, "")
		var got map[string]int
		if err := json.Unmarshal(r.Result, &got); err != nil || len(got) != len(keys) {
			w.Errorf("result %s, %v", r.Result, err)
		}
		if starts.Load() > 2 {
			w.Errorf("%d starts; the last answer starts the next one, once", starts.Load())
		}
	})
}

func TestT10KilledWithTheLastAnswer(t *testing.T) {
	t.Parallel()
	for _, lost := range []string{"before", "after"} {
		t.Run(lost, func(t *testing.T) {
			inWorld(t, func(w *world) {
				worker := w.process(task.Options{Runner: parks("a")})
				front := w.process(task.Options{Workers: -1})
				id := w.create(front).ID
				w.get(front, id)
				fail := func(op string) error {
					if op == "update" {
						return errDown
					}
					return nil
				}
				front.line.set(func(l *line) {
					if lost == "before" {
						l.before = fail
					} else {
						l.after = fail
					}
				})
				answers := raw(map[string]string{"a": `1`})
				_, err := front.Answer(w.ctx, "ann", id, answers)
				w.is(err, errDown)
				front.line.set(func(l *line) { l.before, l.after = nil, nil })
				if _, err := front.Answer(w.ctx, "ann", id, answers); err != nil {
					t.Error(err)
				}
				r := w.wait(worker, id)
				if string(r.Result) != `{"a":1}` {
					t.Errorf("result %s", r.Result)
				}
			})
		})
	}
}

func TestT10KilledBetweenParkingAndLettingGo(t *testing.T) {
	inWorld(t, func(w *world) {
		worker := w.process(task.Options{Runner: parks("a")})
		worker.line.set(func(l *line) {
			l.before = func(op string) error {
				if op == "done" {
					l.kill()
					return errDown
				}
				return nil
			}
		})
		id := w.create(w.process(task.Options{Workers: -1})).ID
		synctest.Wait()
		next := w.process(task.Options{Runner: parks("a")})
		time.Sleep(lease + time.Second)
		if r := w.get(next, id); r.Status != task.InputRequired {
			t.Fatalf("status %s", r.Status)
		}
		w.answer(next, id, map[string]string{"a": `1`})
		w.ended(w.wait(next, id), task.Completed, "")
	})
}

func TestT11WaitingHoldsNoWorker(t *testing.T) {
	both(t, func(w *world, asking func(...string) task.RunnerFunc) {
		wait := asking("a")
		p := w.process(task.Options{Workers: 1, Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			if string(r.Payload()) == `"quick"` {
				return task.Outcome{Result: json.RawMessage(`1`)}, nil
			}
			return wait(ctx, r)
		})})
		var ids []string
		for range 1000 {
			ids = append(ids, w.create(p).ID)
		}
		synctest.Wait()
		begun := time.Now()
		quick := w.create(p, func(s *task.Spec) { s.Payload = []byte(`"quick"`) })
		w.ended(w.wait(p, quick.ID), task.Completed, "")
		if took := time.Since(begun); took != 0 {
			w.Errorf("a task took %v behind 1000 that wait", took)
		}
		for _, id := range ids {
			w.answer(p, id, map[string]string{"a": `1`})
		}
		for _, id := range ids {
			w.ended(w.wait(p, id), task.Completed, "")
		}
	})
}

func TestT12Expired(t *testing.T) {
	inWorld(t, func(w *world) {
		causes := make(chan error, 1)
		p := w.process(task.Options{Kinds: []string{"runs", "parks"}, Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			if r.Kind() == "parks" {
				return parks("a")(ctx, r)
			}
			<-ctx.Done()
			causes <- context.Cause(ctx)
			return task.Outcome{}, ctx.Err()
		})})
		var watchers sync.WaitGroup
		var ids []string
		for _, kind := range []string{"runs", "parks", "queued"} {
			id := w.create(p, func(s *task.Spec) { s.Kind, s.TTL = kind, time.Second }).ID
			ids = append(ids, id)
			watchers.Go(func() { w.ended(w.wait(p, id), task.Failed, "task expired: its time to live is over") })
		}
		begun := time.Now()
		watchers.Wait()
		w.is(<-causes, task.ErrExpired)
		if took := time.Since(begun); took != time.Second {
			t.Errorf("it took %v", took)
		}
		for _, id := range ids {
			_, err := p.Get(w.ctx, "ann", id)
			w.is(err, task.ErrNotFound)
			_, err = p.Cancel(w.ctx, "ann", id, "")
			w.is(err, task.ErrNotFound)
			_, err = p.Answer(w.ctx, "ann", id, raw(map[string]string{"a": `1`}))
			w.is(err, task.ErrNotFound)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if n := w.store.Len(); n != 0 {
			t.Errorf("%d rows are left", n)
		}
	})
}

func TestT13ResultTooLarge(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: returns(`"` + strings.Repeat("x", 9<<20) + `"`)})
		r := w.wait(p, w.create(p).ID)
		w.ended(r, task.Failed, "the result is 9437186 bytes, at most 8388608 are allowed")
		if r.Error.Code != -32603 || r.Result != nil {
			t.Errorf("code %d and a result of %d bytes", r.Error.Code, len(r.Result))
		}
	})
}

func TestT14PoisonTask(t *testing.T) {
	inWorld(t, func(w *world) {
		var kills atomic.Int32
		var worker func()
		worker = func() {
			var p *process
			p = w.process(task.Options{Workers: 4, Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
				if string(r.Payload()) != `"poison"` {
					return lasts(time.Second)(ctx, r)
				}
				kills.Add(1)
				p.kill()
				worker() // somebody restarts it
				return task.Outcome{}, nil
			})})
		}
		worker()
		front := w.process(task.Options{Workers: -1})
		poison := w.create(front, idempotent, func(s *task.Spec) { s.Payload = []byte(`"poison"`) })
		var good []string
		for range 100 {
			good = append(good, w.create(front, idempotent).ID)
		}
		begun := time.Now()
		for _, id := range good {
			w.ended(w.wait(front, id), task.Completed, "")
		}
		if took := time.Since(begun); took > 3*lease+30*time.Second {
			t.Errorf("100 good tasks took %v", took)
		}
		w.ended(w.wait(front, poison.ID), task.Failed, workerLost)
		if kills.Load() != 3 {
			t.Errorf("%d starts, want 3", kills.Load())
		}
	})
}

func TestT15RetriesBackOff(t *testing.T) {
	inWorld(t, func(w *world) {
		var mu sync.Mutex
		starts := map[string][]time.Time{}
		p := w.process(task.Options{Workers: 100, Runner: task.RunnerFunc(func(_ context.Context, r *task.Run) (task.Outcome, error) {
			mu.Lock()
			defer mu.Unlock()
			starts[r.ID()] = append(starts[r.ID()], time.Now())
			return task.Outcome{Result: json.RawMessage(`"busy"`), ToolError: true, Again: true}, nil
		})})
		var ids []string
		for range 100 {
			ids = append(ids, w.create(p, retries(9)).ID)
		}
		firsts := map[time.Duration]bool{}
		for _, id := range ids {
			r := w.wait(p, id)
			if w.ended(r, task.Completed, ""); !r.ToolError || len(starts[id]) != 3 {
				t.Fatalf("%d starts, tool error %t", len(starts[id]), r.ToolError)
			}
			first, second := starts[id][1].Sub(starts[id][0]), starts[id][2].Sub(starts[id][1])
			firsts[first] = true
			if first < 500*time.Millisecond || first > 1500*time.Millisecond || second < time.Second || second > 3*time.Second {
				t.Errorf("pauses of %v and %v", first, second)
			}
		}
		if len(firsts) < 50 {
			t.Errorf("100 tasks came back at %d different times", len(firsts))
		}
	})
}

func TestT16ClocksDiffer(t *testing.T) {
	t.Parallel()
	for _, skew := range []time.Duration{-10 * time.Minute, 10 * time.Minute} {
		t.Run(skew.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				store := memstore.New(memstore.Options{Now: func() time.Time { return time.Now().Add(skew) }})
				w := &world{T: t, store: store, ctx: t.Context()}
				p := w.process(task.Options{Runner: lasts(30 * time.Second)})
				r := w.create(p, func(s *task.Spec) { s.TTL = time.Minute })
				if got := time.Until(r.Created); got != skew {
					t.Errorf("created %v from now, want the store's %v", got, skew)
				}
				w.ended(w.wait(p, r.ID), task.Completed, "")
				if got := w.get(p, r.ID); got.Work.Starts != 1 || got.Updated.Sub(got.Created) != 30*time.Second {
					t.Errorf("%d starts, updated after %v", got.Work.Starts, got.Updated.Sub(got.Created))
				}
				time.Sleep(30 * time.Second)
				_, err := p.Get(w.ctx, "ann", r.ID)
				w.is(err, task.ErrNotFound)
				store.Close()
			})
		})
	}
}

func TestT17IdsCannotBeGuessed(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Workers: -1})
		seen := map[string]bool{}
		letters := make([]map[byte]int, 26)
		const n = 5000
		for range n {
			id := w.create(p).ID
			if len(id) != 26 || seen[id] {
				t.Fatalf("id %q has %d letters, or came twice", id, len(id))
			}
			seen[id] = true
			for i := range letters {
				if letters[i] == nil {
					letters[i] = map[byte]int{}
				}
				letters[i][id[i]]++
			}
		}
		for i, counts := range letters { // 26 places of 32 letters are 130 bits
			for letter, count := range counts {
				if len(counts) != 32 || count < n/32/2 || count > n/32*2 {
					t.Errorf("place %d has %d letters, %c %d times", i, len(counts), letter, count)
				}
			}
		}
		ids := slices.Collect(func(yield func(string) bool) {
			for id := range seen {
				if !yield(id) {
					return
				}
			}
		})
		if child := task.ChildID(ids[0], "a"); len(child) != 32 || child == task.ChildID(ids[1], "a") || child == task.ChildID(ids[0], "b") {
			t.Errorf("child id %q", child)
		}
	})
}

func TestT18OtherOwnersFindNothing(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: parks("a")})
		id := w.create(p).ID
		before := w.get(p, id)
		for _, owner := range []string{"bob", "", "ann ", "Ann"} {
			for name, call := range map[string]func(id string) error{
				"get":    func(id string) error { _, err := p.Get(w.ctx, owner, id); return err },
				"cancel": func(id string) error { _, err := p.Cancel(w.ctx, owner, id, ""); return err },
				"answer": func(id string) error {
					_, err := p.Answer(w.ctx, owner, id, raw(map[string]string{"a": `1`}))
					return err
				},
				"wait": func(id string) error { _, err := p.Wait(w.ctx, owner, id); return err },
				"list": func(id string) error { _, err := p.List(w.ctx, owner, id, 10); return err },
			} {
				foreign, missing := call(id), call("none")
				if !errors.Is(foreign, task.ErrNotFound) || foreign.Error() != missing.Error() {
					t.Errorf("%s by %q: %v for a foreign task, %v for none", name, owner, foreign, missing)
				}
			}
			if all, err := p.List(w.ctx, owner, "", 10); err != nil || len(all) != 0 {
				t.Errorf("%q lists %v, %v", owner, all, err)
			}
		}
		if after := w.get(p, id); after.Version != before.Version {
			t.Error("the task has changed")
		}
	})
}

func TestT19NobodysTasksAreShared(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: returns(`1`)})
		r, err := p.Create(w.ctx, task.Spec{Kind: "k"})
		if err != nil {
			t.Fatal(err)
		}
		if r, err = p.Wait(w.ctx, "", r.ID); err != nil || r.Status != task.Completed {
			t.Errorf("got %s, %v", r.Status, err)
		}
	})
}

func TestT21HostileStoreContent(t *testing.T) {
	t.Parallel()
	for _, state := range []string{
		``, `null`, `[]`, `{`, `{"status":"working"}x`, `{"status":"evil"}`, `{"status":"completed"}`,
		`{"status":"failed"}`, `{"status":"input_required"}`, `{"status":"working","work":{"starts":-9}}`,
		`{"status":"working","work":{"maxStarts":1e9}`, strings.Repeat(`[`, 100_000), "\x00\xff",
	} {
		t.Run(fmt.Sprintf("%.20q", state), func(t *testing.T) {
			inWorld(t, func(w *world) {
				var starts atomic.Int32
				key := task.Key{Owner: "ann", ID: "evil"}
				if _, err := w.store.Create(w.ctx, task.NewEntry{Key: key, Kind: "k", TTL: time.Hour, State: []byte(state)}); err != nil {
					t.Fatal(err)
				}
				p := w.process(task.Options{Runner: counted(&starts, returns(`1`))})
				w.ended(w.get(p, "evil"), task.Failed, "internal error")
				w.ended(w.wait(p, w.create(p).ID), task.Completed, "")
				if starts.Load() != 1 {
					t.Errorf("%d starts, want one of the good task", starts.Load())
				}
			})
		})
	}
}

func TestT22ErrorsAreMasked(t *testing.T) {
	inWorld(t, func(w *world) {
		var log bytes.Buffer
		p := w.process(task.Options{
			Log: slog.New(slog.NewTextHandler(&log, nil)),
			Runner: task.RunnerFunc(func(_ context.Context, r *task.Run) (task.Outcome, error) {
				if string(r.Payload()) == `1` {
					panic("canary")
				}
				return task.Outcome{}, errors.New("canary")
			}),
		})
		for _, payload := range []string{`0`, `1`} {
			id := w.create(p, func(s *task.Spec) { s.Payload = []byte(payload) }).ID
			w.wait(p, id)
			entry, err := w.store.Get(w.ctx, task.Key{Owner: "ann", ID: id}, task.WithResult)
			if err != nil || strings.Contains(fmt.Sprintf("%s%s", entry.State, entry.Result), "canary") {
				t.Errorf("the store has %s, %v", entry.State, err)
			}
		}
		synctest.Wait()
		if n := strings.Count(log.String(), "canary"); n < 2 {
			t.Errorf("the log mentions the causes %d times: %s", n, log.String())
		}
	})
}

func TestT23WorkersOfTwoVersions(t *testing.T) {
	inWorld(t, func(w *world) {
		old := w.process(task.Options{Kinds: []string{"k1"}, Runner: returns(`"old"`)})
		id := w.create(old, func(s *task.Spec) { s.Kind = "k2" }).ID
		time.Sleep(10 * time.Minute)
		if r := w.get(old, id); r.Work.Starts != 0 || r.Status != task.Working {
			t.Errorf("%s after %d starts; nobody can do it yet", r.Status, r.Work.Starts)
		}
		w.process(task.Options{Kinds: []string{"k1", "k2"}, Runner: returns(`"new"`)})
		if r := w.wait(old, id); string(r.Result) != `"new"` {
			t.Errorf("result %s", r.Result)
		}
	})
}

func TestT24StoppedWorkerHandsOver(t *testing.T) {
	inWorld(t, func(w *world) {
		leaving := w.process(task.Options{Runner: lasts(time.Hour)})
		leaving.line.durable = true
		var ids []string
		for range 3 {
			ids = append(ids, w.create(leaving, idempotent).ID)
		}
		synctest.Wait()
		w.process(task.Options{Runner: returns(`"next"`)})
		begun := time.Now()
		if err := leaving.Stop(w.ctx); err != nil {
			t.Error(err)
		}
		for _, id := range ids {
			r := w.wait(leaving, id)
			if string(r.Result) != `"next"` || r.Work.Starts != 1 {
				t.Errorf("result %s; %d starts are counted, and the first was no failure", r.Result, r.Work.Starts)
			}
		}
		if took := time.Since(begun); took > time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

func TestT25ManyWatchers(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Workers: 100, Runner: lasts(time.Second)})
		var watchers sync.WaitGroup
		var ends atomic.Int32
		const n = 10_000
		for range n {
			id := w.create(p).ID
			watchers.Go(func() {
				for r, err := range p.Watch(w.ctx, "ann", id) {
					if err != nil {
						t.Error(err)
					}
					if r.Status.Terminal() {
						ends.Add(1)
					}
				}
			})
		}
		watchers.Wait()
		if ends.Load() != n {
			t.Errorf("%d watchers saw %d ends", n, ends.Load())
		}
	})
}

func TestT26MemoryDiesWithItsProcess(t *testing.T) {
	inWorld(t, func(w *world) {
		if task.NewManager(w.store, task.Options{}).Durable() {
			t.Error("memory is said to be durable")
		}
	})
}

func TestT27CreatingTwiceMakesTwo(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Workers: -1})
		if a, b := w.create(p), w.create(p); a.ID == b.ID {
			t.Errorf("both have id %s", a.ID)
		}
	})
}

// TestT27CallIsRepeated has clients call again of which some were heard and some not.
func TestT27CallIsRepeated(t *testing.T) {
	inWorld(t, func(w *world) {
		var starts atomic.Int64
		p := w.process(task.Options{MaxTTL: time.Hour, Runner: task.RunnerFunc(func(context.Context, *task.Run) (task.Outcome, error) {
			starts.Add(1)
			return task.Outcome{Result: json.RawMessage(`1`)}, nil
		})})
		once := func(s *task.Spec) { s.Once, s.Digest = "a", "x" }
		p.line.set(func(l *line) {
			l.after = func(op string) error {
				if op == "create" && rand.N(2) == 0 {
					return errDown
				}
				return nil
			}
		})
		var mu sync.Mutex
		found := make(map[string]bool)
		var clients sync.WaitGroup
		for range 100 {
			clients.Go(func() {
				for {
					answer, err := p.Call(w.ctx, spec(once))
					if err != nil {
						continue
					}
					mu.Lock()
					found[answer.Task.ID] = true
					mu.Unlock()
					return
				}
			})
		}
		clients.Wait()
		p.line.set(func(l *line) { l.after = nil })
		synctest.Wait()
		if len(found) != 1 || starts.Load() != 1 {
			t.Errorf("%d tasks and %d starts, want one", len(found), starts.Load())
		}

		for name, other := range map[string]func(*task.Spec){
			"owner":  func(s *task.Spec) { s.Owner = "eve" },
			"kind":   func(s *task.Spec) { s.Kind = "other" },
			"wish":   func(s *task.Spec) { s.Once = "b" },
			"none":   func(s *task.Spec) { s.Once = "" },
			"nobody": func(s *task.Spec) { s.Owner = "" },
		} {
			for range 2 {
				r, err := p.Create(w.ctx, spec(once, other))
				if err != nil || found[r.ID] && (name == "none" || name == "nobody") {
					t.Errorf("another %s: task %s, %v, want another one", name, r.ID, err)
				}
				found[r.ID] = true
			}
		}
		if want := 8; len(found) != want { // the first, one for each of three, two for each of two
			t.Errorf("%d tasks, want %d", len(found), want)
		}
		_, err := p.Create(w.ctx, spec(once, func(s *task.Spec) { s.Digest = "y" }))
		w.is(err, task.ErrDiffers)

		time.Sleep(2 * time.Hour) // until it has expired
		if r := w.create(p, once); r.Digest != "x" {
			t.Errorf("digest %q", r.Digest)
		}
		synctest.Wait()
		if got, want := starts.Load(), int64(8); got != want { // of all but the other kind, and of the new one
			t.Errorf("%d starts, want %d", got, want)
		}
	})
}

func TestT28StoreIsFull(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := memstore.New(memstore.Options{MaxBytes: 4 << 10})
		w := &world{T: t, store: store, ctx: t.Context()}
		p := w.process(task.Options{Workers: 1, Runner: returns(`"` + strings.Repeat("x", 2<<10) + `"`)})
		filler := task.NewEntry{Key: task.Key{ID: "filler"}, Kind: "none", TTL: time.Minute, Payload: make([]byte, 3<<10)}
		if _, err := store.Create(w.ctx, filler); err != nil {
			t.Fatal(err)
		}
		_, err := p.Create(w.ctx, spec(func(s *task.Spec) { s.Payload = make([]byte, 1<<10) }))
		w.is(err, task.ErrFull)
		id := w.create(p).ID
		time.Sleep(59 * time.Second)
		if r := w.get(p, id); r.Status != task.Working || r.Work.Starts != 1 {
			t.Errorf("%s after %d starts; it must not be said to have ended", r.Status, r.Work.Starts)
		}
		time.Sleep(6 * time.Second) // the filler has expired
		w.ended(w.get(p, id), task.Completed, "")
		store.Close()
	})
}

func TestT30BothFinishWhenThePartitionHeals(t *testing.T) {
	inWorld(t, func(w *world) {
		for i := range 100 {
			finish := make(chan struct{})
			run := func(name string) task.RunnerFunc {
				return func(context.Context, *task.Run) (task.Outcome, error) {
					<-finish
					return task.Outcome{Result: fmt.Appendf(nil, "%q", name)}, nil
				}
			}
			kinds := []string{fmt.Sprint("k", i)}
			first := w.process(task.Options{Workers: 1, Kinds: kinds, Runner: run("first")})
			id := w.create(first, idempotent, func(s *task.Spec) { s.Kind = kinds[0] }).ID
			synctest.Wait()
			first.line.set(func(l *line) { l.down = true })
			second := w.process(task.Options{Kinds: kinds, Runner: run("second")})
			time.Sleep(lease)
			synctest.Wait()
			first.line.set(func(l *line) { l.down = false })
			close(finish)
			r := w.wait(second, id)
			if again := w.get(first, id); string(r.Result) != `"second"` || again.Version != r.Version {
				t.Fatalf("result %s of version %d became %s of version %d", r.Result, r.Version, again.Result, again.Version)
			}
			first.kill()
			second.kill()
		}
	})
}
