package task

import (
	"context"
	"crypto/rand"
	"errors"
)

// Create makes a task and returns once it is durable: from then on it is found
// by its id, and some worker will start it. It takes no longer than StoreTimeout.
//
// After an error there may be a task of which nobody knows the id. It runs and
// expires like any other. Creating again makes another task.
func (m *Manager) Create(ctx context.Context, s Spec) (Record, error) {
	return m.create(ctx, s, rand.Text(), "")
}

// create makes the task with this id; parent is the id of the task that asked
// for it, if one did.
func (m *Manager) create(ctx context.Context, s Spec, id, parent string) (Record, error) {
	if m.isStopped() {
		return Record{}, ErrStopped
	}
	r := s.record(m.o)
	r.ID, r.Parent = id, parent
	n, err := m.entry(&r, s.Payload)
	if err != nil {
		return Record{}, err
	}
	ctx, cancel := m.bounded(ctx)
	defer cancel()
	e, err := m.store.Create(ctx, n)
	if errors.Is(err, ErrExists) && parent != "" {
		return m.get(ctx, n.Key, 0) // the parent was started again
	}
	if err != nil {
		return Record{}, err
	}
	r.fill(e)
	r.young(e.Now)
	return r, nil
}

// entry is what the store is told of a new task.
func (m *Manager) entry(r *Record, payload []byte) (NewEntry, error) {
	state, err := encode(r, m.o.MaxState)
	if err != nil {
		return NewEntry{}, err
	}
	return NewEntry{Key: r.key(), Kind: r.Kind, TTL: r.TTL, State: state, Payload: payload}, nil
}

func (m *Manager) isStopped() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.stopped
}

// key finds the task of r.
func (r *Record) key() Key { return Key{Owner: r.Owner, ID: r.ID} }
