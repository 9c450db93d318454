package task

import (
	"context"
	"errors"
)

// claimLoop claims work as long as there is place for it, until Stop.
func (m *Manager) claimLoop() {
	for m.workers.take(m.claiming) == nil {
		ctx, cancel := m.workers.offer(m.claiming)
		claim, err := m.store.Claim(ctx, m.o.Kinds, m.o.Lease)
		spared := ctx.Err() != nil
		cancel()
		if err == nil {
			m.take(claim)
			continue
		}
		m.workers.give()
		if m.claiming.Err() != nil || errors.Is(err, ErrClosed) {
			return
		}
		if spared {
			continue
		}
		m.o.Log.Warn("the task store has no work to give; trying again", "error", err)
		sleep(m.claiming, m.o.Backoff)
	}
}

// take starts to work on a claim. It has a slot.
func (m *Manager) take(claim Claim) {
	e := claim.Entry()
	if r := m.runOf(e.Key); r != nil {
		m.workers.give()
		go r.renew(claim)
		return
	}
	s := Spec{Owner: e.Owner, Kind: e.Kind, Payload: e.Payload}
	r := m.newRun(m.running, s, e.ID, m.workers)
	r.claim, r.fence = claim, claim.Attempt()
	if !m.enlist(r) {
		r.place.end()
		r.release(0)
		return
	}
	go m.perform(r)
}

// runOf returns the run of a task that this process has not let go of, or nil.
func (m *Manager) runOf(key Key) *Run {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.runs[key]
}

// renew goes on with a run under a new claim. Its lease had passed although it is
// alive: the machine slept, or the store was away for long.
func (r *Run) renew(claim Claim) {
	r.mu.Lock()
	r.claim, r.fence = claim, claim.Attempt()
	r.mu.Unlock()
	_, err := r.writeSoon(r.m.storing, func(*Record) (effect, error) { return effect{}, nil })
	if err != nil {
		r.m.o.Log.Warn("a running task was not claimed anew", "task", r.id, "error", err)
	}
}

// perform runs a claimed task from beginning to end.
func (m *Manager) perform(r *Run) {
	defer m.discharge(r)
	defer r.place.end()
	defer func() {
		if r.suspect {
			m.suspects.give()
		}
	}()
	if !r.begin() {
		r.cancel(ErrLost)
		return
	}
	close(r.decided)
	r.carry(r.launch())
}

// begin counts a start, if there is one to be had. It takes no longer than the
// lease, since nobody extends it yet.
func (r *Run) begin() bool {
	e := r.holding().Entry()
	record, err := decode(e)
	if err != nil {
		r.bury(e, err)
		return false
	}
	if record.Work.Parked { // and whoever parked it was lost before it could say so
		r.done()
		return false
	}
	if record.Work.suspect() && record.Work.Starts < record.Work.MaxStarts {
		if r.suspect = r.m.suspects.try(); !r.suspect {
			r.letGo()
			r.release(r.m.o.Backoff)
			return false
		}
	}
	r.note(e, record)
	ctx, cancel := context.WithTimeout(r.m.storing, r.m.o.Lease)
	defer cancel()
	record, err = r.persist(ctx, r.counting)
	switch {
	case err == nil && !record.Status.Terminal():
		r.spec.Timeout = record.Work.Timeout
		return true
	case err == nil:
		r.m.cancelChildren(r.m.storing, &record)
		r.done()
	case errors.Is(err, ErrTerminal), errors.Is(err, ErrNotFound):
		r.done()
	case trouble(err):
		r.letGo()
		r.giveUp(err)
		r.release(0)
	case !errors.Is(err, ErrLost):
		r.conclude(failing(failure("%v", err)))
	}
	return false
}

// counting is the edit that counts a start. If this claim has counted it already,
// the store's word of that was lost on the way.
func (r *Run) counting(rec *Record) (effect, error) {
	if rec.Work.Fence == r.holding().Attempt() {
		return effect{unchanged: true}, nil
	}
	if rec.Work.Starts >= rec.Work.MaxStarts {
		rec.end(Failed, errWorkerLost.Message, errWorkerLost)
		return effect{}, nil
	}
	rec.Work.begin()
	return effect{}, nil
}

// bury fails a task of which nobody can read what it is. Its owner is told no
// more than that.
func (r *Run) bury(e Entry, reason error) {
	r.m.o.Log.Error("a task is unreadable", "task", r.id, "error", reason)
	record := Record{TTL: e.Expires.Sub(e.Created), Poll: r.m.o.Poll}
	record.end(Failed, errInternal.Message, errInternal)
	state, err := encode(&record, r.m.o.MaxState)
	if err == nil {
		ctx, cancel := r.m.bounded(r.m.storing)
		defer cancel()
		_, err = r.m.store.Update(ctx, Change{Key: e.Key, Version: e.Version, State: state, Terminal: true})
	}
	r.giveUp(err)
	r.done()
}
