package task

import (
	"context"
	"time"
)

// write changes the task's record, if this run is the one that may.
func (r *Run) write(ctx context.Context, edit func(*Record) (effect, error)) (Record, error) {
	r.mu.Lock()
	newest := r.entry
	r.mu.Unlock()
	record, e, err := r.m.change(ctx, newest, func(rec *Record) (effect, error) {
		fence, err := r.fenceFor(rec)
		if err != nil {
			return effect{}, err
		}
		what, err := edit(rec)
		rec.Work.Fence = fence
		return what, err
	})
	if err == nil {
		r.note(e, record)
	}
	return record, err
}

// fenceFor is the fence that this run puts into a record, unless it may not write
// it: the task has ended, or a newer claim has begun.
func (r *Run) fenceFor(rec *Record) (uint64, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case rec.Status.Terminal():
		return 0, ErrTerminal
	case rec.Work.Fence > r.fence:
		return 0, ErrLost
	}
	return r.fence, nil
}

// observe takes note of a version of the task that the store has told of.
func (r *Run) observe(e Entry) {
	record, err := decode(e)
	if err != nil {
		r.cancel(err)
		return
	}
	r.note(e, record)
}

// note takes note of a version of the task, if it is a newer one.
func (r *Run) note(e Entry, record Record) {
	r.mu.Lock()
	if e.Version > r.entry.Version {
		r.entry, r.record = e, record
		close(r.news)
		r.news = make(chan struct{})
	}
	lost := record.Work.Fence > r.fence
	r.mu.Unlock()
	switch {
	case record.Status == Cancelled:
		r.cancel(ErrCancelled)
	case lost || record.Status.Terminal():
		r.cancel(ErrLost)
	}
}

// holding is the newest claim of the task.
func (r *Run) holding() Claim {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.claim
}

// done takes the task off the queue; see [Claim].
func (r *Run) done() {
	ctx, cancel := r.m.bounded(r.m.storing)
	defer cancel()
	r.giveUp(r.holding().Done(ctx))
}

// release puts the task back into the queue. A run that does so must have let go.
func (r *Run) release(after time.Duration) {
	ctx, cancel := r.m.bounded(r.m.storing)
	defer cancel()
	r.giveUp(r.holding().Release(ctx, after))
}

func (r *Run) key() Key { return Key{Owner: r.spec.Owner, ID: r.id} }

// letGo says that this run needs no other claim: the task is about to be anybody's,
// another run's of this process too.
func (r *Run) letGo() {
	r.m.mu.Lock()
	defer r.m.mu.Unlock()
	if r.m.runs[r.key()] == r {
		delete(r.m.runs, r.key())
	}
}

// giveUp tells the log of an error with which the task is left to the next worker.
func (r *Run) giveUp(err error) {
	if err != nil {
		r.m.o.Log.Warn("a task is left to the next worker", "task", r.id, "error", err)
	}
}
