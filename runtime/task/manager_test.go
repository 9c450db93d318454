package task_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
)

func TestCreateRunResult(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: task.RunnerFunc(func(_ context.Context, r *task.Run) (task.Outcome, error) {
			return task.Outcome{Result: fmt.Appendf(nil, "%q", r.Owner()+r.Kind()+string(r.Payload()))}, nil
		})})
		created := w.create(p)
		if created.Status != task.Working || created.TTL != time.Hour || created.Poll != 100*time.Millisecond {
			t.Errorf("created %+v", created)
		}
		r := w.wait(p, created.ID)
		w.ended(r, task.Completed, "")
		if got := string(r.Result); got != `"annk{}"` {
			t.Errorf("result %s", got)
		}
		if got := w.get(p, created.ID); string(got.Result) != string(r.Result) || got.Work.Starts != 1 {
			t.Errorf("Get returned %+v", got)
		}
	})
}

// TestEnds has a row for each end that a function can give its task.
func TestEnds(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name    string
		outcome task.Outcome
		err     error
		panics  bool
		status  task.Status
		message string
		code    int
	}{
		{name: "result", outcome: task.Outcome{Result: json.RawMessage(`{}`)}, status: task.Completed},
		{name: "tool error", outcome: task.Outcome{Result: json.RawMessage(`{}`), ToolError: true, Message: "no luck"}, status: task.Completed, message: "no luck"},
		{name: "protocol error", err: &task.Error{Code: -32602, Message: "no such city"}, status: task.Failed, message: "no such city", code: -32602},
		{name: "wrapped protocol error", err: fmt.Errorf("x: %w", &task.Error{Code: 7, Message: "seven"}), status: task.Failed, message: "seven", code: 7},
		{name: "other error", err: errors.New("password hunter2"), status: task.Failed, message: "internal error", code: -32603},
		{name: "panic", panics: true, status: task.Failed, message: "internal error", code: -32603},
		{name: "no result", status: task.Failed, message: "internal error", code: -32603},
		{name: "out of starts", err: task.Again(&task.Error{Code: 9, Message: "still busy"}), status: task.Failed, message: "still busy", code: 9},
	} {
		t.Run(row.name, func(t *testing.T) {
			inWorld(t, func(w *world) {
				p := w.process(task.Options{Runner: task.RunnerFunc(func(context.Context, *task.Run) (task.Outcome, error) {
					if row.panics {
						panic("password hunter2")
					}
					return row.outcome, row.err
				})})
				r := w.wait(p, w.create(p).ID)
				w.ended(r, row.status, row.message)
				if r.ToolError != row.outcome.ToolError {
					t.Errorf("ToolError is %t", r.ToolError)
				}
				if r.Error != nil && r.Error.Code != row.code {
					t.Errorf("code %d, want %d", r.Error.Code, row.code)
				}
			})
		})
	}
}

func TestErrorWithTooMuchData(t *testing.T) {
	inWorld(t, func(w *world) {
		huge := json.RawMessage(`"` + strings.Repeat("x", 1<<20) + `"`)
		p := w.process(task.Options{Runner: task.RunnerFunc(func(context.Context, *task.Run) (task.Outcome, error) {
			return task.Outcome{}, &task.Error{Code: 1, Message: "see data", Data: huge}
		})})
		r := w.wait(p, w.create(p).ID)
		w.ended(r, task.Failed, "see data")
		if r.Error.Data != nil {
			t.Error("the data was kept")
		}
	})
}

func TestTimeoutStopsTheFunction(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: lasts(time.Hour)})
		begun := time.Now()
		r := w.wait(p, w.create(p, func(s *task.Spec) { s.Timeout = 30 * time.Second }).ID)
		w.ended(r, task.Failed, "timed out after 30s")
		if took := time.Since(begun); took != 30*time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

