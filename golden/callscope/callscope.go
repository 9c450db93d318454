// Package callscope provides a value for each call: made before the function
// runs, and undone after it.
package callscope

import (
	"context"
	"errors"
	"fmt"
)

// Session is a conversation with a back end.
type Session struct {
	user string
	open bool
}

// openSession opens a session and closes it when the call is over.
//
//mcp:provide
func openSession(ctx context.Context) (*Session, func(), error) {
	if ctx == nil {
		return nil, nil, errors.New("no context")
	}
	s := &Session{user: "guest", open: true}
	return s, func() { s.open = false }, nil
}

// Ask puts a question to the back end.
//
//mcp:tool
func Ask(question string, session *Session) (string, error) {
	if !session.open {
		return "", errors.New("the session is closed")
	}
	return fmt.Sprintf("%s asked: %s", session.user, question), nil
}
