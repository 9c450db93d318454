package taskclient

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// A tap is at the wire of a session. The SDK drops what it does not know of a
// message: the id of a task that answers a call, a capability, notifications of
// tasks. So requests that belong to an [exchange] are amended here, their responses
// are kept for it, and what is told of tasks goes to who watches them.
//
// How it gets there depends on the transport. A connection can be wrapped, but the
// SDK tells the version of the session only to its own connection over HTTP, so that
// there the tap is in the HTTP client, see [httpTap].
type tap struct {
	mu       sync.Mutex
	waiting  map[jsonrpc.ID]*exchange
	watchers map[string]map[*inbox]bool // by task
}

func newTap() *tap {
	return &tap{waiting: make(map[jsonrpc.ID]*exchange), watchers: make(map[string]map[*inbox]bool)}
}

// into puts the tap into a transport.
func (t *tap) into(transport mcp.Transport) mcp.Transport {
	switch original := transport.(type) {
	case *mcp.StreamableClientTransport:
		tapped := *original
		client := http.Client{}
		if original.HTTPClient != nil {
			client = *original.HTTPClient
		}
		client.Transport = &httpTap{tap: t, next: client.Transport}
		tapped.HTTPClient = &client
		return &tapped
	case *mcp.LoggingTransport:
		return &mcp.LoggingTransport{Transport: t.into(original.Transport), Writer: original.Writer}
	}
	return &tappedTransport{transport, t}
}

// tappedTransport is a transport whose connection has a tap.
type tappedTransport struct {
	mcp.Transport
	tap *tap
}

func (t *tappedTransport) Connect(ctx context.Context) (mcp.Connection, error) {
	c, err := t.Transport.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &tappedConnection{c, t.tap}, nil
}

// tappedConnection is a connection with a tap.
type tappedConnection struct {
	mcp.Connection
	tap *tap
}

func (c *tappedConnection) Write(ctx context.Context, message jsonrpc.Message) error {
	request, ok := message.(*jsonrpc.Request)
	e := exchangeOf(ctx)
	if !ok || !request.IsCall() || e == nil {
		return c.Connection.Write(ctx, message)
	}
	amended, err := e.amend(request)
	if err != nil {
		return err
	}
	c.tap.expect(request.ID, e)
	if err := c.Connection.Write(ctx, amended); err != nil {
		c.tap.forget(e)
		e.end(nil)
		return err
	}
	return nil
}

func (c *tappedConnection) Read(ctx context.Context) (jsonrpc.Message, error) {
	message, err := c.Connection.Read(ctx)
	switch message := message.(type) {
	case *jsonrpc.Response:
		c.tap.answer(message)
	case *jsonrpc.Request:
		c.tap.hear(message)
	}
	if err != nil {
		c.tap.endAll()
	}
	return message, err
}

// expect has the response to a request go to e.
func (t *tap) expect(id jsonrpc.ID, e *exchange) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.waiting[id] = e
}

// forget gives up waiting for the responses to e.
func (t *tap) forget(e *exchange) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, waiting := range t.waiting {
		if waiting == e {
			delete(t.waiting, id)
		}
	}
}

// answer gives a response to whom it concerns.
func (t *tap) answer(response *jsonrpc.Response) {
	t.mu.Lock()
	e := t.waiting[response.ID]
	delete(t.waiting, response.ID)
	t.mu.Unlock()
	if e != nil {
		e.end(response)
	}
}

// endAll tells all who wait for a response that there will be none.
func (t *tap) endAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, e := range t.waiting {
		delete(t.waiting, id)
		e.end(nil)
	}
}

// hear gives a notification about a task to who watches it.
func (t *tap) hear(r *jsonrpc.Request) {
	switch {
	case strings.HasPrefix(r.Method, taskNotifications):
		if w, err := readTask(r.Params); err == nil { // or else the next poll tells
			t.tell(w.TaskID, func(in *inbox) { in.put(w) })
		}
	case r.Method == progressNotification:
		if id, p, ok := readProgress(r.Params); ok {
			t.tell(id, func(in *inbox) { in.report(p) })
		}
	}
}

// Methods that tell of tasks: the first begins those of both eras, and the second is
// of the legacy one.
const (
	taskNotifications    = "notifications/tasks"
	progressNotification = "notifications/progress"
)

// mayTell reports whether the text of a message may tell of a task.
func mayTell(text []byte) bool {
	return bytes.Contains(text, []byte(taskNotifications)) || bytes.Contains(text, []byte(progressNotification))
}

// tell tells all who watch a task.
func (t *tap) tell(id string, news func(*inbox)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for in := range t.watchers[id] {
		news(in)
	}
}

// watch returns where news of a task arrive, until stop is called.
func (t *tap) watch(id string) (in *inbox, stop func()) {
	in = newInbox()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.watchers[id] == nil {
		t.watchers[id] = make(map[*inbox]bool)
	}
	t.watchers[id][in] = true
	return in, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.watchers[id], in)
		if len(t.watchers[id]) == 0 {
			delete(t.watchers, id)
		}
	}
}

// An inbox has the last news of a task.
type inbox struct {
	ready    chan struct{} // has an element when there is something to take
	mu       sync.Mutex
	task     *wireTask
	progress *Progress
}

func newInbox() *inbox { return &inbox{ready: make(chan struct{}, 1)} }

// put replaces what was said of the task, except that nothing replaces its end.
func (in *inbox) put(w *wireTask) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.task != nil && in.task.Status.Terminal() {
		return
	}
	in.task = w
	in.wake()
}

// report replaces how far the task is.
func (in *inbox) report(p Progress) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.progress = &p
	in.wake()
}

// wake has whoever watches look again.
func (in *inbox) wake() {
	select {
	case in.ready <- struct{}{}:
	default:
	}
}

// take returns the last news, nil for none since.
func (in *inbox) take() (*wireTask, *Progress) {
	in.mu.Lock()
	defer in.mu.Unlock()
	w, p := in.task, in.progress
	in.task, in.progress = nil, nil
	return w, p
}
