package task

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// finish writes how a run ended, and ends its claim.
func (r *Run) finish(v verdict) {
	cause := context.Cause(r.ctx)
	switch {
	case errors.Is(cause, ErrCancelled), errors.Is(cause, ErrLost), errors.Is(cause, ErrExpired):
		r.letGo() // the task has its end, or another worker
		r.done()
	case v.err != nil && errors.Is(cause, ErrStopped) && r.repeatable():
		r.yield()
	case v.again() && r.startsLeft():
		r.again()
	case len(v.Questions) > 0:
		r.park(v.Questions)
	default:
		r.conclude(r.ending(v, cause))
	}
}

func (v verdict) again() bool {
	var again *againError
	return v.Again || errors.As(v.err, &again)
}

// ending is the last edit of a task that is not to be started again.
func (r *Run) ending(v verdict, cause error) func(*Record) (effect, error) {
	switch {
	case v.err != nil && errors.Is(cause, errCallerGone):
		return func(rec *Record) (effect, error) {
			rec.end(Cancelled, "the caller went away", nil)
			return effect{}, nil
		}
	case v.err != nil:
		return failing(r.explain(v.err, cause))
	case len(v.Result) > r.m.o.MaxResult:
		return failing(failure("the result is %d bytes, at most %d are allowed", len(v.Result), r.m.o.MaxResult))
	case len(v.Result) == 0:
		r.m.o.Log.Error("a task has ended without a result", "task", r.id, "kind", r.spec.Kind)
		return failing(errInternal)
	}
	return func(rec *Record) (effect, error) {
		rec.end(Completed, brief(v.Message), nil)
		rec.ToolError = v.ToolError
		return effect{result: v.Result}, nil
	}
}

func failing(err *Error) func(*Record) (effect, error) {
	return func(rec *Record) (effect, error) {
		rec.end(Failed, brief(err.Message), err)
		return effect{}, nil
	}
}

// explain finds what a client may be told of an error.
func (r *Run) explain(err, cause error) *Error {
	var public *Error
	switch {
	case errors.Is(cause, ErrStopped):
		return errHandedOff
	case errors.Is(cause, ErrTimeout):
		return failure("timed out after %v", r.spec.Timeout)
	case errors.As(err, &public):
		if len(public.Data)+len(public.Message) > r.m.o.MaxState/2 {
			return &Error{Code: public.Code, Message: brief(public.Message)}
		}
		return public
	}
	r.m.o.Log.Error("a task failed", "task", r.id, "kind", r.spec.Kind, "error", err)
	return errInternal
}

// conclude makes the task terminal. It does not rest until that is durable, or
// until it is no longer for this run to do.
func (r *Run) conclude(edit func(*Record) (effect, error)) {
	record, err := r.persist(r.m.storing, edit)
	if err != nil {
		r.giveUp(err)
		return
	}
	r.done()
	if record.Status != Completed {
		r.m.cancelChildren(r.m.storing, &record)
	}
}

// persist writes until it succeeds, is refused, or nobody waits for it any more:
// the context has ended, or the task has expired.
func (r *Run) persist(ctx context.Context, edit func(*Record) (effect, error)) (Record, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, r.remaining(), ErrExpired)
	defer cancel()
	for pause := r.m.o.Backoff / 10; ; pause = min(2*pause, r.m.o.Lease/3) {
		record, err := r.writeSoon(ctx, edit)
		if !trouble(err) || ctx.Err() != nil {
			return record, err
		}
		r.m.o.Log.Warn("a task was not written; trying again", "task", r.id, "error", err)
		sleep(ctx, pause)
	}
}

// writeSoon is write with a limit, for a store that does not even say no.
func (r *Run) writeSoon(ctx context.Context, edit func(*Record) (effect, error)) (Record, error) {
	ctx, cancel := r.m.bounded(ctx)
	defer cancel()
	return r.write(ctx, edit)
}

// park lets go of a task until its questions are answered. The claim ends after
// the questions are durable: whatever happens in between, the task is not lost.
func (r *Run) park(questions []Question) {
	r.letGo()
	var idle bool
	record, err := r.persist(r.m.storing, func(rec *Record) (effect, error) {
		added, err := rec.ask(questions)
		if idle = !added && len(rec.Open()) == 0; err != nil || idle {
			return effect{unchanged: true}, err
		}
		rec.Work.Starts = 0
		rec.Work.rest()
		rec.Work.Parked = rec.Status == InputRequired
		return effect{}, nil
	})
	var full *tooLarge
	switch {
	case idle:
		r.m.o.Log.Error("a task asks again what was answered", "task", r.id, "kind", r.spec.Kind)
		r.conclude(failing(errInternal))
	case errors.As(err, &full):
		r.conclude(failing(failure("%v", full)))
	case trouble(err), errors.Is(err, ErrTerminal), errors.Is(err, ErrLost), errors.Is(err, ErrNotFound):
		r.giveUp(err)
	case err != nil:
		r.m.o.Log.Error("the questions of a task are refused", "task", r.id, "error", err)
		r.conclude(failing(errInternal))
	case record.Work.Parked:
		r.done()
	default:
		r.release(0)
	}
}

// again leaves a task to be started once more, by whoever has a place then.
func (r *Run) again() {
	r.letGo()
	_, err := r.persist(r.m.storing, func(rec *Record) (effect, error) {
		rec.Work.rest()
		return effect{}, nil
	})
	r.giveUp(err)
	r.release(r.backoff())
}

// yield gives a task that was interrupted to another process. The start does not
// count.
func (r *Run) yield() {
	r.letGo()
	_, err := r.writeSoon(r.m.storing, func(rec *Record) (effect, error) {
		rec.Work.Starts = max(rec.Work.Starts-1, 0)
		rec.Work.rest()
		return effect{}, nil
	})
	r.giveUp(err)
	r.release(0)
}

// handOver interrupts a task that another process may start again.
func (r *Run) handOver() {
	if !r.Straight() && r.repeatable() {
		r.cancel(ErrStopped)
	}
}

func (r *Run) repeatable() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.record.Work.repeatable()
}

func (r *Run) startsLeft() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.record.Work.Starts < r.record.Work.MaxStarts
}

// backoff is the pause before the next start: twice the one before, give or take
// a half, so that tasks that failed together do not come back together.
func (r *Run) backoff() time.Duration {
	r.mu.Lock()
	starts := r.record.Work.Starts
	r.mu.Unlock()
	d := min(r.m.o.Backoff<<max(starts-1, 0), backoffCap)
	return min(d/2+rand.N(d), backoffCap)
}
