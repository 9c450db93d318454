//lint:file-ignore SA1019 sampling and roots are deprecated since 2026-07-28, and clients still offer them

package taskclient_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/task/memstore"
	"github.com/mcpgen/mcpgen/runtime/taskclient"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// TestWaitingPollsNothing waits for a task whose server tells what happens.
func TestWaitingPollsNothing(t *testing.T) {
	eachWay(t, task.Options{Grace: -1, ReportEvery: time.Millisecond}, func(t *testing.T, way way, s *server) {
		if way.connect(t, s); strings.HasSuffix(t.Name(), "memory") {
			return // the SDK's own transport has no way to tell
		}
		session := way.session(t, s, nil)
		told := make(chan struct{}, 10)
		o := &taskclient.Options{OnStatus: func(s taskclient.Status) {
			if s.Message == "waiting" {
				told <- struct{}{}
			}
		}}
		task, err := session.Start(t.Context(), call("wait"), o)
		if err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() {
			_, err := task.Wait(t.Context())
			ended <- err
		}()
		<-told
		before := s.requests("tasks/get")
		if err := session.Resume(task.ID(), nil).Cancel(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; !errors.Is(err, taskclient.ErrCancelled) {
			t.Errorf("error = %v, want ErrCancelled", err)
		}
		want := before
		if way.version == legacy { // where only the status tells that an error is this one
			want++
		}
		if got := s.requests("tasks/get"); got != want {
			t.Errorf("asked %d times for the task after it was told of, want %d", got-before, want-before)
		}
	})
}

// TestRestartedServer has the task of a server end in its successor.
func TestRestartedServer(t *testing.T) {
	t.Parallel()
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := memstore.New(memstore.Options{})
			front := newServer(t, task.Options{Workers: -1}, store) // it does no work itself
			session := way.session(t, front, nil)
			begun, err := session.Start(t.Context(), call("ask"), nil)
			if err != nil {
				t.Fatal(err)
			}
			session.Close()
			front.stop()

			session = way.session(t, newServer(t, task.Options{}, store), nil)
			result, err := session.Resume(begun.ID(), nil).Wait(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got, want := text(t, result), "hello <Who are you?>"; got != want {
				t.Errorf("result = %q, want %q", got, want)
			}
		})
	}
}

