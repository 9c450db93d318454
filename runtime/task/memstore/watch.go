package memstore

import (
	"context"
	"iter"

	"github.com/mcpgen/mcpgen/runtime/task"
)

// Watch implements [task.Store].
func (s *Store) Watch(ctx context.Context, key task.Key) iter.Seq2[task.Entry, error] {
	return func(yield func(task.Entry, error) bool) {
		var seen uint64
		for {
			e, news, err := s.look(ctx, key)
			switch {
			case err != nil:
				yield(task.Entry{}, err)
				return
			case e.Version > seen:
				if seen = e.Version; !yield(e, nil) {
					return
				}
			}
			select {
			case <-news:
			case <-ctx.Done():
				yield(task.Entry{}, ctx.Err())
				return
			}
		}
	}
}

// look returns an entry and what is closed at its next change.
func (s *Store) look(ctx context.Context, key task.Key) (task.Entry, <-chan struct{}, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(ctx); err != nil {
		return task.Entry{}, nil, err
	}
	r, err := s.find(key)
	if err != nil {
		return task.Entry{}, nil, err
	}
	return s.entry(r, 0), r.next(), nil
}
