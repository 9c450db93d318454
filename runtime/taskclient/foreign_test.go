package taskclient_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mcpgen/mcpgen/runtime/taskclient"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// foreign is a server that does as a test wants, in a time of its own.
type foreign struct {
	version string
	// answer is the result of a request, in JSON, or an error.
	answer func(f *foreign, method string, n int) (string, error)

	mu    sync.Mutex
	times map[string][]time.Time // of requests, by method

	outgoing chan jsonrpc.Message
	done     chan struct{}
	closing  sync.Once
}

func (f *foreign) Connect(context.Context) (mcp.Connection, error) { return f, nil }
func (f *foreign) SessionID() string                               { return "" }

func (f *foreign) Close() error {
	f.closing.Do(func() { close(f.done) })
	return nil
}

func (f *foreign) Read(context.Context) (jsonrpc.Message, error) {
	select {
	case m := <-f.outgoing:
		return m, nil
	case <-f.done:
		return nil, io.EOF
	}
}

func (f *foreign) Write(_ context.Context, message jsonrpc.Message) error {
	r, ok := message.(*jsonrpc.Request)
	if !ok || !r.IsCall() {
		return nil
	}
	f.mu.Lock()
	f.times[r.Method] = append(f.times[r.Method], time.Now())
	n := len(f.times[r.Method])
	f.mu.Unlock()
	go func() {
		result, err := f.handshake(r.Method), error(nil)
		if result == "" {
			result, err = f.answer(f, r.Method, n)
		}
		if errors.Is(err, errSilent) {
			return
		}
		f.send(&jsonrpc.Response{ID: r.ID, Result: json.RawMessage(result), Error: err})
	}()
	return nil
}

func (f *foreign) send(m jsonrpc.Message) {
	select {
	case f.outgoing <- m:
	case <-f.done:
	}
}

// tell sends a notification.
func (f *foreign) tell(method, params string) {
	f.send(&jsonrpc.Request{Method: method, Params: json.RawMessage(params)})
}

// errSilent is the answer of a server that gives none.
var errSilent = errors.New("silent")

// errNoMethod is that of a server which does not know a method.
var errNoMethod = &jsonrpc.Error{Code: jsonrpc.CodeMethodNotFound, Message: "no such method"}

func (f *foreign) handshake(method string) string {
	switch {
	case method == "server/discover" && f.version == modern:
		return `{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}}`
	case method == "initialize" && f.version == legacy:
		return `{"protocolVersion":"2025-11-25","capabilities":{"tasks":{"requests":{"tools":{"call":{}}}}},"serverInfo":{"name":"f","version":"1"}}`
	case method == "tools/list":
		return `{"tools":[{"name":"train","inputSchema":{"type":"object"},"execution":{"taskSupport":"required"}}]}`
	case method == "tools/call" && f.version == modern:
		return `{"resultType":"task",` + working + `}`
	case method == "tools/call":
		return `{"task":{` + working + `}}`
	}
	return ""
}

// Members of a task, in words of both eras.
const (
	task1   = `"taskId":"t-1","createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z","ttl":null,"ttlMs":null,"pollInterval":5000,"pollIntervalMs":5000`
	working = task1 + `,"status":"working"`
	done    = task1 + `,"status":"completed"`
	result  = `{"content":[{"type":"text","text":"trained"}]}`
)

// inForeign calls a tool of a foreign server in a bubble of time.
func inForeign(t *testing.T, version string, answer func(f *foreign, method string, n int) (string, error), test func(*testing.T, *foreign, *taskclient.Session)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f := &foreign{version: version, answer: answer, times: make(map[string][]time.Time), outgoing: make(chan jsonrpc.Message), done: make(chan struct{})}
		client := taskclient.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, &mcp.ClientOptions{ElicitationHandler: accept})
		session, err := client.Connect(t.Context(), f, &mcp.ClientSessionOptions{ProtocolVersion: version})
		if err != nil {
			t.Fatal(err)
		}
		test(t, f, session)
		session.Close()
	})
}