func TestTimeoutOfADeafFunction(t *testing.T) {
	inWorld(t, func(w *world) {
		release := make(chan struct{})
		p := w.process(task.Options{Workers: 1, Runner: task.RunnerFunc(func(context.Context, *task.Run) (task.Outcome, error) {
			<-release
			return task.Outcome{Result: json.RawMessage(`1`)}, nil
		})})
		id := w.create(p, func(s *task.Spec) { s.Timeout = time.Second }).ID
		r := w.wait(p, id)
		w.ended(r, task.Failed, "timed out after 1s")
		next := w.create(p)
		if r := w.get(p, next.ID); r.Work.Starts != 0 {
			t.Error("the place of a function that still runs was given away")
		}
		close(release)
		w.ended(w.wait(p, next.ID), task.Completed, "")
		w.ended(w.get(p, id), task.Failed, "timed out after 1s")
	})
}

func TestLimits(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Workers: -1, MaxTTL: time.Minute, Poll: 4 * time.Second})
		for _, row := range []struct{ asked, want time.Duration }{
			{0, time.Minute}, {time.Second, time.Second}, {time.Hour, time.Minute}, {-1, time.Minute},
		} {
			r := w.create(p, func(s *task.Spec) { s.TTL = row.asked })
			if r.TTL != row.want || r.Expires.Sub(r.Created) != row.want {
				t.Errorf("TTL %v was asked for: got %v, expires after %v; want %v", row.asked, r.TTL, r.Expires.Sub(r.Created), row.want)
			}
		}
		id := w.create(p).ID
		for _, row := range []struct{ age, want time.Duration }{
			{0, 100 * time.Millisecond}, {time.Second, 500 * time.Millisecond}, {19 * time.Second, 4 * time.Second},
		} {
			time.Sleep(row.age)
			if got := w.get(p, id).Poll; got != row.want {
				t.Errorf("poll interval %v, want %v", got, row.want)
			}
		}
	})
}

func TestConcurrencyIsLimited(t *testing.T) {
	inWorld(t, func(w *world) {
		var now, most atomic.Int32
		p := w.process(task.Options{Workers: 3, Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			most.Store(max(most.Load(), now.Add(1)))
			defer now.Add(-1)
			return lasts(time.Second)(ctx, r)
		})})
		var ids []string
		for range 10 {
			ids = append(ids, w.create(p).ID)
		}
		for _, id := range ids {
			w.ended(w.wait(p, id), task.Completed, "")
		}
		if got := most.Load(); got != 3 {
			t.Errorf("%d ran at a time, want 3", got)
		}
	})
}

func TestOwnersTakeTurns(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Workers: 1, Runner: lasts(time.Second)})
		for range 100 {
			if _, err := p.Create(w.ctx, task.Spec{Owner: "crowd", Kind: "k"}); err != nil {
				t.Fatal(err)
			}
		}
		begun := time.Now()
		w.wait(p, w.create(p).ID)
		if took := time.Since(begun); took > 3*time.Second {
			t.Errorf("Ann waited %v behind another owner's tasks", took)
		}
	})
}

func TestListPages(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: returns(`"secret"`)})
		var want, got []string
		for range 7 {
			want = append(want, w.create(p).ID)
			time.Sleep(time.Millisecond)
		}
		after := ""
		for {
			page, err := p.List(w.ctx, "ann", after, 3)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page {
				got = append(got, r.ID)
				if r.Result != nil {
					t.Error("a list has results")
				}
			}
			if len(page) < 3 {
				break
			}
			after = page[len(page)-1].ID
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestReportsAreThrottled(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: task.RunnerFunc(func(_ context.Context, r *task.Run) (task.Outcome, error) {
			for i := range 1000 {
				r.Report(fmt.Sprintf("%d of 1000", i+1), task.Progress{Done: float64(i + 1), Total: 1000})
				time.Sleep(10 * time.Millisecond)
			}
			time.Sleep(2 * time.Second)
			return task.Outcome{Result: json.RawMessage(`1`)}, nil
		})})
		var seen []task.Record
		for r, err := range p.Watch(w.ctx, "ann", w.create(p).ID) {
			if err != nil {
				t.Fatal(err)
			}
			seen = append(seen, r)
		}
		if n := len(seen); n < 10 || n > 14 {
			t.Errorf("%d changes were seen of 1000 reports in 10 seconds, want one a second", n)
		}
		last := seen[len(seen)-2]
		if last.Message != "1000 of 1000" || last.Progress != (task.Progress{Done: 1000, Total: 1000}) {
			t.Errorf("the last report is %q, %v", last.Message, last.Progress)
		}
		w.ended(seen[len(seen)-1], task.Completed, "")
	})
}