// TestHandlers has a task use all that a client can be asked for, and the handlers
// use the session meanwhile.
func TestHandlers(t *testing.T) {
	eachWay(t, atOnce, func(t *testing.T, way way, s *server) {
		var session *taskclient.Session
		var related, direct atomic.Value
		session = way.session(t, s, &mcp.ClientOptions{
			CreateMessageHandler: func(ctx context.Context, r *mcp.CreateMessageRequest) (*mcp.CreateMessageResult, error) {
				related.Store(fmt.Sprint(r.Params.Meta["io.modelcontextprotocol/related-task"]))
				result, err := session.CallTool(ctx, call("fine"))
				if err != nil {
					return nil, err
				}
				direct.Store(text(t, result))
				return &mcp.CreateMessageResult{Model: "parrot", Role: "assistant", Content: &mcp.TextContent{Text: "hi"}}, nil
			},
		})
		task, err := session.Start(t.Context(), call("borrow"), nil)
		if err != nil {
			t.Fatal(err)
		}
		result, err := task.Wait(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got, want := text(t, result), "file:///home parrot"; got != want {
			t.Errorf("result = %q, want %q", got, want)
		}
		if got, want := related.Load(), "map[taskId:"+task.ID()+"]"; got != want {
			t.Errorf("the request is related to %v, want %v", got, want)
		}
		if direct.Load() != "done" {
			t.Errorf("a call by a handler was answered %v, want that it is no task", direct.Load())
		}
	})
}

// TestHandlerFails has a handler fail, and the task be answered at a second try.
func TestHandlerFails(t *testing.T) {
	eachWay(t, atOnce, func(t *testing.T, way way, s *server) {
		var asked atomic.Int32
		session := way.session(t, s, &mcp.ClientOptions{
			ElicitationHandler: func(ctx context.Context, r *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
				if asked.Add(1) == 1 {
					return nil, errors.New("nobody is at home")
				}
				return accept(ctx, r)
			},
		})
		task, err := session.Start(t.Context(), call("ask"), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := task.Wait(t.Context()); err == nil || !strings.Contains(err.Error(), "nobody is at home") {
			t.Errorf("error = %v, want that of the handler", err)
		}
		if task.Ended() {
			t.Error("the task has ended by that")
		}
		result, err := task.Wait(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got, want := text(t, result), "hello <Who are you?>"; got != want || asked.Load() != 2 {
			t.Errorf("result = %q after %d questions, want %q after 2", got, asked.Load(), want)
		}
	})
}

// TestQuestionOutlivesWatching breaks out of watching while somebody thinks about an
// answer.
func TestQuestionOutlivesWatching(t *testing.T) {
	eachWay(t, atOnce, func(t *testing.T, way way, s *server) {
		asked, think := make(chan struct{}, 2), make(chan struct{})
		session := way.session(t, s, &mcp.ClientOptions{
			ElicitationHandler: func(ctx context.Context, r *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
				asked <- struct{}{}
				select {
				case <-think:
					return accept(ctx, r)
				case <-ctx.Done():
					return nil, ctx.Err()
				}
			},
		})
		task, err := session.Start(t.Context(), call("ask"), nil)
		if err != nil {
			t.Fatal(err)
		}
		for status := range task.Watch(t.Context()) {
			if status.State == taskclient.InputRequired {
				<-asked
				break
			}
		}
		close(think)
		result, err := task.Wait(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got, want := text(t, result), "hello <Who are you?>"; got != want || len(asked) > 0 {
			t.Errorf("result = %q after %d more questions, want %q", got, len(asked), want)
		}
	})
}

// TestMany calls tools at once, more than are listened to.
func TestMany(t *testing.T) {
	eachWay(t, atOnce, func(t *testing.T, way way, s *server) {
		session := way.session(t, s, nil)
		var calling sync.WaitGroup
		for range 36 {
			calling.Go(func() {
				result, err := session.Call(t.Context(), call("ask"), nil)
				if err != nil || result.IsError {
					t.Errorf("result = %+v, %v", result, err)
				}
			})
		}
		calling.Wait()
	})
}

// counting is an HTTP client's transport of a program's own, and a log.
type counting struct{ uses atomic.Int32 }

func (c *counting) RoundTrip(r *http.Request) (*http.Response, error) {
	c.uses.Add(1)
	return http.DefaultTransport.RoundTrip(r)
}

func (c *counting) Write(p []byte) (int, error) {
	c.uses.Add(1)
	return len(p), nil
}

// TestTransports uses transports that have others inside.
func TestTransports(t *testing.T) {
	t.Parallel()
	var own, log counting
	for name, wrap := range map[string]func(mcp.Transport) mcp.Transport{
		"an HTTP client of one's own": func(transport mcp.Transport) mcp.Transport {
			transport.(*mcp.StreamableClientTransport).HTTPClient = &http.Client{Transport: &own}
			return transport
		},
		"a log": func(transport mcp.Transport) mcp.Transport {
			return &mcp.LoggingTransport{Transport: transport, Writer: &log}
		},
	} {
		t.Run(name, func(t *testing.T) {
			way := way{modern, func(t *testing.T, s *server) mcp.Transport { return wrap(overHTTP(t, s)) }}
			session := way.session(t, newServer(t, atOnce, nil), nil)
			result, err := session.Call(t.Context(), call("ask"), nil)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := text(t, result), "hello <Who are you?>"; got != want {
				t.Errorf("result = %q, want %q", got, want)
			}
		})
	}
	if own.uses.Load() == 0 || log.uses.Load() == 0 {
		t.Errorf("there were %d requests and %d lines of log, want some of each", own.uses.Load(), log.uses.Load())
	}
}

// TestOlderVersions calls tools in versions without tasks.
func TestOlderVersions(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"2025-06-18", "2025-03-26", "2024-11-05"} {
		way := way{version, pipes}
		session := way.session(t, newServer(t, task.Options{}, nil), nil)
		begun, err := session.Start(t.Context(), call("ask"), nil)
		if version < "2025-06-18" { // which has no questions
			if begun, err = session.Start(t.Context(), call("fine"), nil); err != nil {
				t.Fatal(err)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		if begun.ID() != "" || !begun.Ended() {
			t.Errorf("%s: the call became task %q", version, begun.ID())
		}
		if status, err := begun.Status(t.Context()); err != nil || status.State != taskclient.Completed {
			t.Errorf("%s: status = %+v, %v, want that it is completed", version, status, err)
		}
	}
}
