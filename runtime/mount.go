package runtime

import (
	"context"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Mount adds what the functions register to a server of the official SDK that
// already exists, beside what it offers itself. It opens the values of the server
// and returns once everything is offered; if it fails, nothing is. A tool, prompt
// or resource of the same name that the SDK server already has is replaced.
//
// Tools that can run as tasks do so for clients of 2026-07-28. The transports of the
// SDK lose what earlier ones say of tasks, and drop subscriptions to them; a tool that
// is task=required cannot be called by such a client. [WithTasks] may be given as one
// of the functions.
//
// Stop the returned Server when the SDK server has stopped serving, or to take
// everything back from it.
func Mount(ctx context.Context, server *mcp.Server, register ...func(*Server)) (*Server, error) {
	s := newServer(nil)
	s.sdk = server
	s.letAsk()
	if err := s.register(register); err != nil {
		return nil, err
	}
	if err := s.Start(ctx); err != nil {
		return nil, err
	}
	return s, nil
}
