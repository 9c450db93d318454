package runtime

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/task/memstore"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// WithTasks has a server keep its tasks in store, which it does not close. Without
// it they are kept in memory and end with the process. A store that several
// processes share lets each answer for all tasks, and those work on them that have
// the same tools.
//
// Of the options, those that are the server's to know are filled in: Runner, Kinds
// and Validate. Workers below 0 makes the server a front end, which leaves the work
// to others; without a store it does not start if it has tools that can run as tasks.
//
// A call of a tool that can run as a task begins at once. If it ends within
// [task.Options.Grace] it is answered as any other. Otherwise it becomes a task
// while it goes on, if the client can take one: for clients of 2026-07-28 and later
// that is their extension io.modelcontextprotocol/tasks, while those of 2025-11-25
// ask for each task, and get one without delay. In the function nothing differs,
// except that
//
//   - [Progress] tells the status of the task;
//   - [Ask] and its like wait for the answer, also with clients of 2026-07-28;
//   - a panic fails the task, and the context lasts as long as the task does.
//
// A client that lost the answer to a call, and calls again, gets a second task. With the
// same text as "io.github.mcpgen/idempotency-key" in the _meta of both calls it gets
// the same one, as long as that lives: if tool and arguments are the same, and the
// client is somebody in particular. Such a call becomes a task at once.
//
// The function may run in another process than the one that was called. [Call] has
// what the client said of itself, who it is, and what [Tool.KeepRequest] keeps. The
// store never gets a token: of [auth.TokenInfo.Extra] it gets what encodes as JSON and
// neither is a token nor is named like one, and a function gets that as
// encoding/json decodes it, but each [json.RawMessage] as it was.
func WithTasks(store task.Store, o task.Options) Option {
	return func(s *Server) { s.taskStore, s.taskOptions = store, o }
}

// TaskContext has f make of the context of a task what its function gets, if the task
// runs apart from the request that created it, maybe in another process: for what
// travels in contexts, such as traces. The call has what was kept of the request.
func TaskContext(f func(ctx context.Context, c *Call) context.Context) Option {
	return func(s *Server) { s.taskContexts = append(s.taskContexts, f) }
}

// tasks are the part of a server that has to do with them. It is nil for a server
// none of whose tools can run as a task.
type tasks struct {
	server  *Server
	manager *task.Manager
	own     *memstore.Store  // to be closed; nil if the program brought a store
	tools   map[string]*tool // by kind of task

	nameless  sync.Once      // warns of tokens that name nobody
	reporting sync.WaitGroup // to legacy clients
}

// newTasks returns what the tools of a server need, or nil. It fails if nobody would
// ever run their tasks.
func newTasks(s *Server) (*tasks, error) {
	ts := &tasks{server: s, tools: make(map[string]*tool)}
	o := s.taskOptions
	o.Kinds = nil
	for _, r := range s.registrations {
		if r.tool != nil && r.tool.Task != TaskForbidden {
			ts.tools[r.tool.taskKind()] = r.tool
			o.Kinds = append(o.Kinds, r.tool.taskKind())
		}
	}
	if len(o.Kinds) == 0 {
		return nil, nil
	}
	store := s.taskStore
	if store == nil && o.Workers < 0 {
		return nil, ts.idle()
	}
	if store == nil {
		ts.own = memstore.New(memstore.Options{})
		store = ts.own
	}
	o.Runner, o.Validate, o.Log = task.RunnerFunc(ts.run), validAnswer, cmp.Or(o.Log, s.log)
	ts.manager = task.NewManager(store, o)
	return ts, nil
}

// idle is the error of a front end whose tasks no worker can see.
func (ts *tasks) idle() error {
	var names []string
	for _, t := range ts.tools {
		names = append(names, t.Name)
	}
	slices.Sort(names)
	return fmt.Errorf("nobody would run the tasks of %s: Workers says that this process does not work, and without a store that others share no other one can; "+
		"give WithTasks such a store, or let this process work", strings.Join(names, ", "))
}

// taskKind names what a task does. A tool whose arguments have changed is another
// kind, so that old and new processes leave each other's tasks alone.
func (t *tool) taskKind() string {
	sum := sha256.Sum256([]byte(t.InputSchema))
	return t.Name + "@" + hex.EncodeToString(sum[:6])
}

// start begins to work on tasks.
func (ts *tasks) start() {
	if ts != nil {
		ts.manager.Start()
	}
}

// stop ends the work on tasks; see [task.Manager.Stop].
func (ts *tasks) stop(ctx context.Context) {
	if ts == nil {
		return
	}
	if err := ts.manager.Stop(ctx); err != nil {
		ts.server.log.Debug("tasks were interrupted", "error", err)
	}
	if ts.own != nil {
		ts.own.Close()
	}
	ts.reporting.Wait()
}

// owner names whose tasks a request may see. Callers over HTTP of whom nobody knows
// who they are, are nobody in particular: only the ids protect their tasks.
func owner(r interface{ GetExtra() *mcp.RequestExtra }) string {
	extra := r.GetExtra()
	if extra == nil {
		return localOwner
	}
	return identity(extra.TokenInfo)
}

// localOwner is whoever has started the process, and talks to it by pipes. No
// identity is the same.
const localOwner = "local"
