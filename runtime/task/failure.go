package task

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// codeInternal is JSON-RPC's code for everything that went wrong inside.
const codeInternal = -32603

// An Error is the JSON-RPC error that a failed task ends with. Its text reaches
// the client. A [Runner] that returns any other error has it logged, and the
// client is told no more than that something inside failed.
type Error struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Data    json.RawMessage `json:"data,omitempty"`
}

func (e *Error) Error() string { return e.Message }

// failure is an Error of the task machinery itself, with a message for clients.
func failure(format string, args ...any) *Error {
	return &Error{Code: codeInternal, Message: fmt.Sprintf(format, args...)}
}

// How tasks fail that do not end by themselves.
var (
	errInternal   = failure("internal error")
	errWorkerLost = failure("worker lost: the process that ran this task is gone, and the task may not be started again")
	errHandedOff  = failure("worker stopped: the process that ran this task was shut down, and the task may not be started again")
	errExpired    = failure("task expired: its time to live is over")
)

// InvalidAnswers are the answers that were refused, by key. None of the answers
// that came with them was accepted.
type InvalidAnswers map[string]error

func (e InvalidAnswers) Error() string {
	var lines []string
	for key, err := range e {
		lines = append(lines, fmt.Sprintf("answer %q: %v", key, err))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// trouble reports whether an error is that of a store which could not answer, so
// that it is worth trying again.
func trouble(err error) bool {
	var refused *refusal
	if err == nil || errors.As(err, &refused) {
		return false
	}
	for _, answer := range []error{ErrNotFound, ErrExists, ErrDiffers, ErrConflict, ErrTerminal, ErrLost} {
		if errors.Is(err, answer) {
			return false
		}
	}
	return true
}