func TestLongMessagesAreCut(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			r.Report(strings.Repeat("ä", 5000), task.Progress{})
			return lasts(time.Minute)(ctx, r)
		})})
		r := w.get(p, w.create(p).ID)
		if len(r.Message) > 1030 || !strings.HasSuffix(r.Message, "ä…") {
			t.Errorf("the message has %d bytes and ends in %q", len(r.Message), r.Message[max(0, len(r.Message)-6):])
		}
	})
}

func TestWatchCoalesces(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: lasts(time.Minute)})
		var seen []task.Status
		for r, err := range p.Watch(w.ctx, "ann", w.create(p).ID) {
			if err != nil {
				t.Fatal(err)
			}
			seen = append(seen, r.Status)
		}
		if fmt.Sprint(seen) != "[working completed]" {
			t.Errorf("a watcher saw %v", seen)
		}
	})
}

func TestWatchOfNothing(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{})
		for _, err := range p.Watch(w.ctx, "ann", "none") {
			w.is(err, task.ErrNotFound)
		}
		ctx, cancel := context.WithTimeout(w.ctx, time.Second)
		defer cancel()
		_, err := p.Wait(ctx, "ann", w.create(p).ID)
		w.is(err, context.DeadlineExceeded)
	})
}

func TestChildren(t *testing.T) {
	inWorld(t, func(w *world) {
		var starts atomic.Int32
		p := w.process(task.Options{Workers: 1, Kinds: []string{"k", "child"}, Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			if r.Kind() == "child" {
				starts.Add(1)
				return lasts(time.Second)(ctx, r)
			}
			for _, name := range []string{"a", "b", "a"} {
				child, err := r.Start(ctx, name, task.Spec{Kind: "child"})
				if err != nil {
					return task.Outcome{}, err
				}
				if _, err := r.Await(ctx, child.ID); err != nil {
					return task.Outcome{}, err
				}
			}
			return task.Outcome{Result: json.RawMessage(`1`)}, nil
		})})
		r := w.wait(p, w.create(p).ID)
		w.ended(r, task.Completed, "")
		if len(r.Children) != 2 || starts.Load() != 2 {
			t.Fatalf("children %v, %d starts; want 2 and 2", r.Children, starts.Load())
		}
		if child := w.get(p, r.Children[0]); child.Parent != r.ID || child.Status != task.Completed {
			t.Errorf("child %+v", child)
		}
	})
}

// TestChildrenAsk has a child ask in vain, and then with success.
func TestChildrenAsk(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Workers: 1, Kinds: []string{"k", "child"}, Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			if r.Kind() != "child" {
				child, err := r.Start(ctx, "a", task.Spec{Kind: "child"})
				if err == nil {
					child, err = r.Await(ctx, child.ID)
				}
				return task.Outcome{Result: child.Result}, err
			}
			soon, cancel := context.WithTimeout(ctx, 10*time.Second)
			defer cancel()
			if _, err := r.Ask(soon, task.Question{Key: "a", Request: []byte(`1`)}); !errors.Is(err, context.DeadlineExceeded) {
				return task.Outcome{}, err
			}
			if err := pass(ctx, 10*time.Second); err != nil {
				return task.Outcome{}, err
			}
			answers, err := r.Ask(ctx, task.Question{Key: "b", Request: []byte(`2`)})
			return task.Outcome{Result: answers["b"]}, err
		})})
		id := w.create(p).ID
		time.Sleep(5 * time.Second)
		if r := w.get(p, id); len(r.Open()) != 1 || string(r.Open()[0].Request) != `1` {
			t.Errorf("%s with questions %v, want the first", r.Status, r.Open())
		}
		time.Sleep(10 * time.Second)
		if r := w.get(p, id); r.Status != task.Working {
			t.Errorf("%s with questions %v, want none: the child has given up", r.Status, r.Open())
		}
		time.Sleep(10 * time.Second)
		r := w.get(p, id)
		if len(r.Open()) != 1 || string(r.Open()[0].Request) != `2` {
			t.Fatalf("%s with questions %v, want the second", r.Status, r.Open())
		}
		if _, err := p.Answer(w.ctx, "ann", id, map[string]json.RawMessage{r.Open()[0].Key: []byte(`"yes"`)}); err != nil {
			t.Fatal(err)
		}
		r = w.wait(p, id)
		w.ended(r, task.Completed, "")
		if string(r.Result) != `"yes"` {
			t.Errorf("result %s, want the answer", r.Result)
		}
	})
}

