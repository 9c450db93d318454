package runtime

import "context"

// overdue is a context that has ended: for stopping without further patience.
func overdue() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}
