package task

import (
	"context"
	"sync"
	"time"
)

// Poll is Get for clients, who may ask more often than they were asked to. A task is
// read up to twenty times in a row, and then whenever another tenth of its poll
// interval has passed, or 100 ms. Who asks more often waits until then, with all
// others who do, and one read is for all of them. So nobody is refused or told old
// news, and the store does not feel how impatient clients are.
func (m *Manager) Poll(ctx context.Context, owner, id string) (Record, error) {
	key := Key{owner, id}
	p, next := m.polls.join(key)
	if next == nil {
		r, err := m.Get(ctx, owner, id)
		m.polls.paced(p, r, err)
		return r, err
	}
	select {
	case <-next.done:
		return next.record, next.err
	case <-ctx.Done():
		return Record{}, context.Cause(ctx)
	}
}

const (
	pollBurst      = 20
	longestSpacing = 100 * time.Millisecond // that a client waits at most
)

// polls are the tasks that were polled a moment ago.
type polls struct {
	get func(ctx context.Context, owner, id string) (Record, error)

	mu     sync.Mutex
	recent map[Key]*polled
}

// polled is a task that was.
type polled struct {
	key     Key
	left    int           // reads that need not wait
	spacing time.Duration // until there is one more
	next    *reading      // for who waits, nil for nobody
}

// reading is a read that several wait for.
type reading struct {
	done   chan struct{} // closed when there are the following
	record Record
	err    error
}

// join counts a client in, who may read, or has to wait for the read that is returned.
func (ps *polls) join(key Key) (*polled, *reading) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p := ps.recent[key]
	if p == nil {
		p = &polled{key: key, left: pollBurst, spacing: longestSpacing}
		ps.recent[key] = p
		time.AfterFunc(p.spacing, func() { ps.tick(p) })
	}
	if p.left > 0 {
		p.left--
		return p, nil
	}
	if p.next == nil {
		p.next = &reading{done: make(chan struct{})}
	}
	return p, p.next
}

// paced has a task be read as often as it asks for itself.
func (ps *polls) paced(p *polled, r Record, err error) {
	if err != nil {
		return
	}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p.spacing = min(max(r.Poll/10, time.Millisecond), longestSpacing)
}

// tick makes one more read possible, and makes it if somebody waits for it.
func (ps *polls) tick(p *polled) {
	ps.mu.Lock()
	due := p.next
	p.next = nil // for who comes from now on
	if due == nil {
		p.left++
	}
	if p.left == pollBurst {
		delete(ps.recent, p.key)
		ps.mu.Unlock()
		return
	}
	ps.mu.Unlock()
	if due != nil {
		due.record, due.err = ps.get(context.Background(), p.key.Owner, p.key.ID)
		close(due.done)
		ps.paced(p, due.record, due.err)
	}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	time.AfterFunc(p.spacing, func() { ps.tick(p) })
}
