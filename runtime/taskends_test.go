package runtime

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/task/memstore"
)

// A taskEnd is how a task ends, and what clients see of it. An … in the message stands
// for anything.
type taskEnd struct {
	how            string
	modern, legacy task.Status
	message        string
	code           int // of the error, 0 for a result
	bring          func(*endings) wireTask
}

// ownCode is the code of an error that a function chooses.
const ownCode = -32042

var taskEnds = []taskEnd{
	{"it returned", task.Completed, task.Completed, "", 0, byItself("fine")},
	{"it returned an error", task.Completed, task.Failed, "the error", 0, byItself("fail")},
	{"it returned a `ProtocolError`", task.Failed, task.Failed, "that of the error", ownCode, byItself("code")},
	{"it panicked", task.Failed, task.Failed, "internal error", -32603, byItself("panic")},
	{"its result is too large", task.Failed, task.Failed, "the result is … bytes, at most … are allowed", -32603, byItself("large")},
	{"it took longer than `timeout=`", task.Failed, task.Failed, "timed out after …", -32603, byItself("late")},
	{"the client cancelled it", task.Cancelled, task.Cancelled, cancelledByClient, -32603, (*endings).cancelled},
	{"… while it waited for an answer", task.Cancelled, task.Cancelled, cancelledByClient, -32603, (*endings).cancelledAsking},
	{"its process died", task.Failed, task.Failed, "worker lost: …", -32603, (*endings).lost},
	{"its process was stopped", task.Failed, task.Failed, "worker stopped: …", -32603, (*endings).stopped},
	{"its `ttl=` was over", task.Failed, task.Failed, "task expired: …", -32602, (*endings).expired},
}

// TestTaskEnds brings tasks to each end, in each era and on each transport.
func TestTaskEnds(t *testing.T) {
	t.Parallel()
	for name, way := range wireWays {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEndings(t, way)
			for _, want := range taskEnds {
				got := want.bring(e)
				status := want.modern
				if way.version < modernVersion {
					status = want.legacy
				}
				if got.Status != string(status) || !likeness(want.message).MatchString(got.StatusMessage) {
					t.Errorf("%s: %s, %q, want %s, %q", want.how, got.Status, got.StatusMessage, status, want.message)
				}
				code := 0
				if got.Error != nil {
					code = got.Error.Code
				}
				if status == task.Cancelled && way.version >= modernVersion { // of which the status tells all
					code += want.code
				}
				if code != want.code || (got.Result != nil) != (want.code == 0) {
					t.Errorf("%s: error %+v, result %s, want code %d", want.how, got.Error, got.Result, want.code)
				}
				if isError := strings.Contains(string(got.Result), `"isError":true`); isError != (want.outcome() == "the result, with `isError`") {
					t.Errorf("%s: result %s, want %s", want.how, got.Result, want.outcome())
				}
				if code == ownCode && string(got.Error.Data) != `{"a":1}` {
					t.Errorf("%s: data %s, want that of the error", want.how, got.Error.Data)
				}
			}
		})
	}
}

// likeness matches what a message stands for.
func likeness(message string) *regexp.Regexp {
	return regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(message), "…", ".+") + "$")
}

// TestTaskEndsAreDocumented holds the table of the reference against the rows above.
func TestTaskEndsAreDocumented(t *testing.T) {
	t.Parallel()
	var table strings.Builder
	table.WriteString("| what happened to a function | 2026-07-28 | 2025-11-25 | status message | result or error |\n|---|---|---|---|---|\n")
	for _, end := range taskEnds {
		fmt.Fprintf(&table, "| %s | `%s` | `%s` | %s | %s |\n", end.how, end.modern, end.legacy, end.message, end.outcome())
	}
	reference, err := os.ReadFile("../REFERENCE.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(reference), table.String()) {
		t.Errorf("REFERENCE.md has another table of how tasks end; it should be\n%s", table.String())
	}
}

// outcome is what there is instead of a result.
func (end taskEnd) outcome() string {
	switch {
	case end.code == 0 && end.message == "":
		return "the result"
	case end.code == 0:
		return "the result, with `isError`"
	case end.code == ownCode:
		return "its code, message and data"
	case end.code == -32602:
		return fmt.Sprintf("%d, %s, for who asks later", end.code, task.ErrNotFound)
	case end.modern == task.Cancelled:
		return fmt.Sprintf("%d, of `tasks/result`", end.code)
	}
	return fmt.Sprint(end.code)
}

// endings is where tasks are brought to their ends: a client, and a server that leaves
// the work to others.
type endings struct {
	*wireClient
	way   wireWay
	front *Server
	store *memstore.Store
	begun chan struct{} // by tools that wait until they are interrupted
}

// endOptions have tasks end soon.
var endOptions = task.Options{Lease: 100 * time.Millisecond, MaxResult: 1000}

func newEndings(t *testing.T, way wireWay) *endings {
	e := &endings{way: way, store: memstore.New(memstore.Options{}), begun: make(chan struct{}, 1)}
	o := endOptions
	o.Workers = -1
	e.front = e.server(e.store, o)
	e.wireClient = way.connect(t, e.front, withTasks)
	return e
}

