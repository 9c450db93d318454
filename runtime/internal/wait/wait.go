// Package wait waits for what may not come.
package wait

import "time"

// For waits until done is closed, for d at most, and reports whether it is.
func For(done <-chan struct{}, d time.Duration) bool {
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
