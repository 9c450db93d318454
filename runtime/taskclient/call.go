package taskclient

import (
	"context"
	"crypto/rand"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Options are what a call may be told. The zero value of each field stands for the
// default, and nil Options for all of them.
type Options struct {
	// TTL is for how long the server is asked to remember the task, counted from its
	// creation. Only the legacy era has a way to ask.
	TTL time.Duration

	// KeepTask has a task go on when [Session.Call] returns without its result, because
	// the context has ended, say. By default it is cancelled then, since nobody
	// waits for it. OnStatus is told its id.
	KeepTask bool

	// ByHand leaves what the task asks to [Task.Answer], instead of the handlers of
	// the client. What a server asks before it makes a call a task is always for the
	// handlers.
	ByHand bool

	// OnStatus is told how the task is, and then of each change, by the goroutine
	// that waits for it. A call that becomes no task has nothing to tell.
	OnStatus func(Status)
}

// cancelTime is how long a server may take to be told that a task is cancelled.
const cancelTime = 5 * time.Second

// Call calls a tool and returns its final result, whether the server answers, asks
// first, or makes the call a task. A tool's own error is a result; other errors are
// those of [Session.Start] and of [Task.Wait]. If ctx ends before there is a result,
// or waiting for it fails, the task is cancelled, unless the options keep it.
func (s *Session) Call(ctx context.Context, params *mcp.CallToolParams, o *Options) (*mcp.CallToolResult, error) {
	t, err := s.Start(ctx, params, o)
	if err != nil {
		return nil, err
	}
	result, err := t.Wait(ctx)
	if !t.Ended() && !t.options.KeepTask {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cancelTime)
		defer cancel()
		t.Cancel(ctx) // as far as that is possible; the error is the one that there was first
	}
	return result, err
}

// Start calls a tool and returns as soon as it has become a task, or was answered.
// In the legacy era a tool that can run as a task does.
//
// The error is that of the call. A server of the modern era may ask before it makes
// a call a task; the handlers of the client answer.
func (s *Session) Start(ctx context.Context, params *mcp.CallToolParams, o *Options) (*Task, error) {
	t := newTask(s, o)
	params = copied(params)
	e := newExchange()
	if !s.modern() {
		takes, err := s.takesTasks(ctx, params.Name)
		if err != nil {
			return nil, err
		}
		if !takes {
			return t.straight(s.CallTool(ctx, params))
		}
		e.task = newTaskMetadata(t.options.TTL)
		if params.GetProgressToken() == nil { // or else there would be no word of it
			params.SetProgressToken(rand.Text())
		}
	}
	result, err := s.CallTool(e.with(ctx), params)
	s.tap.forget(e)
	text := e.close()
	if err != nil {
		if code(err) == jsonrpc.CodeMethodNotFound { // the tool may have changed how it runs
			s.tools.forget()
		}
		return nil, err
	}
	created := readCreated(text)
	if created == nil {
		return t.straight(result, nil)
	}
	status, err := created.status()
	if err != nil {
		return nil, err
	}
	t.id, t.last = created.TaskID, status
	return t, nil
}

// taskMetadata is params.task of a legacy request.
type taskMetadata struct {
	TTL int64 `json:"ttl,omitempty"` // in milliseconds
}

func newTaskMetadata(ttl time.Duration) taskMetadata { return taskMetadata{ttl.Milliseconds()} }

// Resume returns the task with an id that was stored, maybe by another process, and
// in another era. It asks nothing of the server; whether there still is such a task
// is for the methods of Task to find out. Of the options, those of a running task
// matter.
func (s *Session) Resume(id string, o *Options) *Task {
	t := newTask(s, o)
	t.id = id
	return t
}
