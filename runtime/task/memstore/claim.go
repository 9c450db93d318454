package memstore

import (
	"context"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
)

// Claim implements [task.Store].
func (s *Store) Claim(ctx context.Context, kinds []string, lease time.Duration) (task.Claim, error) {
	for {
		c, wake, err := s.tryClaim(ctx, kinds, lease)
		if c != nil || err != nil {
			return c, err
		}
		select {
		case <-wake:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// tryClaim lends what is ready, or returns what is closed when something is.
func (s *Store) tryClaim(ctx context.Context, kinds []string, lease time.Duration) (task.Claim, <-chan struct{}, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(ctx); err != nil {
		return nil, nil, err
	}
	for r := s.ready.pop(kinds); r != nil; r = s.ready.pop(kinds) {
		if s.alive(r) {
			r.attempt++
			return s.lend(r, lease), nil, nil
		}
		s.remove(r)
	}
	return nil, s.wake, nil
}

// enqueue makes a row ready, and wakes all who wait: which of them can do it is
// theirs to find out.
func (s *Store) enqueue(r *row) {
	s.ready.push(r)
	close(s.wake)
	s.wake = make(chan struct{})
}

// lend makes a claim of a row that is not queued.
func (s *Store) lend(r *row, lease time.Duration) task.Claim {
	c := &claim{s: s, row: r, entry: s.entry(r, task.WithPayload), attempt: r.attempt, lease: lease}
	r.loan = c
	s.after(r, lease)
	return c
}

// after queues a row again in a while, unless that is put off or the row is
// unlent first.
func (s *Store) after(r *row, d time.Duration) {
	r.round++
	round := r.round
	r.timer = time.AfterFunc(d, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if r.round == round && !s.closed {
			s.unlend(r)
			s.enqueue(r)
		}
	})
}

// unlend ends a row's claim, if there is one, and takes it off the queue.
func (s *Store) unlend(r *row) {
	if r.timer != nil {
		r.timer.Stop()
		r.timer = nil
	}
	r.round++ // the timer may have fired and wait for the lock
	r.loan = nil
	s.ready.remove(r)
}

// A claim is a loan of a row.
type claim struct {
	s       *Store
	row     *row
	entry   task.Entry
	attempt uint64
	lease   time.Duration
}

func (c *claim) Entry() task.Entry { return c.entry }
func (c *claim) Attempt() uint64   { return c.attempt }

// Extend implements [task.Claim].
func (c *claim) Extend(ctx context.Context) error {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if err := c.s.usable(ctx); err != nil {
		return err
	}
	if c.row.loan != c {
		return task.ErrLost
	}
	c.row.timer.Stop()
	c.s.after(c.row, c.lease)
	return nil
}

// Release implements [task.Claim].
func (c *claim) Release(ctx context.Context, after time.Duration) error {
	return c.end(ctx, func() {
		if after > 0 {
			c.s.after(c.row, after)
		} else {
			c.s.enqueue(c.row)
		}
	})
}

// Done implements [task.Claim].
func (c *claim) Done(ctx context.Context) error {
	return c.end(ctx, func() {})
}

// end ends the claim, if it still is one, and does what is to follow.
func (c *claim) end(ctx context.Context, then func()) error {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if err := c.s.usable(ctx); err != nil {
		return err
	}
	if c.row.loan == c {
		c.s.unlend(c.row)
		then()
	}
	return nil
}
