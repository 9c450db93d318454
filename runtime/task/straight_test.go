package task_test

import (
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
)

// counted counts the starts of a Runner.
func counted(starts *atomic.Int32, run task.RunnerFunc) task.RunnerFunc {
	return func(ctx context.Context, r *task.Run) (task.Outcome, error) {
		starts.Add(1)
		return run(ctx, r)
	}
}

// refuseAll is a store's line that must not be used.
func refuseAll(t *testing.T) func(*line) {
	return func(l *line) {
		l.before = func(op string) error {
			if op != "claim" {
				t.Errorf("the store was asked to %s", op)
			}
			return nil
		}
	}
}

func TestStraightAnswer(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			if !r.Straight() {
				t.Error("this is a task")
			}
			return lasts(200*time.Millisecond)(ctx, r)
		})})
		p.line.set(refuseAll(t))
		answer, err := p.Call(w.ctx, spec())
		if err != nil || answer.Task != nil || string(answer.Outcome.Result) != `"done"` {
			t.Errorf("got %+v, %v", answer, err)
		}
		if w.store.Len() != 0 {
			t.Error("the store has a task")
		}
		if _, straight := w.free(p); straight != 1024 {
			t.Errorf("%d places are free, want 1024", straight)
		}
	})
}

func TestStraightError(t *testing.T) {
	inWorld(t, func(w *world) {
		own := errors.New("the Runner's own")
		p := w.process(task.Options{Runner: task.RunnerFunc(func(context.Context, *task.Run) (task.Outcome, error) {
			return task.Outcome{}, own
		})})
		_, err := p.Call(w.ctx, spec())
		w.is(err, own)
	})
}

func TestLongCallBecomesATask(t *testing.T) {
	inWorld(t, func(w *world) {
		var starts atomic.Int32
		type key struct{}
		p := w.process(task.Options{Runner: counted(&starts, func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			if ctx.Value(key{}) != "kept" {
				t.Error("the values of the call's context are gone")
			}
			return lasts(time.Minute)(ctx, r)
		})})
		ctx, cancel := context.WithCancel(context.WithValue(w.ctx, key{}, "kept"))
		begun := time.Now()
		answer, err := p.Call(ctx, spec())
		if err != nil || answer.Task == nil {
			t.Fatalf("got %+v, %v", answer, err)
		}
		if took := time.Since(begun); took != 250*time.Millisecond {
			t.Errorf("Call took %v, want the grace", took)
		}
		cancel() // the client got its answer
		w.ended(w.wait(p, answer.Task.ID), task.Completed, "")
		if took := time.Since(begun); took != time.Minute || starts.Load() != 1 {
			t.Errorf("the work was started %d times and took %v", starts.Load(), took)
		}
		if _, straight := w.free(p); straight != 1024 {
			t.Errorf("%d places are free, want 1024", straight)
		}
	})
}

func TestPromotedCallIsReportedAsATask(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			r.Report("begun", task.Progress{Done: 1, Total: 2})
			return lasts(time.Minute)(ctx, r)
		})})
		direct := make(chan string, 10)
		s := spec()
		s.Report = func(message string, _ task.Progress) { direct <- message }
		answer, err := p.Call(w.ctx, s)
		if err != nil {
			t.Fatal(err)
		}
		if message := <-direct; message != "begun" {
			t.Errorf("reported directly: %q", message)
		}
		if r := w.get(p, answer.Task.ID); r.Message != "begun" || r.Progress.Done != 1 {
			t.Errorf("the task says %q, %v", r.Message, r.Progress)
		}
	})
}

func TestCallsThatAreTasksAtOnce(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name    string
		options task.Options
		spec    task.Spec
	}{
		{"required", task.Options{Runner: returns(`1`)}, spec(func(s *task.Spec) { s.Required = true })},
		{"front end", task.Options{Workers: -1, Runner: returns(`1`)}, spec()},
		{"no runner", task.Options{}, spec()},
		{"another's kind", task.Options{Runner: returns(`1`)}, spec(func(s *task.Spec) { s.Kind = "other" })},
		{"no grace", task.Options{Grace: -1, Runner: returns(`1`)}, spec()},
	} {
		t.Run(row.name, func(t *testing.T) {
			inWorld(t, func(w *world) {
				begun := time.Now()
				answer, err := w.process(row.options).Call(w.ctx, row.spec)
				if err != nil || answer.Task == nil || answer.Task.Status != task.Working {
					t.Errorf("got %+v, %v", answer, err)
				}
				if took := time.Since(begun); took != 0 {
					t.Errorf("it took %v", took)
				}
			})
		})
	}
}

func TestStraightCallsAreLimited(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Straight: 1, Workers: 1, Runner: lasts(time.Minute)})
		first, err := p.Call(w.ctx, spec())
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		second, err := p.Call(w.ctx, spec())
		if err != nil || second.Task == nil || time.Since(begun) != 0 {
			t.Errorf("got %+v, %v after %v", second, err, time.Since(begun))
		}
		for _, r := range []*task.Record{first.Task, second.Task} {
			w.ended(w.wait(p, r.ID), task.Completed, "")
		}
	})
}

