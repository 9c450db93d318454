package task

// What tests outside of the package need to see of its inside.
var (
	Decode     = decode
	ChildID    = childID
	Transition = transitions
)

// Encode is encode with the default limit.
func Encode(r Record) ([]byte, error) { return encode(&r, Options{}.withDefaults().MaxState) }

// Free returns how many places there are for claimed tasks and for straight calls.
func (m *Manager) Free() (workers, straight int) {
	m.workers.mu.Lock()
	defer m.workers.mu.Unlock()
	m.straight.mu.Lock()
	defer m.straight.mu.Unlock()
	return m.workers.free, m.straight.free
}

// Polled counts the tasks that were polled a moment ago.
func (m *Manager) Polled() int {
	m.polls.mu.Lock()
	defer m.polls.mu.Unlock()
	return len(m.polls.recent)
}
