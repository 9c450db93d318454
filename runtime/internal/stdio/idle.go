package stdio

import "time"

// idleness notices that a client has asked for nothing for a while.
type idleness struct {
	over <-chan time.Time // may be over then; nil for never

	mux   *mux
	timer *time.Timer
	limit time.Duration
	seen  int // messages and answers when the timer was set
}

func newIdleness(m *mux, limit time.Duration) *idleness {
	i := &idleness{mux: m, limit: limit}
	if limit > 0 {
		i.timer = time.NewTimer(limit)
		i.over = i.timer.C
	}
	return i
}

// check reports whether there was nothing to do for long enough, and goes on
// watching otherwise.
func (i *idleness) check() bool {
	i.mux.mu.Lock()
	defer i.mux.mu.Unlock()
	seen := i.mux.received + i.mux.answered
	if seen == i.seen && i.mux.unanswered == 0 {
		return true
	}
	i.seen = seen
	i.timer.Reset(i.limit)
	return false
}

func (i *idleness) stop() {
	if i.timer != nil {
		i.timer.Stop()
	}
}
