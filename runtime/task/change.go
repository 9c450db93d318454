package task

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"
)

// An effect is what a change means to the store, beyond another state.
type effect struct {
	unchanged bool   // write nothing
	ready     bool   // queue it
	result    []byte // keep it
}

// A refusal is the error of a change that the store was not even asked for. To
// try again is no use.
type refusal struct{ err error }

func (e *refusal) Error() string { return e.err.Error() }
func (e *refusal) Unwrap() error { return e.err }

// change edits the record of an entry and writes it. If somebody else was faster,
// it edits what they wrote, so edit may be called several times and has to decide
// anew each time. This is the only way in which a task changes, and so the only
// place that needs to hold transitions against their table.
//
// The record that is returned with an error of edit is the one it was about.
func (m *Manager) change(ctx context.Context, e Entry, edit func(*Record) (effect, error)) (Record, Entry, error) {
	for {
		r, next, err := m.try(ctx, e, edit)
		if r.Status.Terminal() || !errors.Is(err, ErrConflict) && !errors.Is(err, ErrTerminal) {
			return r, next, err
		}
		if e, err = m.store.Get(ctx, next.Key, 0); err != nil {
			return Record{}, next, err
		}
	}
}

// try is one round of change. The entry it returns has the key of e in any case.
func (m *Manager) try(ctx context.Context, e Entry, edit func(*Record) (effect, error)) (Record, Entry, error) {
	r, err := decode(e)
	if err != nil {
		return Record{}, e, &refusal{err}
	}
	from := r.Status
	what, err := edit(&r)
	if err != nil {
		return r, e, &refusal{err}
	}
	if what.unchanged {
		return r, e, nil
	}
	if !from.CanBecome(r.Status) {
		return r, e, &refusal{fmt.Errorf("task cannot go from %s to %s", from, r.Status)}
	}
	state, err := encode(&r, m.o.MaxState)
	if err != nil {
		return r, e, &refusal{err}
	}
	next, err := m.store.Update(ctx, Change{
		Key: e.Key, Version: e.Version, State: state,
		Result: what.result, Terminal: r.Status.Terminal(), Ready: what.ready,
	})
	if err != nil {
		return Record{}, e, err
	}
	r.fill(next)
	r.Result = what.result
	r.young(next.Now)
	return r, next, nil
}

// longest is how much of a message is kept. It is for people, and travels often.
const longest = 1024

// brief cuts a message to what is kept of it.
func brief(message string) string {
	if len(message) <= longest {
		return message
	}
	cut := longest
	for cut > 0 && !utf8.RuneStart(message[cut]) {
		cut--
	}
	return message[:cut] + "…"
}
