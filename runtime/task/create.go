package task

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
)

// Create makes a task and returns once it is durable: from then on it is found
// by its id, and some worker will start it. It takes no longer than StoreTimeout.
//
// After an error there may be a task of which nobody knows the id. It runs and
// expires like any other. Creating again makes another task, but for [Spec].Once.
func (m *Manager) Create(ctx context.Context, s Spec) (Record, error) {
	if !s.once() {
		return m.create(ctx, s, rand.Text(), "")
	}
	r, err := m.create(ctx, s, onceID(s), "")
	if err == nil && r.Digest != s.Digest {
		return Record{}, ErrDiffers
	}
	return r, err
}

// once reports whether the task is to be the only one of its kind.
func (s Spec) once() bool { return s.Once != "" && s.Owner != "" }

// onceID is the id of the one task. Others may guess it, and have another owner.
func onceID(s Spec) string { return derivedID("once", s.Owner, s.Kind, s.Once) }

// derivedID is the same for the same parts, and for no others.
func derivedID(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(h.Sum(nil)[:20])
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
	if errors.Is(err, ErrExists) && (parent != "" || s.once()) {
		return m.get(ctx, n.Key, 0) // the parent was started again, or the wish told again
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
