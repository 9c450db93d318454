package runtime

import (
	"context"
	"errors"
	"time"

	"github.com/mcpgen/mcpgen/runtime/internal/wait"
)

// state is how far a Server is in its life.
type state uint8

const (
	created state = iota
	started
	stopped
)

// Start opens the values of the server and begins to offer what was registered.
// If it fails, it has closed what it opened, nothing is offered, and the error
// says for the operator what went wrong where; it may be called again. Starting a
// server that has started does nothing; one that was stopped cannot start again.
func (s *Server) Start(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch s.state {
	case started:
		return nil
	case stopped:
		return errors.New("the server was stopped")
	}
	if err := s.problems(); err != nil {
		return err
	}
	tasks, err := newTasks(s)
	if err != nil {
		return err
	}
	if err := s.open(ctx); err != nil {
		return err
	}
	s.tasks = tasks
	if err := errors.Join(s.tasks.install(s.sdk), s.install()); err != nil {
		s.tasks.stop(ctx)
		return errors.Join(err, s.close(err))
	}
	s.tasks.start()
	if s.identity != nil {
		s.sdk.AddReceivingMiddleware(s.survive, coded) // survive once more, around what users have added meanwhile
	}
	s.state = started
	return nil
}

// open opens the values of the server.
func (s *Server) open(ctx context.Context) error {
	life, end := context.WithCancel(context.WithoutCancel(ctx))
	s.endLife = end
	goOn := context.AfterFunc(ctx, end)
	defer goOn()
	s.group = &group{log: s.log, panics: &s.panics}
	life = s.group.with(life)
	s.scope = &Scope{replacements: s.replacements, log: s.log, panics: &s.panics, remembers: true, catalog: s.Catalog()}
	for _, opener := range s.openers {
		if err := s.guard(func() error { return opener(life, s.scope) }); err != nil {
			return errors.Join(err, s.close(err))
		}
	}
	if !goOn() { // ctx has ended meanwhile, and with it the context that the values have
		return errors.Join(ctx.Err(), s.close(ctx.Err()))
	}
	return nil
}

// close closes the values of the server, and then ends the context they have.
func (s *Server) close(outcome error) error {
	defer s.endLife()
	s.group.settle(closed, groupGrace)
	return s.scope.end(outcome)
}

// Times that stopping takes at most, beyond what the caller of Stop grants.
const (
	unwindGrace  = 250 * time.Millisecond // for calls whose context has ended
	groupGrace   = time.Second            // for goroutines of the server whose context has ended
	cleanUpGrace = 2 * time.Second        // for clean-ups, even if ctx is over: a database wants to be closed
)

// Stop refuses new calls and waits for the running ones until ctx ends; then it
// ends their contexts and waits a quarter of a second more. After that it closes
// the values of the server, the one opened last first, and returns what failed in
// it. A clean-up that hangs is left behind when ctx is over, but not within two
// seconds. Stopping again, or without having started, does nothing.
func (s *Server) Stop(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	was := s.state
	s.state = stopped
	s.part()
	idle := s.calls.close()
	if was != started {
		return nil
	}
	s.settle(ctx, idle)
	s.tasks.stop(ctx)
	s.uninstall()
	var failure error
	closed := make(chan struct{})
	go func() {
		failure = s.close(nil)
		close(closed)
	}()
	if wait.For(closed, cleanUpGrace) {
		return failure
	}
	select {
	case <-closed:
		return failure
	case <-ctx.Done():
		return errors.New("clean-ups of the server have not finished")
	}
}

// settle waits until no call is running, with force once ctx is over.
func (s *Server) settle(ctx context.Context, idle <-chan struct{}) {
	select {
	case <-idle:
		return
	case <-ctx.Done():
	}
	grace := unwindGrace
	if s.aborted.Err() != nil {
		grace = 0 // whoever did that has waited
	}
	s.abort()
	if !wait.For(idle, grace) {
		s.log.Warn("stopping although calls are still running; they ignore their context")
	}
}

// overdue is a context that has ended: for stopping without further patience.
func overdue() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}