// pass waits a while, unless the context ends.
func pass(ctx context.Context, d time.Duration) error {
	_, err := lasts(d)(ctx, nil)
	return err
}

func TestChildrenAreCancelled(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Kinds: []string{"k", "child"}, Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			if r.Kind() != "child" {
				if _, err := r.Start(ctx, "a", task.Spec{Kind: "child"}); err != nil {
					return task.Outcome{}, err
				}
			}
			return lasts(time.Hour)(ctx, r)
		})})
		for name, end := range map[string]func(id string){
			"cancelled": func(id string) { p.Cancel(w.ctx, "ann", id, "") },
			"timed out": func(string) { time.Sleep(30 * time.Second) },
		} {
			id := w.create(p, func(s *task.Spec) { s.Timeout = 20 * time.Second }).ID
			child := w.get(p, id).Children[0]
			end(id)
			w.ended(w.get(p, child), task.Cancelled, "the task that started it has ended")
			if workers, _ := w.free(p); workers != 15 { // and one is kept to claim
				t.Errorf("%s: %d places are free, want 15", name, workers)
			}
		}
	})
}

func TestStopWaitsForWork(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Workers: 1, Runner: lasts(3 * time.Second)})
		running, queued := w.create(p), w.create(p)
		synctest.Wait()
		begun := time.Now()
		if err := p.Stop(w.ctx); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took != 3*time.Second {
			t.Errorf("Stop took %v, want 3s", took)
		}
		w.ended(w.get(p, running.ID), task.Completed, "")
		w.ended(w.get(p, queued.ID), task.Working, "")
		if _, err := p.Create(w.ctx, spec()); !errors.Is(err, task.ErrStopped) {
			t.Errorf("Create after Stop: %v", err)
		}
		if _, err := p.Call(w.ctx, spec()); !errors.Is(err, task.ErrStopped) {
			t.Errorf("Call after Stop: %v", err)
		}
		if err := p.Stop(w.ctx); err != nil {
			t.Errorf("a second Stop: %v", err)
		}
	})
}

func TestStopLosesPatience(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: lasts(time.Hour)})
		once, again := w.create(p), w.create(p, idempotent)
		deaf := make(chan struct{})
		q := w.process(task.Options{Kinds: []string{"deaf"}, Runner: task.RunnerFunc(func(context.Context, *task.Run) (task.Outcome, error) {
			<-deaf
			return task.Outcome{Result: json.RawMessage(`1`)}, nil
		})})
		stuck := w.create(p, func(s *task.Spec) { s.Kind = "deaf" })
		synctest.Wait()
		for _, p := range []*process{p, q} {
			ctx, cancel := context.WithTimeout(w.ctx, time.Second)
			begun := time.Now()
			w.is(p.Stop(ctx), context.DeadlineExceeded)
			if took := time.Since(begun); took > 2*time.Second {
				t.Errorf("Stop took %v", took)
			}
			cancel()
		}
		w.ended(w.get(p, once.ID), task.Failed, workerStopped)
		w.ended(w.get(p, again.ID), task.Working, "")
		w.ended(w.get(p, stuck.ID), task.Failed, workerStopped)
		w.wait(w.process(task.Options{Runner: returns(`1`)}), again.ID)
		close(deaf)
	})
}

func TestStopWithAStoreThatHangs(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: lasts(time.Second)})
		w.create(p)
		synctest.Wait()
		p.line.set(func(l *line) { l.hangs = true })
		ctx, cancel := context.WithTimeout(w.ctx, 2*time.Second)
		defer cancel()
		begun := time.Now()
		w.is(p.Stop(ctx), context.DeadlineExceeded)
		if took := time.Since(begun); took > 3*time.Second {
			t.Errorf("Stop took %v", took)
		}
	})
}
