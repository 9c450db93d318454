package httpx

import (
	"net/http"
	"sync"
)

// Limiter counts what is open, in all and for each caller that is known by name.
type Limiter struct {
	What    string // is counted, such as "requests"
	Max     int
	MaxEach int // of one caller

	mu    sync.Mutex
	open  int
	byKey map[string]int
}

// Enter counts one more, unless there are enough. A caller without a name, "", has
// no limit of its own. Leave is to be called once it is over.
func (l *Limiter) Enter(caller string) (leave func(), refusal *Refusal) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open >= l.Max {
		return nil, busy(http.StatusServiceUnavailable, "too many "+l.What+" are open")
	}
	if caller != "" && l.byKey[caller] >= l.MaxEach {
		return nil, busy(http.StatusTooManyRequests, "you have too many "+l.What+" open")
	}
	if l.byKey == nil {
		l.byKey = make(map[string]int)
	}
	l.open++
	if caller != "" {
		l.byKey[caller]++
	}
	return sync.OnceFunc(func() { l.leave(caller) }), nil
}

func (l *Limiter) leave(caller string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open--
	if caller == "" {
		return
	}
	l.byKey[caller]--
	if l.byKey[caller] == 0 {
		delete(l.byKey, caller)
	}
}

// Open is how many are open now.
func (l *Limiter) Open() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.open
}
