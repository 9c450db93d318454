package task

import (
	"context"
	"sync"
	"time"
)

// Poll is Get for clients, who may ask more often than they were asked to. A task is
// read again when a tenth of its poll interval has passed, or 100 ms: who asks sooner
// waits until then, with all others who do, and one read is for all of them. So nobody
// is refused or told old news, and the store does not feel how impatient clients are.
func (m *Manager) Poll(ctx context.Context, owner, id string) (Record, error) {
	return m.polls.read(ctx, Key{owner, id}, func(ctx context.Context) (Record, error) {
		return m.Get(ctx, owner, id)
	})
}

// longestSpacing is how long a client waits at most that polls too often.
const longestSpacing = 100 * time.Millisecond

// spacing is the time between two reads of a task.
func spacing(r Record, err error) time.Duration {
	if err != nil {
		return longestSpacing
	}
	return min(r.Poll/10, longestSpacing)
}

// polls are the tasks that were read a moment ago. Who comes for one of them is not the
// first and waits.
type polls struct {
	mu     sync.Mutex
	recent map[Key]*reading
}

// reading is a read to come, which several wait for, or nobody.
type reading struct {
	wanted bool
	done   chan struct{} // closed when there are the following
	record Record
	err    error
}

// read returns what get gets, after a while if that was done a moment ago.
func (p *polls) read(ctx context.Context, key Key, get func(context.Context) (Record, error)) (Record, error) {
	next, first := p.join(key)
	if first {
		record, err := get(ctx)
		p.schedule(key, spacing(record, err), get)
		return record, err
	}
	select {
	case <-next.done:
		return next.record, next.err
	case <-ctx.Done():
		return Record{}, context.Cause(ctx)
	}
}

// join returns the next read of a task, or reports that this is the first for a while.
func (p *polls) join(key Key) (next *reading, first bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if next = p.recent[key]; next != nil {
		next.wanted = true
		return next, false
	}
	if p.recent == nil {
		p.recent = make(map[Key]*reading)
	}
	p.recent[key] = &reading{done: make(chan struct{})}
	return nil, true
}

// schedule has the next read take place after a while, if somebody waits for it then.
func (p *polls) schedule(key Key, after time.Duration, get func(context.Context) (Record, error)) {
	time.AfterFunc(after, func() {
		p.mu.Lock()
		due := p.recent[key]
		if !due.wanted {
			delete(p.recent, key)
			p.mu.Unlock()
			return
		}
		p.recent[key] = &reading{done: make(chan struct{})} // for who comes from now on
		p.mu.Unlock()
		due.record, due.err = get(context.Background())
		close(due.done)
		p.schedule(key, spacing(due.record, due.err), get)
	})
}
