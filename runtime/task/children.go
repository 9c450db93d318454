package task

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"sync"
)

// Start starts another task for the same owner, which is cancelled if this one
// does not complete, and expires with it at the latest. The name tells this task's
// children apart: if this task is started again, Start finds the child that it started
// before.
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
	s.TTL = max(min(cmp.Or(s.TTL, r.m.o.TTL), r.remaining()), 1)
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
// others may have this worker's place and the timeout stands still. What that task
// asks meanwhile, this one asks for it: nobody else may know its id.
func (r *Run) Await(ctx context.Context, id string) (Record, error) {
	r.rest()
	record, err := r.attend(ctx, id)
	return record, errors.Join(err, r.resume(ctx))
}

// attend waits for the end of another task and relays its questions.
func (r *Run) attend(ctx context.Context, id string) (Record, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	var relays sync.WaitGroup
	defer relays.Wait()
	defer cancel(nil)
	open := make(map[string]context.CancelFunc) // of questions that are relayed
	for other, err := range r.m.Watch(ctx, r.spec.Owner, id) {
		if err != nil && context.Cause(ctx) != nil {
			return other, context.Cause(ctx)
		}
		if err != nil || other.Status.Terminal() {
			return other, err
		}
		for key, drop := range open {
			if in := other.input(key); in == nil || !in.open() {
				drop()
				delete(open, key)
			}
		}
		for _, q := range other.Open() {
			if open[q.Key] != nil {
				continue
			}
			asking, drop := context.WithCancel(ctx)
			open[q.Key] = drop
			relays.Go(func() {
				defer drop()
				if err := r.relay(asking, id, q); err != nil && asking.Err() == nil {
					cancel(err)
				}
			})
		}
	}
	return Record{}, context.Cause(ctx)
}

// relay asks a question of another task, and gives it the answer.
func (r *Run) relay(ctx context.Context, id string, q Question) error {
	own := Question{Key: id + "-" + q.Key, Request: q.Request}
	answers, err := r.Ask(ctx, own)
	if err != nil {
		return err
	}
	_, err = r.m.Answer(ctx, r.spec.Owner, id, map[string]json.RawMessage{q.Key: answers[own.Key]})
	return err
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
func childID(parent, name string) string { return derivedID("child", parent, name) }
