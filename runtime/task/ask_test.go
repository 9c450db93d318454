package task_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
)

// both runs a test with questions that are waited for in place, and with
// questions that end the start.
func both(t *testing.T, test func(w *world, keys func(...string) task.RunnerFunc)) {
	t.Parallel()
	t.Run("ask", func(t *testing.T) { inWorld(t, func(w *world) { test(w, asks) }) })
	t.Run("park", func(t *testing.T) {
		inWorld(t, func(w *world) {
			test(w, func(keys ...string) task.RunnerFunc {
				return func(_ context.Context, r *task.Run) (task.Outcome, error) {
					if answers := r.Answers(); len(answers) == len(keys) {
						result, err := json.Marshal(answers)
						return task.Outcome{Result: result}, err
					}
					return task.Outcome{Questions: questions(keys...)}, nil
				}
			})
		})
	})
}

func TestQuestionsAndAnswers(t *testing.T) {
	both(t, func(w *world, keys func(...string) task.RunnerFunc) {
		p := w.process(task.Options{Runner: keys("a", "b")})
		id := w.create(p).ID
		r := w.get(p, id)
		if r.Status != task.InputRequired || len(r.Open()) != 2 || string(r.Open()[0].Request) != `{"ask":"a"}` {
			w.Fatalf("%s with open questions %v", r.Status, r.Open())
		}
		if r := w.answer(p, id, map[string]string{"a": `1`, "unknown": `7`}); r.Status != task.InputRequired || len(r.Open()) != 1 {
			w.Errorf("after a partial answer: %s, open %v", r.Status, r.Open())
		}
		if r := w.answer(p, id, map[string]string{"a": `2`, "b": `3`}); r.Status != task.Working {
			w.Errorf("after the last answer: %s", r.Status)
		}
		if r := w.wait(p, id); string(r.Result) != `{"a":1,"b":3}` {
			w.Errorf("result %s; the first answer counts", r.Result)
		}
		late := w.answer(p, id, map[string]string{"a": `9`})
		w.ended(late, task.Completed, "")
	})
}

func TestAnswersAreValidated(t *testing.T) {
	both(t, func(w *world, keys func(...string) task.RunnerFunc) {
		p := w.process(task.Options{Runner: keys("a", "b"), Validate: func(q task.Question, answer json.RawMessage) error {
			if string(answer) == `"no"` {
				return fmt.Errorf("must not be no")
			}
			return nil
		}})
		id := w.create(p).ID
		w.get(p, id)
		_, err := p.Answer(w.ctx, "ann", id, raw(map[string]string{"a": `"yes"`, "b": `"no"`}))
		var invalid task.InvalidAnswers
		if !errors.As(err, &invalid) || err.Error() != `answer "b": must not be no` {
			w.Errorf("error %v", err)
		}
		if r := w.get(p, id); len(r.Open()) != 2 {
			w.Errorf("an answer beside an invalid one was accepted; open %v", r.Open())
		}
		_, err = p.Answer(w.ctx, "ann", id, raw(map[string]string{"a": `{`}))
		if err == nil || err.Error() != `answer "a": not JSON` {
			w.Errorf("error %v", err)
		}
		huge := `"` + strings.Repeat("x", 1<<20) + `"`
		if _, err = p.Answer(w.ctx, "ann", id, raw(map[string]string{"a": huge})); !errors.As(err, &invalid) {
			w.Errorf("error %v for a megabyte", err)
		}
		w.answer(p, id, map[string]string{"a": `"yes"`, "b": `"yes"`})
		w.ended(w.wait(p, id), task.Completed, "")
	})
}

func TestOneAfterAnother(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: parks("a", "b", "c", "d", "e")})
		id := w.create(p).ID
		for _, key := range []string{"a", "b", "c", "d", "e"} {
			if open := w.get(p, id).Open(); len(open) != 1 || open[0].Key != key {
				t.Fatalf("open %v, want %s", open, key)
			}
			w.answer(p, id, map[string]string{key: `"` + key + `"`})
		}
		w.ended(w.wait(p, id), task.Completed, "")
	})
}

func TestParallelAsks(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			var all sync.WaitGroup
			for i := range 10 {
				all.Go(func() {
					if _, err := r.Ask(ctx, questions(fmt.Sprint("q", i))...); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			return task.Outcome{Result: json.RawMessage(`1`)}, nil
		})})
		id := w.create(p).ID
		for i := range 10 {
			if n := len(w.get(p, id).Open()); n != 10-i {
				t.Errorf("%d questions are open, want %d", n, 10-i)
			}
			w.answer(p, id, map[string]string{fmt.Sprint("q", i): `1`})
		}
		w.ended(w.wait(p, id), task.Completed, "")
		if workers, _ := w.free(p); workers != 15 {
			t.Errorf("%d places are free, want 15", workers)
		}
	})
}

