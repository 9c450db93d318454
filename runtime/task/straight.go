package task

import (
	"context"
	"crypto/rand"
	"errors"
	"time"
)

// An Answer is what becomes of a call: an outcome, if it came soon enough, or
// else a task.
type Answer struct {
	Outcome Outcome // if Task is nil
	Task    *Record
}

// errCallerGone is the cause when the caller of a call went away that was not a
// task yet.
var errCallerGone = errors.New("the caller went away")

// Call runs the work, and returns its outcome, or the Runner's own error, if it
// ends within the grace; the store is not touched then. Work that takes longer,
// or asks for something, becomes a task while it goes on. A task that is
// required, or that this process cannot begin now, is created as with
// [Manager.Create].
//
// Until Call has returned, the end of ctx ends the work; a task outlives it. The
// values of ctx are there for the work in any case, as long as it is this
// process that does it.
//
// While the store cannot create a task, the work goes on, and Call waits for its
// outcome however long it takes.
func (m *Manager) Call(ctx context.Context, s Spec) (Answer, error) {
	if s.Required || s.once() || m.o.Grace < 0 || !m.Works(s.Kind) || !m.straight.try() {
		record, err := m.Create(ctx, s)
		if err != nil {
			return Answer{}, err
		}
		return Answer{Task: &record}, nil
	}
	r := m.newRun(context.WithoutCancel(ctx), s, rand.Text(), m.straight)
	if !m.enlist(r) {
		r.place.end()
		return Answer{}, ErrStopped
	}
	r.detach = context.AfterFunc(m.running, func() { r.cancel(ErrStopped) })
	stay := context.AfterFunc(ctx, func() { r.cancel(errCallerGone) })
	done := r.launch()
	v, ended, err := r.grace(ctx, done)
	switch {
	case err != nil:
		go r.leave(done)
		return Answer{}, err
	case ended:
		r.retire()
		return Answer{Outcome: v.Outcome}, v.err
	}
	record, err := r.promote(ctx)
	if err != nil {
		return r.goOn(ctx, done, err)
	}
	stay()
	go func() {
		defer r.retire()
		r.carry(done)
	}()
	return Answer{Task: &record}, nil
}

// grace waits for a straight answer, as long as there may be one.
func (r *Run) grace(ctx context.Context, done chan verdict) (v verdict, ended bool, err error) {
	timer := time.NewTimer(r.m.o.Grace)
	defer timer.Stop()
	select {
	case v = <-done:
		if len(v.Questions) > 0 && v.err == nil {
			done <- v // which needs a task to be asked
			return verdict{}, false, nil
		}
		return v, true, nil
	case <-timer.C:
	case <-r.wanted:
	case <-ctx.Done():
		return verdict{}, false, context.Cause(ctx)
	case <-r.m.running.Done():
		return verdict{}, false, ErrStopped
	}
	return verdict{}, false, nil
}

// promote makes a task of the run. The state it is created with says that it was
// started once, so that no other worker takes this for the first time.
func (r *Run) promote(ctx context.Context) (Record, error) {
	record := r.spec.record(r.m.o)
	record.ID, record.Work.Starts, record.Work.Running = r.id, 1, true
	n, err := r.m.entry(&record, r.spec.Payload)
	if err != nil {
		return Record{}, err
	}
	ctx, cancel := r.m.bounded(ctx)
	defer cancel()
	claim, err := r.m.store.CreateClaimed(ctx, n, r.m.o.Lease)
	if err != nil {
		return Record{}, err
	}
	record.fill(claim.Entry())
	r.mu.Lock()
	r.claim, r.fence = claim, claim.Attempt()
	r.entry, r.record = claim.Entry(), record
	r.mu.Unlock()
	close(r.decided)
	record.young(claim.Entry().Now)
	return record, nil
}

// goOn waits for the outcome of a call that cannot become a task.
func (r *Run) goOn(ctx context.Context, done chan verdict, refusal error) (Answer, error) {
	r.m.o.Log.Warn("a call goes on without becoming a task", "kind", r.spec.Kind, "error", refusal)
	r.refusal = refusal
	close(r.decided)
	select {
	case v := <-done:
		defer r.retire()
		if len(v.Questions) > 0 && v.err == nil {
			return Answer{}, refusal
		}
		return Answer{Outcome: v.Outcome}, v.err
	case <-ctx.Done():
		go r.leave(done)
		return Answer{}, context.Cause(ctx)
	case <-r.m.running.Done():
		go r.leave(done)
		return Answer{}, ErrStopped
	}
}

// leave waits for a function of which nobody wants to hear any more.
func (r *Run) leave(done chan verdict) {
	<-done
	r.retire()
}

// retire ends a run.
func (r *Run) retire() {
	r.detach()
	r.cancel(nil)
	r.place.end()
	r.m.discharge(r)
}