// server is one of the processes.
func (e *endings) server(store task.Store, o task.Options) *Server {
	s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)), WithTasks(store, o))
	answering(background("fine"), TextResult("done"), nil)(s)
	answering(background("fail"), nil, errors.New("the error"))(s)
	answering(background("code"), nil, &ProtocolError{Code: ownCode, Message: "that of the error", Data: json.RawMessage(`{"a":1}`)})(s)
	answering(background("large"), TextResult(strings.Repeat("a", 2000)), nil)(s)
	add(s, background("panic"), func(context.Context, *Call) (*Result, error) { panic("secret") })
	late, brief := background("late"), background("brief")
	late.Timeout, brief.TTL = time.Millisecond, time.Second
	for _, tool := range []Tool{late, brief, background("wait")} {
		add(s, tool, func(ctx context.Context, _ *Call) (*Result, error) {
			e.begun <- struct{}{}
			<-ctx.Done()
			return nil, ctx.Err()
		})
	}
	registerConfirm(false)(s)
	return s
}

// worker starts a process that works, until stop. It loses its store once it is cut.
func (e *endings) worker() (cut *atomic.Bool, stop func()) {
	e.t.Helper()
	store := &severable{Store: e.store}
	w := e.server(store, endOptions)
	if err := w.Start(e.t.Context()); err != nil {
		e.t.Fatal(err)
	}
	stop = func() { w.Stop(overdue()) }
	e.t.Cleanup(stop)
	return &store.cut, stop
}

// await waits for the end of a task.
func (e *endings) await(id string) wireTask { return e.end(e.front, e.way.owner(), id) }

// started creates a task of a tool that waits, and returns once it does.
func (e *endings) started(tool string) (id string) {
	id = e.create(tool, "{}").TaskID
	<-e.begun
	return id
}

// byItself brings about the end of a tool that does so by itself.
func byItself(tool string) func(*endings) wireTask {
	return func(e *endings) wireTask {
		_, stop := e.worker()
		defer stop()
		id := e.create(tool, "{}").TaskID
		if tool == "late" {
			<-e.begun
		}
		return e.await(id)
	}
}

func (e *endings) cancelled() wireTask {
	_, stop := e.worker()
	defer stop()
	id := e.started("wait")
	e.call("tasks/cancel", `{"taskId":"`+id+`"}`)
	return e.await(id)
}

func (e *endings) cancelledAsking() wireTask {
	_, stop := e.worker()
	defer stop()
	id := e.create("ask", "{}").TaskID
	awaitInput(e.t, e.front, e.way.owner(), id, 1)
	e.call("tasks/cancel", `{"taskId":"`+id+`"}`)
	return e.await(id)
}

// lost has a process vanish from which another one takes over.
func (e *endings) lost() wireTask {
	cut, _ := e.worker()
	id := e.started("wait")
	cut.Store(true)
	_, stop := e.worker()
	defer stop()
	return e.await(id)
}

func (e *endings) stopped() wireTask {
	_, stop := e.worker()
	id := e.started("wait")
	stop()
	return e.await(id)
}

// expired watches a task that lives for too short. Afterwards nobody finds it.
func (e *endings) expired() (last wireTask) {
	_, stop := e.worker()
	defer stop()
	for len(e.noted) > 0 { // of the tasks before
		<-e.noted
	}
	id := e.started("brief")
	var listening <-chan wireMessage
	if e.version >= modernVersion {
		listening = e.send("subscriptions/listen", `{"notifications":{"taskIds":["`+id+`"]}}`)
	}
	for last.TaskID != id || last.Status == "working" {
		select {
		case m := <-e.noted:
			last = readTask(e.t, m.Params)
		case m := <-listening:
			e.t.Fatalf("listening ended before the task did: %s %+v", m.Result, m.Error)
		}
	}
	m := <-e.send("tasks/get", `{"taskId":"`+id+`"}`)
	if m.Error != nil && m.Error.Message != task.ErrNotFound.Error() {
		e.t.Errorf("who asks later is told %q, want %q", m.Error.Message, task.ErrNotFound)
	}
	last.Error = m.Error
	return last
}

// severable is a store that a process may be cut off from.
type severable struct {
	task.Store
	cut atomic.Bool
}

var errCut = errors.New("no connection to the store")

func (s *severable) Update(ctx context.Context, c task.Change) (task.Entry, error) {
	if s.cut.Load() {
		return task.Entry{}, errCut
	}
	return s.Store.Update(ctx, c)
}

func (s *severable) Claim(ctx context.Context, kinds []string, lease time.Duration) (task.Claim, error) {
	if s.cut.Load() {
		return nil, errCut
	}
	claim, err := s.Store.Claim(ctx, kinds, lease)
	return &severableClaim{claim, s}, err
}

type severableClaim struct {
	task.Claim
	store *severable
}

func (c *severableClaim) Extend(ctx context.Context) error {
	if c.store.cut.Load() {
		return errCut
	}
	return c.Claim.Extend(ctx)
}
