package runtime

import "sync"

// updates are the messages about resources that are on their way. The zero value
// is ready for use.
type updates struct {
	mu     sync.Mutex
	rounds map[string]*round // by URI
}

// round is one message to all subscribers of a URI, and the one after it.
type round struct {
	told chan struct{}
	next *round
}

// tell has send called, and returns a channel that is closed when it has returned.
// Whoever calls while a message about the URI is on its way shares the next one.
func (u *updates) tell(uri string, send func()) <-chan struct{} {
	u.mu.Lock()
	defer u.mu.Unlock()
	if current := u.rounds[uri]; current != nil {
		if current.next == nil {
			current.next = &round{told: make(chan struct{})}
		}
		return current.next.told
	}
	if u.rounds == nil {
		u.rounds = make(map[string]*round)
	}
	first := &round{told: make(chan struct{})}
	u.rounds[uri] = first
	go u.run(uri, first, send)
	return first.told
}

func (u *updates) run(uri string, r *round, send func()) {
	for r != nil {
		send()
		close(r.told)
		r = u.advance(uri, r)
	}
}

// advance returns the round after r, or nil if there is none.
func (u *updates) advance(uri string, r *round) *round {
	u.mu.Lock()
	defer u.mu.Unlock()
	if r.next == nil {
		delete(u.rounds, uri)
		return nil
	}
	u.rounds[uri] = r.next
	return r.next
}