func TestAKeyIsOneQuestion(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			first, err := r.Ask(ctx, questions("a")...)
			if err != nil {
				return task.Outcome{}, err
			}
			again, err := r.Ask(ctx, task.Question{Key: "a", Request: json.RawMessage(`{"ask":"a"}`)})
			if err != nil || string(again["a"]) != string(first["a"]) {
				t.Errorf("the same question again: %s, %v", again, err)
			}
			if _, err = r.Ask(ctx, task.Question{Key: "a", Request: json.RawMessage(`{"ask":"else"}`)}); err == nil {
				t.Error("another question with the same key was asked")
			}
			if _, err = r.Ask(ctx, task.Question{Key: "", Request: json.RawMessage(`{}`)}); err == nil {
				t.Error("a question without a key was asked")
			}
			return task.Outcome{Result: json.RawMessage(`1`)}, nil
		})})
		id := w.create(p).ID
		w.get(p, id)
		w.answer(p, id, map[string]string{"a": `1`})
		w.ended(w.wait(p, id), task.Completed, "")
	})
}

func TestQuestionsAreWithdrawn(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			brief, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			_, err := r.Ask(brief, questions("a")...)
			w.is(err, context.DeadlineExceeded)
			return lasts(time.Second)(ctx, r)
		})})
		id := w.create(p).ID
		if r := w.get(p, id); r.Status != task.InputRequired {
			t.Errorf("status %s", r.Status)
		}
		time.Sleep(time.Second)
		if r := w.get(p, id); r.Status != task.Working {
			t.Errorf("status %s, want working after the question was withdrawn", r.Status)
		}
		w.answer(p, id, map[string]string{"a": `1`})
		w.ended(w.wait(p, id), task.Completed, "")
	})
}

func TestWaitingForAnAnswerTakesNoTime(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			time.Sleep(7 * time.Second)
			if _, err := r.Ask(ctx, questions("a")...); err != nil {
				return task.Outcome{}, err
			}
			return lasts(time.Hour)(ctx, r)
		})})
		begun := time.Now()
		id := w.create(p, func(s *task.Spec) { s.Timeout = 10 * time.Second }).ID
		time.Sleep(time.Minute)
		w.answer(p, id, map[string]string{"a": `1`})
		w.ended(w.wait(p, id), task.Failed, "timed out after 10s")
		if took := time.Since(begun); took != time.Minute+3*time.Second {
			t.Errorf("it timed out after %v, want 1m3s", took)
		}
	})
}

func TestAskingTheSameForever(t *testing.T) {
	inWorld(t, func(w *world) {
		p := w.process(task.Options{Runner: task.RunnerFunc(func(context.Context, *task.Run) (task.Outcome, error) {
			return task.Outcome{Questions: questions("a")}, nil
		})})
		id := w.create(p).ID
		w.answer(p, id, map[string]string{"a": `1`})
		w.ended(w.wait(p, id), task.Failed, "internal error")
	})
}

func TestQuestionsAreLimited(t *testing.T) {
	inWorld(t, func(w *world) {
		huge := task.Question{Key: "a", Request: json.RawMessage(`"` + strings.Repeat("x", 1<<20) + `"`)}
		p := w.process(task.Options{Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
			if _, err := r.Ask(ctx, huge); err == nil {
				t.Error("a megabyte was asked")
			}
			return task.Outcome{Questions: []task.Question{huge}}, nil
		})})
		r := w.wait(p, w.create(p).ID)
		if r.Status != task.Failed || !strings.Contains(r.Message, "at most 524288 are kept") {
			t.Errorf("%s: %s", r.Status, r.Message)
		}
	})
}

func TestCancelledWhileWaiting(t *testing.T) {
	both(t, func(w *world, keys func(...string) task.RunnerFunc) {
		p := w.process(task.Options{Runner: keys("a")})
		id := w.create(p).ID
		w.get(p, id)
		r, err := p.Cancel(w.ctx, "ann", id, "changed my mind")
		if err != nil {
			w.Fatal(err)
		}
		w.ended(r, task.Cancelled, "changed my mind")
		w.ended(w.answer(p, id, map[string]string{"a": `1`}), task.Cancelled, "changed my mind")
		if workers, _ := w.free(p); workers != 15 {
			w.Errorf("%d places are free, want 15", workers)
		}
	})
}
