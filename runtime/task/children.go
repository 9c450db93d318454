package task

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
)

// Start starts another task for the same owner, which is cancelled if this one
// does not complete. The name tells this task's children apart: if this task is
// started again, Start finds the child that it started before.
func (r *Run) Start(ctx context.Context, name string, s Spec) (Record, error) {
	if err := r.becomeTask(ctx); err != nil {
		return Record{}, err
	}
	id := childID(r.id, name)
	_, err := r.write(ctx, func(rec *Record) (effect, error) {
		return effect{unchanged: !rec.adopt(id)}, nil
	})
	if err != nil {
		return Record{}, err
	}
	s.Owner = r.spec.Owner
	child, err := r.m.create(ctx, s, id, r.id)
	if err != nil {
		return child, err
	}
	parent, err := r.m.get(ctx, r.key(), 0)
	if err == nil && parent.Status.Terminal() { // by somebody who came before the child
		r.m.cancelChildren(ctx, &parent)
		return child, ErrTerminal
	}
	return child, nil
}

// Await waits until a task of the same owner has ended, a child for example, while
// others may have this worker's place and the timeout stands still.
func (r *Run) Await(ctx context.Context, id string) (Record, error) {
	r.rest()
	record, err := r.m.Wait(ctx, r.spec.Owner, id)
	return record, errors.Join(err, r.resume(ctx))
}

// cancelChildren cancels what a task started that has come to a bad end. A child
// that cannot be reached now lives until it expires.
func (m *Manager) cancelChildren(ctx context.Context, r *Record) {
	for _, id := range r.Children {
		if _, err := m.Cancel(ctx, r.Owner, id, "the task that started it has ended"); trouble(err) {
			m.o.Log.Warn("a child task was not cancelled", "task", id, "error", err)
		}
	}
}

// childID is the id of the child that a task calls name. It is the same when the
// task is started again, and whoever does not know the parent's id cannot guess
// it.
func childID(parent, name string) string {
	sum := sha256.Sum256([]byte(parent + "\x00" + name))
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:20])
}
