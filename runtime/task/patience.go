package task

import (
	"sync"
	"time"
)

// patience limits the time of a run without the time that it waits for others.
// The zero value is endless.
type patience struct {
	mu    sync.Mutex
	timer *time.Timer
	left  time.Duration
	since time.Time // when it began to count, or zero
	waits int
}

// limit calls end after the duration.
func (p *patience) limit(d time.Duration, end func()) {
	if d <= 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.left, p.since = d, time.Now()
	p.timer = time.AfterFunc(d, end)
}

// pause stops counting until the matching proceed.
func (p *patience) pause() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.waits++; p.waits == 1 && p.timer != nil {
		p.timer.Stop()
		p.left -= time.Since(p.since)
	}
}

func (p *patience) proceed() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.waits--; p.waits == 0 && p.timer != nil {
		p.since = time.Now()
		p.timer.Reset(max(p.left, 0))
	}
}

// stop stops counting for good.
func (p *patience) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.timer.Stop()
	}
}
