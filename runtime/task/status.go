package task

import "slices"

// Status is what a client may know of where a task is. The words are those that
// both eras of the protocol use.
type Status string

const (
	Working       Status = "working"        // queued, running, or about to run again
	InputRequired Status = "input_required" // at least one question is unanswered
	Completed     Status = "completed"      // there is a result, maybe one that tells of a tool's error
	Failed        Status = "failed"         // there is an error instead of a result
	Cancelled     Status = "cancelled"      // by its owner
)

// transitions are all the changes of status there are. What is missing on the
// left is terminal.
var transitions = map[Status][]Status{
	Working:       {InputRequired, Completed, Failed, Cancelled},
	InputRequired: {Working, Completed, Failed, Cancelled},
}

// Terminal reports whether a task with this status never changes again.
func (s Status) Terminal() bool {
	return s == Completed || s == Failed || s == Cancelled
}

// CanBecome reports whether a task may go from s to next. Staying as it is, is
// possible until the status is terminal.
func (s Status) CanBecome(next Status) bool {
	return s == next && !s.Terminal() || slices.Contains(transitions[s], next)
}

// known reports whether s is one of the statuses there are; what is read from a
// store may be anything.
func (s Status) known() bool {
	_, open := transitions[s]
	return open || s.Terminal()
}
