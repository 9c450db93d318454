package task

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// Get returns a task as it is, with its result if it has one.
func (m *Manager) Get(ctx context.Context, owner, id string) (Record, error) {
	return m.get(ctx, Key{owner, id}, WithResult)
}

func (m *Manager) get(ctx context.Context, key Key, parts Parts) (Record, error) {
	ctx, cancel := m.bounded(ctx)
	defer cancel()
	e, err := m.store.Get(ctx, key, parts)
	if err != nil {
		return Record{}, err
	}
	r, err := decode(e)
	r.young(e.Now)
	return r, err
}

// List returns tasks of an owner, without results, the oldest first: those after
// the task with the id after, at most limit. The id of the last one leads to the
// next page; a page that is not full is the last.
func (m *Manager) List(ctx context.Context, owner, after string, limit int) ([]Record, error) {
	ctx, cancel := m.bounded(ctx)
	defer cancel()
	entries, err := m.store.List(ctx, Query{Owner: owner, After: after, Limit: limit})
	if err != nil {
		return nil, err
	}
	records := make([]Record, 0, len(entries))
	for _, e := range entries {
		r, err := decode(e)
		if err != nil {
			return nil, fmt.Errorf("task %s: %w", e.ID, err)
		}
		r.young(e.Now)
		records = append(records, r)
	}
	return records, nil
}

// Cancel ends a task. From then on it stays cancelled, whatever its function does;
// the function's context ends as soon as its worker hears of it. Tasks that it
// started are cancelled too. A task that has ended already is returned as it is,
// with [ErrTerminal].
func (m *Manager) Cancel(ctx context.Context, owner, id, reason string) (Record, error) {
	ctx, cancel := m.bounded(ctx)
	defer cancel()
	e, err := m.store.Get(ctx, Key{owner, id}, 0)
	if err != nil {
		return Record{}, err
	}
	r, _, err := m.change(ctx, e, func(r *Record) (effect, error) {
		if r.Status.Terminal() {
			return effect{}, ErrTerminal
		}
		r.end(Cancelled, brief(reason), nil)
		return effect{}, nil
	})
	if err != nil {
		return r, err
	}
	m.cancelChildren(ctx, &r)
	return r, nil
}

// Answer gives answers to questions of a task, some or all of them. Each question
// takes one answer; answers to questions that were not asked, are answered
// already or were withdrawn are ignored, as are all once the task has ended. If
// any of the others is invalid, none is accepted, and the error is
// [InvalidAnswers]. When Answer returns, the accepted answers are durable.
//
// The record is the task afterwards, without a result.
func (m *Manager) Answer(ctx context.Context, owner, id string, answers map[string]json.RawMessage) (Record, error) {
	ctx, cancel := m.bounded(ctx)
	defer cancel()
	e, err := m.store.Get(ctx, Key{owner, id}, 0)
	if err != nil {
		return Record{}, err
	}
	r, _, err := m.change(ctx, e, func(r *Record) (effect, error) {
		accepted, err := m.accept(r, answers)
		if err != nil || !accepted {
			return effect{unchanged: true}, err
		}
		r.settle()
		return effect{ready: r.unpark()}, nil
	})
	var large *tooLarge
	if errors.As(err, &large) {
		return Record{}, refuseAll(answers, err)
	}
	return r, err
}

// refuseAll says the same of all answers.
func refuseAll(answers map[string]json.RawMessage, err error) InvalidAnswers {
	invalid := InvalidAnswers{}
	for key := range answers {
		invalid[key] = err
	}
	return invalid
}

// accept notes the answers that are waited for, or none of them if one is
// invalid. It reports whether there were any.
func (m *Manager) accept(r *Record, answers map[string]json.RawMessage) (accepted bool, err error) {
	invalid := InvalidAnswers{}
	for i := range r.Inputs {
		in := &r.Inputs[i]
		answer, ok := answers[in.Key]
		if !ok || !in.open() {
			continue
		}
		if err := m.validate(in.Question, answer); err != nil {
			invalid[in.Key] = err
			continue
		}
		in.Answer, accepted = answer, true
	}
	if len(invalid) > 0 {
		return false, invalid
	}
	return accepted, nil
}

func (m *Manager) validate(q Question, answer json.RawMessage) error {
	if !json.Valid(answer) {
		return fmt.Errorf("not JSON")
	}
	if m.o.Validate == nil {
		return nil
	}
	return m.o.Validate(q, answer)
}
