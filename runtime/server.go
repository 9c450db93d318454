package runtime

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Server is what Register functions add to, and what serves it. Register first,
// then start; registering is not safe for concurrent use, the rest is.
type Server struct {
	info         Info
	log          *slog.Logger
	replacements replacements
	checkResults bool
	taskStore    task.Store // nil for one in memory
	taskOptions  task.Options
	taskContexts []func(context.Context, *Call) context.Context
	stateKeys    *stateKeys
	stateKeysErr error
	http         HTTP
	auth         *Auth // nil if anybody may call
	sdk          *mcp.Server
	identity     *mcp.Implementation // of sdk; nil if sdk is not ours

	openers       []func(context.Context, *Scope) error
	registrations []registration
	completions   completions // of all of them
	offering      atomic.Bool // between start and stop
	features      Feature
	capabilities  *mcp.ServerCapabilities // that sdk begins with; nil if sdk is not ours
	pageSize      int
	listCaching   *Caching

	timeout    time.Duration // of calls that have none of their own
	middleware []Middleware
	panics     atomic.Int64

	hiding  sync.RWMutex // of hidden
	hidden  map[registrationKey]bool
	updates updates

	calls   gate
	aborted context.Context // over when running calls have to give up
	abort   context.CancelFunc
	parting context.Context // over when subscriptions have to end
	part    context.CancelFunc

	mu      sync.Mutex // of what follows; held while starting and stopping
	state   state
	tasks   *tasks // nil until started, and without tools that can run as tasks
	scope   *Scope
	group   *group             // of the server's own goroutines
	endLife context.CancelFunc // of the context that server values have
}

// Option changes what [NewServer] makes.
type Option func(*Server)

// WithLogger makes the server and its calls log to log, instead of the default
// logger of package slog.
func WithLogger(log *slog.Logger) Option {
	return func(s *Server) { s.log = log }
}

// NewServer returns a server without anything to offer.
func NewServer(info Info, options ...Option) *Server {
	s := newServer(options)
	identity := new(mcp.Implementation)
	s.identity = identity
	s.capabilities = new(mcp.ServerCapabilities)
	s.sdk = mcp.NewServer(identity, &mcp.ServerOptions{
		Logger:       slog.New(quieter{s.log.Handler()}),
		Capabilities: s.capabilities,
		PageSize:     s.pageSize,
		SetCacheable: s.cacheable,

		SubscribeHandler:   s.subscribe,
		UnsubscribeHandler: s.unsubscribe,
	})
	s.sdk.AddReceivingMiddleware(s.survive, s.inTasks, s.instruct, s.respell, s.endListening, s.listenTasks, s.capable, s.complete, s.listen, s.levels)
	s.letAsk()
	s.Describe(info)
	return s
}

func newServer(options []Option) *Server {
	s := &Server{timeout: defaultTimeout, log: slog.Default(), replacements: make(replacements)}
	for _, o := range options {
		o(s)
	}
	if s.stateKeys == nil && s.stateKeysErr == nil {
		s.stateKeys, s.stateKeysErr = randomStateKeys()
	}
	s.aborted, s.abort = context.WithCancel(context.Background())
	s.parting, s.part = context.WithCancel(context.Background())
	return s
}

// Describe fills what is still empty of the server's [Info]. Generated code calls
// it with what //mcp:server says. It changes nothing on a server that [Mount]
// made, whose SDK server has a description already.
func (s *Server) Describe(info Info) {
	s.info = s.info.or(info)
	if s.identity != nil {
		*s.identity = s.info.or(builtInfo()).implementation()
	}
}

// OnStart has open called by [Server.Start], after what was given to earlier
// calls. What open provides in scope is closed when the server stops. The context
// ends after that, so values may keep it.
func (s *Server) OnStart(open func(ctx context.Context, scope *Scope) error) {
	s.openers = append(s.openers, open)
}

// SDK returns the server of the official SDK that this one is built on, for what
// this package does not offer: middleware, custom methods, transports. It offers
// the tools, resources and prompts once [Server.Start] has returned.
func (s *Server) SDK() *mcp.Server { return s.sdk }

// register calls the functions that add to s.
func (s *Server) register(functions []func(*Server)) error {
	for _, f := range functions {
		if err := s.guard(func() error { f(s); return nil }); err != nil {
			return fmt.Errorf("registering: %w", err)
		}
	}
	return nil
}

// guard turns a panic of f into an error.
func (s *Server) guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			logPanic(s.log, &s.panics, p)
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return f()
}
