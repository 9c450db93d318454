package task

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// A Manager is one process' share in tasks: it creates them, answers for them,
// and works on them. All processes that share a [Store] see the same tasks. Its
// methods may be called concurrently.
//
// Every method that takes an owner finds that owner's tasks only. A task of
// somebody else is [ErrNotFound], as is one that never was or that has expired.
type Manager struct {
	store    Store
	o        Options
	workers  *slots
	straight *slots
	suspects *slots // one at a time, lest they take each other along
	polls    polls

	// Functions run under running, which Stop ends when it loses patience. What
	// they came to is still written under storing for a moment after that.
	running, storing context.Context
	endRunning       context.CancelCauseFunc
	endStoring       context.CancelFunc

	claiming    context.Context // ends first: no new work
	endClaiming context.CancelFunc

	mu      sync.Mutex
	started bool
	stopped bool
	runs    map[Key]*Run   // that this process has not let go of
	loops   sync.WaitGroup // claiming and sweeping
	work    sync.WaitGroup // runs
}

// NewManager returns a Manager that answers for tasks, but works on none until
// [Manager.Start]. The store stays the caller's to close, after Stop.
func NewManager(store Store, options Options) *Manager {
	m := &Manager{store: store, o: options.withDefaults(), runs: make(map[Key]*Run)}
	m.workers, m.straight = newSlots(m.o.Workers), newSlots(m.o.Straight)
	m.suspects = newSlots(1)
	m.polls = polls{get: m.Get, recent: make(map[Key]*polled)}
	m.running, m.endRunning = context.WithCancelCause(context.Background())
	m.storing, m.endStoring = context.WithCancel(context.Background())
	m.claiming, m.endClaiming = context.WithCancel(context.Background())
	return m
}

// bounded limits the time that one use of the store may take.
func (m *Manager) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, m.o.StoreTimeout)
}

// Works reports whether this process can run tasks of this kind.
func (m *Manager) Works(kind string) bool {
	return m.o.Workers > 0 && slices.Contains(m.o.Kinds, kind)
}

// Durable reports whether tasks outlive this process.
func (m *Manager) Durable() bool { return m.store.Durable() }

// Start begins to claim and run tasks, if this process is to work, and to sweep
// those that expired. Starting twice, or after Stop, does nothing.
func (m *Manager) Start() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.started || m.stopped {
		return
	}
	m.started = true
	m.loops.Go(m.sweepLoop)
	if m.o.Workers > 0 && len(m.o.Kinds) > 0 {
		m.loops.Go(m.claimLoop)
	}
}

// lastWrites is how long Stop waits for the store after it lost patience.
const lastWrites = time.Second

// Stop takes no new work and waits for what is running. Work that may be started
// twice is interrupted at once, and handed over to another process, if the store
// is durable. When ctx ends, the rest is interrupted: what may be started twice is
// handed over, and the other tasks fail. Stop then waits for the store no longer
// than a second, and never for functions that do not heed their context.
//
// It returns the context's error if something had to be interrupted. Stopping
// twice is safe, also if it was not started.
func (m *Manager) Stop(ctx context.Context) error {
	m.mu.Lock()
	m.stopped = true
	runs := slices.Collect(maps.Values(m.runs))
	m.mu.Unlock()

	m.endClaiming()
	if m.store.Durable() {
		for _, r := range runs {
			r.handOver()
		}
	}
	idle := make(chan struct{})
	go func() {
		m.loops.Wait()
		m.work.Wait()
		close(idle)
	}()
	select {
	case <-idle:
		m.endRunning(ErrStopped)
		m.endStoring()
		return nil
	case <-ctx.Done():
	}
	m.endRunning(ErrStopped)
	patience := time.NewTimer(lastWrites)
	defer patience.Stop()
	select {
	case <-idle:
	case <-patience.C:
	}
	m.endStoring()
	return ctx.Err()
}

// enlist counts a run in, unless the Manager is stopped.
func (m *Manager) enlist(r *Run) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.stopped {
		return false
	}
	m.runs[r.key()] = r
	m.work.Add(1)
	return true
}

// discharge counts a run out.
func (m *Manager) discharge(r *Run) {
	r.letGo()
	m.work.Done()
}

// sweepLoop reclaims the space of expired tasks now and then.
func (m *Manager) sweepLoop() {
	ticker := time.NewTicker(m.o.SweepEvery)
	defer ticker.Stop()
	for {
		select {
		case <-m.claiming.Done():
			return
		case <-ticker.C:
		}
		if _, err := m.store.Sweep(m.claiming); err != nil && m.claiming.Err() == nil {
			m.o.Log.Warn("expired tasks were not removed; the next sweep tries again", "error", err)
		}
	}
}
