package task

import (
	"context"
	"sync"
)

// slots limit how much runs at a time. Who waits for one gets it in the order of
// asking, and before anybody who does not wait.
type slots struct {
	mu      sync.Mutex
	free    int
	waiting []chan struct{} // each closed when its owner has a slot
	spare   func()          // not nil while a slot is held that can be spared
}

func newSlots(n int) *slots { return &slots{free: max(n, 0)} }

// try takes a slot if one is free, and reports whether it did.
func (s *slots) try() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.free == 0 {
		return false
	}
	s.free--
	return true
}

// take waits for a slot.
func (s *slots) take(ctx context.Context) error {
	s.mu.Lock()
	if s.free > 0 {
		s.free--
		s.mu.Unlock()
		return nil
	}
	turn := make(chan struct{})
	s.waiting = append(s.waiting, turn)
	if s.spare != nil {
		s.spare()
	}
	s.mu.Unlock()

	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	if !s.forget(turn) {
		s.give() // it came to our turn meanwhile
	}
	return context.Cause(ctx)
}

// offer is for one who holds a slot only in case there is work: the context ends
// when somebody waits for a slot, for whom work is sure.
func (s *slots) offer(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.waiting) > 0 {
		cancel()
	}
	s.spare = cancel
	return ctx, func() {
		cancel()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.spare = nil
	}
}

// give returns a slot.
func (s *slots) give() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.waiting) == 0 {
		s.free++
		return
	}
	close(s.waiting[0])
	s.waiting = s.waiting[1:]
}

// forget stops waiting, and reports false if it was too late for that.
func (s *slots) forget(turn chan struct{}) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, other := range s.waiting {
		if other == turn {
			s.waiting = append(s.waiting[:i], s.waiting[i+1:]...)
			return true
		}
	}
	return false
}

// A place is one run's slot. It is given back while the run only waits, be it in
// several goroutines, and for good when it ends.
type place struct {
	slots *slots

	mu    sync.Mutex
	idle  int  // waits going on
	held  bool // the slot is ours
	ended bool
}

// leave lets others have the slot until the matching enter.
func (p *place) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.idle++; p.idle == 1 && p.held {
		p.held = false
		p.slots.give()
	}
}

// enter waits for a slot again, if this was the last wait.
func (p *place) enter(ctx context.Context) error {
	p.mu.Lock()
	p.idle--
	needed := p.idle == 0 && !p.held && !p.ended
	p.mu.Unlock()
	if !needed {
		return nil
	}
	if err := p.slots.take(ctx); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.held || p.ended || p.idle > 0 {
		p.slots.give()
		return nil
	}
	p.held = true
	return nil
}

// end gives the slot back for good.
func (p *place) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	if p.held {
		p.held = false
		p.slots.give()
	}
}