// wantTrained fails unless a call comes to its result, after about that time.
func wantTrained(t *testing.T, session *taskclient.Session, after time.Duration) {
	t.Helper()
	begin := time.Now()
	got, err := session.Call(t.Context(), call("train"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := text(t, got); got != "trained" {
		t.Errorf("result = %q, want trained", got)
	}
	if took := time.Since(begin); took < after || took > after+after/5+time.Millisecond {
		t.Errorf("it took %v, want %v or a little more", took, after)
	}
}

// TestPolling has servers that tell nothing by themselves.
func TestPolling(t *testing.T) {
	t.Parallel()
	inForeign(t, modern, func(_ *foreign, method string, n int) (string, error) {
		switch {
		case method != "tasks/get":
			return "", errNoMethod
		case n < 4:
			return `{"resultType":"complete",` + working + `}`, nil
		}
		return `{"resultType":"complete",` + done + `,"result":` + result + `}`, nil
	}, func(t *testing.T, f *foreign, session *taskclient.Session) {
		wantTrained(t, session, 20*time.Second)
		for i, at := range f.times["tasks/get"][1:] {
			if pause := at.Sub(f.times["tasks/get"][i]); pause < 5*time.Second || pause > 5500*time.Millisecond {
				t.Errorf("asked again after %v, want the 5 s that the server wants or a little more", pause)
			}
		}
		if n := len(f.times["subscriptions/listen"]); n != 1 {
			t.Errorf("%d attempts to listen, want one", n)
		}
	})
}

// TestListening has a server tell of a task, first without a word of what it came to.
func TestListening(t *testing.T) {
	t.Parallel()
	inForeign(t, modern, func(f *foreign, method string, n int) (string, error) {
		switch method {
		case "subscriptions/listen":
			f.tell("notifications/tasks", `{`+working+`}`)
			time.Sleep(25 * time.Second)
			f.tell("notifications/tasks", `{`+done+`}`)
			return "", errSilent
		case "tasks/get":
			return `{"resultType":"complete",` + done + `,"result":` + result + `}`, nil
		}
		return "", errNoMethod
	}, func(t *testing.T, f *foreign, session *taskclient.Session) {
		wantTrained(t, session, 25*time.Second)
		if n := len(f.times["tasks/get"]); n != 1 {
			t.Errorf("asked %d times, want once for the result", n)
		}
	})
}

// TestListeningAgain ends a subscription before the task.
func TestListeningAgain(t *testing.T) {
	t.Parallel()
	inForeign(t, modern, func(f *foreign, method string, n int) (string, error) {
		switch method {
		case "subscriptions/listen":
			f.tell("notifications/tasks", `{`+working+`}`)
			if n == 1 {
				time.Sleep(time.Second)
				return `{"resultType":"complete"}`, nil
			}
			time.Sleep(14 * time.Second)
			f.tell("notifications/tasks", `{`+done+`,"result":`+result+`}`)
			return "", errSilent
		case "tasks/get":
			return `{"resultType":"complete",` + working + `}`, nil
		}
		return "", errNoMethod
	}, func(t *testing.T, f *foreign, session *taskclient.Session) {
		wantTrained(t, session, 20*time.Second)
		if n := len(f.times["subscriptions/listen"]); n != 2 {
			t.Errorf("listened %d times, want twice", n)
		}
	})
}

// TestDeadStream has a server tell nothing any more.
func TestDeadStream(t *testing.T) {
	t.Parallel()
	inForeign(t, modern, func(f *foreign, method string, n int) (string, error) {
		switch method {
		case "subscriptions/listen":
			f.tell("notifications/tasks", `{`+working+`}`)
			return "", errSilent
		case "tasks/get":
			return `{"resultType":"complete",` + done + `,"result":` + result + `}`, nil
		}
		return "", errNoMethod
	}, func(t *testing.T, _ *foreign, session *taskclient.Session) {
		wantTrained(t, session, 50*time.Second)
	})
}

// TestTrouble has a server that fails for a while, and one that fails for ever.
func TestTrouble(t *testing.T) {
	t.Parallel()
	busy := &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: "busy"}
	failing := func(times int) func(*foreign, string, int) (string, error) {
		return func(_ *foreign, method string, n int) (string, error) {
			switch {
			case method != "tasks/get":
				return "", errNoMethod
			case n <= times:
				return "", busy
			}
			return `{"resultType":"complete",` + done + `,"result":` + result + `}`, nil
		}
	}
	inForeign(t, modern, failing(3), func(t *testing.T, _ *foreign, session *taskclient.Session) {
		wantTrained(t, session, (5+10+20+40)*time.Second)
	})
	inForeign(t, modern, failing(100), func(t *testing.T, f *foreign, session *taskclient.Session) {
		if _, err := session.Call(t.Context(), call("train"), nil); err == nil || !strings.Contains(err.Error(), "busy") {
			t.Errorf("error = %v, want that of the server", err)
		}
		if n := len(f.times["tasks/get"]); n != 6 {
			t.Errorf("asked %d times, want 6", n)
		}
	})
}

// TestLegacyResult has a server of the older era that tells nothing by itself.
func TestLegacyResult(t *testing.T) {
	t.Parallel()
	inForeign(t, legacy, func(_ *foreign, method string, n int) (string, error) {
		if method == "tasks/result" {
			time.Sleep(20 * time.Second)
			return result, nil
		}
		return `{` + working + `}`, nil
	}, func(t *testing.T, f *foreign, session *taskclient.Session) {
		wantTrained(t, session, 20*time.Second)
		if n := len(f.times["tasks/get"]); n != 0 {
			t.Errorf("asked %d times, want that nothing is polled", n)
		}
		var seen []taskclient.State
		begin := time.Now()
		o := &taskclient.Options{OnStatus: func(s taskclient.Status) { seen = append(seen, s.State) }}
		if _, err := session.Call(t.Context(), call("train"), o); err != nil {
			t.Fatal(err)
		}
		if n := len(f.times["tasks/get"]); n < 3 {
			t.Errorf("asked %d times in %v for who watches, want every 5 s", n, time.Since(begin))
		}
		if got, want := fmt.Sprint(seen), "[working completed]"; got != want {
			t.Errorf("seen %s, want %s", got, want)
		}
	})
}

// TestLegacyProgress has a server of the older era tell how far a task is.
func TestLegacyProgress(t *testing.T) {
	t.Parallel()
	inForeign(t, legacy, func(f *foreign, method string, n int) (string, error) {
		if method == "tasks/result" {
			f.tell("notifications/tasks/status", `{`+working+`,"statusMessage":"training"}`)
			for i := range 3 {
				time.Sleep(time.Second)
				f.tell("notifications/progress", fmt.Sprintf(
					`{"progressToken":"p","progress":%d,"total":3,"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"t-1"}}}`, i+1))
			}
			time.Sleep(time.Second)
			f.tell("notifications/tasks/status", `{`+working+`,"statusMessage":"tidying"}`)
			time.Sleep(time.Second)
			return result, nil
		}
		if n == 1 {
			return `{` + working + `}`, nil
		}
		return `{` + done + `}`, nil
	}, func(t *testing.T, f *foreign, session *taskclient.Session) {
		var seen []string
		o := &taskclient.Options{OnStatus: func(s taskclient.Status) {
			seen = append(seen, fmt.Sprint(s.State, " ", s.Message, " ", s.Progress))
		}}
		if _, err := session.Call(t.Context(), call("train"), o); err != nil {
			t.Fatal(err)
		}
		want := []string{
			"working  {0 0}", "working training {0 0}", "working training {1 3}", "working training {2 3}",
			"working training {3 3}", "working tidying {3 3}", "completed  {0 0}",
		}
		if !slices.Equal(seen, want) {
			t.Errorf("seen %q, want %q", seen, want)
		}
	})
}

// TestUnanswered has a task ask what no handler answers.
func TestUnanswered(t *testing.T) {
	t.Parallel()
	inForeign(t, modern, func(_ *foreign, method string, n int) (string, error) {
		switch method {
		case "tasks/get":
			return `{"resultType":"complete",` + task1 + `,"status":"input_required","inputRequests":{
				"model":{"method":"sampling/createMessage","params":{"messages":[],"maxTokens":1}}}}`, nil
		case "tasks/cancel":
			return `{"resultType":"complete"}`, nil
		}
		return "", errNoMethod
	}, func(t *testing.T, f *foreign, session *taskclient.Session) {
		_, err := session.Call(t.Context(), call("train"), nil)
		if err == nil || !strings.Contains(err.Error(), `task t-1 asks "model": client does not support CreateMessage`) {
			t.Errorf("error = %v, want that nobody answers", err)
		}
		if n := len(f.times["tasks/cancel"]); n != 1 {
			t.Errorf("cancelled %d times, want once: nobody knows of the task", n)
		}
	})
}