func TestCallerGoesAway(t *testing.T) {
	inWorld(t, func(w *world) {
		ended := make(chan error, 1)
		p := w.process(task.Options{Runner: task.RunnerFunc(func(ctx context.Context, _ *task.Run) (task.Outcome, error) {
			<-ctx.Done()
			ended <- context.Cause(ctx)
			return task.Outcome{}, ctx.Err()
		})})
		ctx, cancel := context.WithTimeout(w.ctx, 100*time.Millisecond)
		defer cancel()
		_, err := p.Call(ctx, spec())
		w.is(err, context.DeadlineExceeded)
		if cause := <-ended; cause.Error() != "the caller went away" {
			t.Errorf("the function's context ended because %v", cause)
		}
		synctest.Wait()
		if _, straight := w.free(p); straight != 1024 || w.store.Len() != 0 {
			t.Errorf("%d places are free and %d tasks are stored", straight, w.store.Len())
		}
	})
}

func TestCallerGoesAwayDuringPromotion(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: lasts(time.Minute)})
		ctx, cancel := context.WithCancel(w.ctx)
		p.line.set(func(l *line) {
			l.after = func(op string) error {
				if op == "create" {
					cancel()
					synctest.Wait()
				}
				return nil
			}
		})
		answer, err := p.Call(ctx, spec())
		if err != nil {
			t.Fatal(err)
		}
		w.ended(w.get(p, answer.Task.ID), task.Cancelled, "the caller went away")
	})
}

func TestCallEndsDuringPromotion(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: lasts(300 * time.Millisecond)})
		p.line.set(func(l *line) {
			l.after = func(op string) error {
				if op == "create" {
					time.Sleep(time.Second)
				}
				return nil
			}
		})
		answer, err := p.Call(w.ctx, spec())
		if err != nil {
			t.Fatal(err)
		}
		w.ended(w.get(p, answer.Task.ID), task.Completed, "")
	})
}

func TestCallGoesOnWithoutAStore(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: lasts(time.Minute)})
		p.line.set(func(l *line) { l.down = true })
		begun := time.Now()
		answer, err := p.Call(w.ctx, spec())
		if err != nil || string(answer.Outcome.Result) != `"done"` {
			t.Errorf("got %+v, %v", answer, err)
		}
		if took := time.Since(begun); took != time.Minute {
			t.Errorf("it took %v", took)
		}
	})
}

func TestQuestionNeedsATask(t *testing.T) {
	inWorld(t, func(w *world) {
		var starts atomic.Int32
		p := w.process(task.Options{Runner: counted(&starts, asks("name"))})
		begun := time.Now()
		answer, err := p.Call(w.ctx, spec())
		if err != nil || answer.Task == nil {
			t.Fatalf("got %+v, %v", answer, err)
		}
		if took := time.Since(begun); took != 0 {
			t.Errorf("a call that asks was a task after %v, want at once", took)
		}
		w.answer(p, answer.Task.ID, map[string]string{"name": `"Luca"`})
		r := w.wait(p, answer.Task.ID)
		if string(r.Result) != `{"name":"Luca"}` || starts.Load() != 1 {
			t.Errorf("result %s after %d starts", r.Result, starts.Load())
		}
	})
}

func TestQuestionWithoutAStore(t *testing.T) {
	inWorld(t, func(w *world) {
		for _, run := range []task.RunnerFunc{asks("name"), parks("name")} {
			p := w.process(task.Options{Runner: run})
			p.line.set(func(l *line) { l.down = true })
			_, err := p.Call(w.ctx, spec())
			w.is(err, errDown)
		}
	})
}

// asks is a Runner that asks for these keys in place and returns the answers.
func asks(keys ...string) task.RunnerFunc {
	return func(ctx context.Context, r *task.Run) (task.Outcome, error) {
		answers, err := r.Ask(ctx, questions(keys...)...)
		if err != nil {
			return task.Outcome{}, err
		}
		result, err := json.Marshal(answers)
		return task.Outcome{Result: result}, err
	}
}

// parks is a Runner that ends with one question after another, and then returns
// the answers.
func parks(keys ...string) task.RunnerFunc {
	return func(_ context.Context, r *task.Run) (task.Outcome, error) {
		answers := r.Answers()
		for _, key := range keys {
			if answers[key] == nil {
				return task.Outcome{Questions: questions(key)}, nil
			}
		}
		result, err := json.Marshal(answers)
		return task.Outcome{Result: result}, err
	}
}

func questions(keys ...string) []task.Question {
	var questions []task.Question
	for _, key := range keys {
		questions = append(questions, task.Question{Key: key, Request: json.RawMessage(`{"ask": "` + key + `"}`)})
	}
	return questions
}

// answer answers questions once nothing moves any more.
func (w *world) answer(p *process, id string, answers map[string]string) task.Record {
	w.Helper()
	synctest.Wait()
	r, err := p.Answer(w.ctx, "ann", id, raw(answers))
	if err != nil {
		w.Fatal(err)
	}
	return r
}

func raw(answers map[string]string) map[string]json.RawMessage {
	all := make(map[string]json.RawMessage)
	for key, answer := range answers {
		all[key] = json.RawMessage(answer)
	}
	return all
}
