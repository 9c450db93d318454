package task

import "errors"

// Errors of a Store, which a Manager passes on. Any other error means that the
// store could not be reached or failed inside, that nobody knows whether the
// operation took place, and that it is worth trying again.
var (
	// ErrNotFound is returned for a task that never was, that expired, or that
	// somebody else owns: nothing tells which.
	ErrNotFound = errors.New("task not found")
	// ErrExists is returned for an id that is taken.
	ErrExists = errors.New("task exists")
	// ErrDiffers is returned to who wishes something else in the name of an earlier wish.
	ErrDiffers = errors.New("task was created for something else")
	// ErrConflict is returned for a change of a version that is no longer the newest.
	ErrConflict = errors.New("task has changed meanwhile")
	// ErrTerminal is returned for a change of a task that has ended.
	ErrTerminal = errors.New("task has ended")
	// ErrLost is returned to a worker whose claim has gone to another, or is over.
	ErrLost = errors.New("task is no longer this worker's")
	// ErrFull is returned for what a store has no room for.
	ErrFull = errors.New("task store is full")
	// ErrClosed is returned by a store that was closed.
	ErrClosed = errors.New("task store is closed")
)

// Causes for which the context of a run ends, besides those of the caller of
// [Manager.Call] and ErrLost.
var (
	// ErrCancelled is the cause when the owner cancelled the task.
	ErrCancelled = errors.New("task was cancelled")
	// ErrExpired is the cause when the task's time to live is over.
	ErrExpired = errors.New("task has expired")
	// ErrTimeout is the cause when one start took longer than it may.
	ErrTimeout = errors.New("task timed out")
	// ErrStopped is the cause when the process stops; a Manager that was stopped
	// returns it too.
	ErrStopped = errors.New("the server is shutting down")
)
