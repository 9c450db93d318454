package runtime

import (
	"context"
	"time"
)

// waitFor waits until done is closed, for d at most, and reports whether it is.
func waitFor(done <-chan struct{}, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
	}
	select {
	case <-done: // select chooses at random if both are ready
		return true
	default:
		return false
	}
}

// overdue is a context that has ended: for stopping without further patience.
func overdue() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}
