package taskclient

import (
	"context"
	"errors"
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// ErrNotFound is wrapped by errors about a task that the server does not know: it
// has expired, is that of another user, or never was.
var ErrNotFound = errors.New("the server knows no such task")

// ErrCancelled is wrapped by errors about a task that was cancelled, by whomever.
var ErrCancelled = errors.New("the task was cancelled")

// A FailedError says that a task has failed: there is an error of the protocol in
// place of a result. What a tool itself reports as an error is a result.
type FailedError struct {
	ID      string // of the task
	Message string // the last message of its status; may be empty
	Cause   *jsonrpc.Error
}

func (e *FailedError) Error() string {
	return fmt.Sprintf("task %s failed: %s", e.ID, e.Cause.Message)
}

func (e *FailedError) Unwrap() error { return e.Cause }

// notFound says that there is no such task.
func notFound(id string) error { return fmt.Errorf("task %s: %w", id, ErrNotFound) }

// cancelled says that a task was cancelled, with the reason if the server gives one.
func cancelled(id, message string) error {
	if message == "" {
		return fmt.Errorf("task %s: %w", id, ErrCancelled)
	}
	return fmt.Errorf("task %s: %w: %s", id, ErrCancelled, message)
}

// code is the code of an error of JSON-RPC, 0 for any other.
func code(err error) int64 {
	var wire *jsonrpc.Error
	if errors.As(err, &wire) {
		return wire.Code
	}
	return 0
}

// passing reports whether an error may be gone when one tries again. A server that
// says what is wrong with a request says it again.
func passing(err error) bool {
	switch {
	case errors.Is(err, ErrNotFound), errors.Is(err, mcp.ErrConnectionClosed), errors.Is(err, mcp.ErrSessionMissing),
		errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return false
	}
	c := code(err)
	return c == 0 || c == jsonrpc.CodeInternalError
}
