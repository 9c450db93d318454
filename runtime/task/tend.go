package task

import (
	"context"
	"errors"
	"time"
)

// remaining is how long the task has to live.
func (r *Run) remaining() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.entry.Expires.Sub(r.entry.Now)
}

// follow observes what becomes of the task elsewhere. When the store is away, it
// tries again: that is no reason to interrupt the work.
func (r *Run) follow(ctx context.Context) {
	for ctx.Err() == nil {
		for e, err := range r.m.store.Watch(ctx, r.key()) {
			if errors.Is(err, ErrNotFound) {
				r.cancel(ErrExpired)
				return
			}
			if err != nil {
				break
			}
			r.observe(e)
		}
		sleep(ctx, r.m.o.Backoff)
	}
}

// tend extends the lease and writes reports, as often as is good for the store.
func (r *Run) tend(ctx context.Context) {
	beat := time.NewTicker(r.m.o.Lease / 3)
	defer beat.Stop()
	var pause <-chan time.Time // not nil while a report is recent
	for {
		reported := r.reported
		if pause != nil {
			reported = nil
		}
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
			r.extend(ctx)
		case <-reported:
			r.writeReport(ctx)
			pause = time.After(r.m.o.ReportEvery)
		case <-pause:
			pause = nil
		}
	}
}

// extend keeps the lease. Not even ErrLost ends the run: whether somebody else
// has the task now is for the record to say.
func (r *Run) extend(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, r.m.o.Lease/3)
	defer cancel()
	if err := r.holding().Extend(ctx); err != nil && ctx.Err() == nil {
		r.m.o.Log.Warn("the lease of a running task was not extended", "task", r.id, "error", err)
	}
}

// writeReport writes what was last reported. What cannot be written now may be
// with the next report.
func (r *Run) writeReport(ctx context.Context) {
	r.mu.Lock()
	last := r.report
	r.mu.Unlock()
	_, err := r.write(ctx, func(rec *Record) (effect, error) {
		rec.Message, rec.Progress = last.message, last.progress
		return effect{}, nil
	})
	if err != nil && ctx.Err() == nil {
		r.m.o.Log.Debug("a report was not written", "task", r.id, "error", err)
	}
}

// sleep waits, or until the context ends.
func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
