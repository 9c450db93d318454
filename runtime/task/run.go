package task

import (
	"context"
	"encoding/json"
	"sync"
)

// A Run is one start of the work, as its [Runner] sees it. At first it may be
// meant for a straight answer and no task at all; whatever needs a task, such as
// a question, makes it one. Its methods may be called concurrently.
type Run struct {
	m       *Manager
	spec    Spec
	id      string
	place   place
	suspect bool // it holds the Manager's place for suspects
	patience

	ctx    context.Context // of the function
	cancel context.CancelCauseFunc
	detach func() bool // from the Manager's end; straight calls only

	wanted   chan struct{} // closed when a straight call needs to be a task
	want     sync.Once
	decided  chan struct{} // closed when it is one, or cannot be one
	refusal  error         // why it cannot be one; set before decided is closed
	reported chan struct{} // holds something while there is a report to write

	mu     sync.Mutex
	claim  Claim
	fence  uint64
	entry  Entry         // the newest that was seen
	record Record        // what entry says
	news   chan struct{} // closed when entry is replaced
	report report
}

// report is what the function last said of itself.
type report struct {
	message  string
	progress Progress
}

// newRun returns a run that is not a task yet, with its context made of parent.
func (m *Manager) newRun(parent context.Context, s Spec, id string, slots *slots) *Run {
	r := &Run{
		m: m, spec: s, id: id,
		place:    place{slots: slots, held: true},
		wanted:   make(chan struct{}),
		decided:  make(chan struct{}),
		reported: make(chan struct{}, 1),
		news:     make(chan struct{}),
	}
	r.ctx, r.cancel = context.WithCancelCause(parent)
	return r
}

// ID is the task's id. A call that is answered straight has one too, of which
// nobody will hear.
func (r *Run) ID() string { return r.id }

// Owner is who may see the task.
func (r *Run) Owner() string { return r.spec.Owner }

// Kind is what the task is to do.
func (r *Run) Kind() string { return r.spec.Kind }

// Payload is what the task was created with. It is not to be modified.
func (r *Run) Payload() []byte { return r.spec.Payload }

// Straight reports whether this is no task yet.
func (r *Run) Straight() bool {
	select {
	case <-r.decided:
		return r.refusal != nil
	default:
		return true
	}
}

// Answers are all answers so far, by key, also those that an earlier start was
// given.
func (r *Run) Answers() map[string]json.RawMessage {
	r.mu.Lock()
	defer r.mu.Unlock()
	answers := make(map[string]json.RawMessage)
	for _, in := range r.record.Inputs {
		if in.Answer != nil {
			answers[in.Key] = in.Answer
		}
	}
	return answers
}

// Report says what the task is doing and how far it is. It returns at once, and
// never fails: the report is written a little later, unless another one or the
// task's end comes first.
func (r *Run) Report(message string, p Progress) {
	r.mu.Lock()
	r.report = report{brief(message), p}
	r.mu.Unlock()
	select {
	case r.reported <- struct{}{}:
	default:
	}
	if r.spec.Report != nil && r.Straight() {
		r.spec.Report(message, p)
	}
}
