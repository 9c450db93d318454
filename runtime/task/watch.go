package task

import (
	"context"
	"errors"
	"iter"
	"time"
)

// Watch yields a task as it is, and then as it is after each change that a client
// can see. Changes that follow each other closely may be one; the last is never
// missing, and the order is theirs. The terminal record, with its result, comes
// last. A task that expires meanwhile ends as failed, though nothing of it
// remains in the store.
//
// An error ends it: ErrNotFound, the context's, or the store's.
func (m *Manager) Watch(ctx context.Context, owner, id string) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		w := &watch{m: m, key: Key{owner, id}}
		w.ctx, w.end = context.WithCancelCause(ctx)
		defer w.close()
		for e, err := range m.store.Watch(w.ctx, w.key) {
			r, news, err := w.next(e, err)
			if news && !yield(r, err) || err != nil || r.Status.Terminal() {
				return
			}
		}
	}
}

// Wait waits until a task has ended, and returns it with its result.
func (m *Manager) Wait(ctx context.Context, owner, id string) (Record, error) {
	for r, err := range m.Watch(ctx, owner, id) {
		if err != nil || r.Status.Terminal() {
			return r, err
		}
	}
	return Record{}, context.Cause(ctx)
}

// watch is a Watch going on.
type watch struct {
	m      *Manager
	key    Key
	ctx    context.Context
	end    context.CancelCauseFunc
	last   *Record // what was yielded, nil at first
	expiry *time.Timer
}

func (w *watch) close() {
	if w.expiry != nil {
		w.expiry.Stop()
	}
	w.end(nil)
}

// next makes of what the store yields what the client gets, if anything.
func (w *watch) next(e Entry, err error) (r Record, news bool, _ error) {
	if err != nil {
		r, err = w.gone(err)
		return r, true, err
	}
	if r, err = decode(e); err != nil {
		return r, true, err
	}
	if w.last == nil {
		w.expiry = time.AfterFunc(e.Expires.Sub(e.Now), func() { w.end(ErrExpired) })
	} else if r.looksLike(w.last) {
		return r, false, nil
	}
	if r.Status.Terminal() {
		if r, err = w.m.get(w.ctx, w.key, WithResult); err != nil {
			r, err = w.gone(err)
		}
		return r, true, err
	}
	r.young(e.Now)
	w.last = &r
	return r, true, nil
}

// gone is the end of a watch whose task is out of sight.
func (w *watch) gone(err error) (Record, error) {
	expired := errors.Is(err, ErrNotFound) || errors.Is(context.Cause(w.ctx), ErrExpired)
	if w.last == nil || !expired {
		return Record{}, err
	}
	r := *w.last
	r.end(Failed, errExpired.Message, errExpired)
	return r, nil
}
