package task

import (
	"context"
	"encoding/json"
)

// A Runner does the work. A worker calls it with what was given to
// [Manager.Create], maybe in another process and after a restart; a straight
// answer is made by the same call.
//
// The context ends when the work is no longer wanted, and its cause says why. A
// Runner that gives up for that reason returns the cause, which is how an
// interrupted start is told from one that failed. What it returns after its task
// was cancelled, expired or lost is discarded.
//
// A panic is caught, logged with its stack, and masked.
type Runner interface {
	Run(ctx context.Context, r *Run) (Outcome, error)
}

// A RunnerFunc is a function that is a [Runner].
type RunnerFunc func(ctx context.Context, r *Run) (Outcome, error)

// Run calls f.
func (f RunnerFunc) Run(ctx context.Context, r *Run) (Outcome, error) { return f(ctx, r) }

// An Outcome is how one start of the work ended, without an error: with a result,
// or with questions.
type Outcome struct {
	Result    json.RawMessage // JSON, for which nobody else vouches, and not empty
	ToolError bool            // the result tells of an error; see [Record]
	Message   string          // for people, of a result: how it ended

	// Questions end this start, and the task waits for the answers without a
	// worker. When it has them all, it starts from the beginning, finds them in
	// [Run.Answers], and comes further. See [Run.Ask] for waiting in place. Beside an
	// error they count only if this is a task: a call that is none yet ends with the
	// error.
	Questions []Question

	// Again asks for another start, after a pause, for what may work the next
	// time. The outcome stands if the task has no starts left.
	Again bool
}

// Again wraps an error to ask for another start, as [Outcome.Again] does.
func Again(err error) error { return &againError{err} }

type againError struct{ err error }

func (e *againError) Error() string { return e.err.Error() }
func (e *againError) Unwrap() error { return e.err }
