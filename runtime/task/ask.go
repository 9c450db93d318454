package task

import (
	"context"
	"encoding/json"
	"errors"
)

// Ask puts questions to the client and waits for all answers, while others may
// have its worker's place and its timeout stands still. A question that an
// earlier start of the task asked is not asked again. If ctx ends first, the
// questions are withdrawn, unless the whole run has ended.
func (r *Run) Ask(ctx context.Context, questions ...Question) (map[string]json.RawMessage, error) {
	if err := r.becomeTask(ctx); err != nil {
		return nil, err
	}
	record, err := r.write(ctx, func(rec *Record) (effect, error) {
		added, err := rec.ask(questions)
		return effect{unchanged: !added}, err
	})
	if err != nil {
		return nil, err
	}
	if answers, ok := record.answers(questions); ok {
		return answers, nil
	}
	r.rest()
	answers, err := r.await(ctx, questions)
	if err != nil {
		r.withdraw(questions)
	}
	return answers, errors.Join(err, r.resume(ctx))
}

// await waits until all questions have answers.
func (r *Run) await(ctx context.Context, questions []Question) (map[string]json.RawMessage, error) {
	for {
		r.mu.Lock()
		answers, ok := r.record.answers(questions)
		news := r.news
		r.mu.Unlock()
		if ok {
			return answers, nil
		}
		select {
		case <-news:
		case <-r.ctx.Done():
			return nil, context.Cause(r.ctx)
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// withdraw takes questions back for which nobody waits any more. If that fails
// the client may answer in vain.
func (r *Run) withdraw(questions []Question) {
	if r.ctx.Err() != nil {
		return
	}
	ctx, cancel := r.m.bounded(r.ctx)
	defer cancel()
	_, err := r.write(ctx, func(rec *Record) (effect, error) {
		for _, q := range questions {
			if in := rec.input(q.Key); in != nil && in.open() {
				in.Withdrawn = true
			}
		}
		rec.settle()
		return effect{}, nil
	})
	if err != nil {
		r.m.o.Log.Debug("questions were not withdrawn", "task", r.id, "error", err)
	}
}

// becomeTask waits until this is a task, or tells why it cannot be one.
func (r *Run) becomeTask(ctx context.Context) error {
	r.want.Do(func() { close(r.wanted) })
	select {
	case <-r.decided:
		return r.refusal
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// rest gives up the place and stops the timeout, until resume.
func (r *Run) rest() {
	r.place.leave()
	r.pause()
}

func (r *Run) resume(ctx context.Context) error {
	err := r.place.enter(ctx)
	r.proceed()
	return err
}
