package runtime

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// A Scope holds what providers opened, and closes it: the scope of the server
// when the server stops, the scope of a call before the call is answered.
//
// The scope of the server remembers what was provided, by the provider's id, so
// that all packages of a server share one value of each server-scoped provider.
// The scope of a call does not: generated code provides each value once.
//
// A Scope is safe for concurrent use.
type Scope struct {
	replacements replacements
	log          *slog.Logger
	panics       *atomic.Int64
	remembers    bool
	catalog      *Catalog // of the server's scope

	mu       sync.Mutex
	values   map[string]*remembered
	cleanUps []cleanUp
}

// remembered is a value that is provided once. value holds a *T.
type remembered struct {
	once  sync.Once
	value any
	err   error
}

// cleanUp is told how the scope ended, nil for success.
type cleanUp struct {
	id  string
	run func(outcome error) error
}

// Cleanup is what the provider of a value returns to have it closed. The third
// form is told how the call ended, nil meaning success, so that a transaction
// knows whether to commit. An error of a clean-up makes a call fail that would
// have succeeded.
type Cleanup interface {
	func() | func() error | func(error) error
}

// Logger is the server's logger, for server-scoped providers that ask for one.
func (s *Scope) Logger() *slog.Logger { return s.log }

// Provide returns the value of a provider that needs no closing; id is the
// provider's import path and name. The error it returns is for operators: a
// client is told no more than that something inside failed, except for the text
// of a [PublicError]. A panic of the provider is such an error too.
func Provide[T any](s *Scope, id string, provider func() (T, error)) (T, error) {
	return Open(s, id, func() (T, func(), error) {
		v, err := provider()
		return v, nil, err
	})
}

// Open is [Provide] for a provider whose value has to be closed. The clean-up
// runs when the scope ends, after the clean-ups of what was opened later; it is
// ignored if it is nil or comes with an error.
func Open[T any, C Cleanup](s *Scope, id string, provider func() (T, C, error)) (T, error) {
	if v, ok := replaced[T](s.replacements); ok {
		return v, nil
	}
	if !s.remembers {
		return open(s, id, provider)
	}
	entry := s.entry(id)
	entry.once.Do(func() {
		v, err := open(s, id, provider)
		entry.value, entry.err = &v, err
	})
	return *entry.value.(*T), entry.err
}

// Bind returns v, which satisfies the dependency on the interface T, unless a
// test replaces T.
func Bind[T any](s *Scope, v T) T {
	if replacement, ok := replaced[T](s.replacements); ok {
		return replacement
	}
	return v
}

// open calls the provider and keeps its clean-up.
func open[T any, C Cleanup](s *Scope, id string, provider func() (T, C, error)) (v T, err error) {
	defer func() {
		if p := recover(); p != nil {
			logPanic(s.log, s.panics, p)
			err = &providerError{id, errPanic}
		}
	}()
	v, c, err := provider()
	if err != nil {
		return v, &providerError{id, err}
	}
	s.keep(id, c)
	return v, nil
}

// keep remembers a clean-up, which is one of those in [Cleanup].
func (s *Scope) keep(id string, c any) {
	var run func(error) error
	switch c := c.(type) {
	case func():
		if c != nil {
			run = func(error) error { c(); return nil }
		}
	case func() error:
		if c != nil {
			run = func(error) error { return c() }
		}
	case func(error) error:
		run = c
	}
	if run == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cleanUps = append(s.cleanUps, cleanUp{id, run})
}

// entry returns the place for the value of a provider.
func (s *Scope) entry(id string) *remembered {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.values == nil {
		s.values = make(map[string]*remembered)
	}
	entry, ok := s.values[id]
	if !ok {
		entry = new(remembered)
		s.values[id] = entry
	}
	return entry
}

// end runs the clean-ups, the latest first, telling them the outcome: nil if the
// call succeeded. Each of them runs even if another fails or panics, and once one
// has failed the ones after it are told so. It returns what failed in clean-ups,
// not the outcome. A second end has nothing left to do.
func (s *Scope) end(outcome error) error {
	s.mu.Lock()
	cleanUps := s.cleanUps
	s.cleanUps = nil
	s.mu.Unlock()

	var failures []error
	for len(cleanUps) > 0 {
		last := len(cleanUps) - 1
		if err := s.clean(cleanUps[last], outcome); err != nil {
			failures = append(failures, err)
			if outcome == nil {
				outcome = err
			}
		}
		cleanUps = cleanUps[:last]
	}
	return errors.Join(failures...)
}

// clean runs one clean-up and turns its panic into an error.
func (s *Scope) clean(c cleanUp, outcome error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			logPanic(s.log, s.panics, p)
			err = &providerError{c.id + ": clean-up", errPanic}
		}
	}()
	if err := c.run(outcome); err != nil {
		return &providerError{c.id + ": clean-up", err}
	}
	return nil
}

// errPanic stands for a panic that has been logged with its stack.
var errPanic = errors.New("panic (the log has the stack)")

// logPanic counts and writes what was recovered, with the stack of the goroutine that is
// panicking. It is to be called by the deferred function that recovers.
func logPanic(log *slog.Logger, panics *atomic.Int64, p any) {
	if panics != nil {
		panics.Add(1)
	}
	log.LogAttrs(context.Background(), slog.LevelError, "panic",
		slog.String("panic", fmt.Sprint(p)), slog.String("stack", string(debug.Stack())))
}
