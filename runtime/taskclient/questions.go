package taskclient

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// answerAll has the handlers of the client answer what a task of the modern era asks,
// each question once. The context of a handler ends with the task, and with the
// context of the caller; one that ignores it is left behind.
func (f *follower) answerAll(ctx context.Context, w *wireTask) {
	if f.options.ByHand || w.Status.Terminal() {
		return
	}
	for key, q := range w.InputRequests {
		if !f.claim(key) {
			continue
		}
		go func() {
			err := f.answerOne(f.outer, key, q)
			if err == nil {
				return
			}
			f.release(key)
			select {
			case f.trouble <- fmt.Errorf("task %s asks %q: %w", f.id, key, err):
			case <-ctx.Done(): // the next one to follow the task will be told
			}
		}()
	}
}

// answerOne has a handler answer a question, and tells the server.
func (t *Task) answerOne(ctx context.Context, key string, q question) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-t.over:
			cancel()
		case <-ctx.Done():
		}
	}()
	response, err := t.session.client.ask(ctx, t.id, q)
	if err != nil {
		return err
	}
	return t.update(ctx, map[string]json.RawMessage{key: response})
}

// claim reports whether a question was not yet given to a handler.
func (t *Task) claim(key string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.answered[key] {
		return false
	}
	if t.answered == nil {
		t.answered = make(map[string]bool)
	}
	t.answered[key] = true
	return true
}

// release has a question asked again by whoever follows the task next.
func (t *Task) release(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.answered, key)
}

// relatedTask is the member of _meta that says to which task a legacy request
// belongs. Handlers find it also in what tasks of the modern era ask.
const relatedTask = "io.modelcontextprotocol/related-task"

// ask has the client answer a request as if a server had sent it, with its handlers,
// middleware and roots, and the SDK's checks. The SDK has no way to do so but a
// session: so there is one for the question, of the era in which servers ask.
func (c *Client) ask(ctx context.Context, id string, q question) (json.RawMessage, error) {
	params, err := set(q.Params, id, "_meta", relatedTask, "taskId")
	if err != nil {
		return nil, err
	}
	m := &mirror{incoming: make(chan jsonrpc.Message, 1), response: make(chan *jsonrpc.Response, 1), done: make(chan struct{})}
	session, err := c.Client.Connect(private(ctx), m, &mcp.ClientSessionOptions{ProtocolVersion: frame.Legacy})
	if err != nil {
		return nil, err
	}
	defer session.Close()
	requestID, err := jsonrpc.MakeID(id)
	if err != nil {
		return nil, err
	}
	m.send(&jsonrpc.Request{ID: requestID, Method: q.Method, Params: params})
	select {
	case response := <-m.response:
		return response.Result, response.Error
	case <-ctx.Done():
		m.Close() // which ends the context of the handler
		return nil, context.Cause(ctx)
	}
}

// mirror is a server that begins a session and asks one thing.
type mirror struct {
	incoming chan jsonrpc.Message // for the client
	response chan *jsonrpc.Response
	done     chan struct{}
	closing  sync.Once
}

func (m *mirror) Connect(context.Context) (mcp.Connection, error) { return m, nil }

func (m *mirror) Read(ctx context.Context) (jsonrpc.Message, error) {
	select {
	case message := <-m.incoming:
		return message, nil
	case <-m.done:
		return nil, io.EOF
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (m *mirror) Write(_ context.Context, message jsonrpc.Message) error {
	switch message := message.(type) {
	case *jsonrpc.Response:
		m.response <- message
	case *jsonrpc.Request:
		if message.IsCall() {
			m.send(&jsonrpc.Response{ID: message.ID, Result: json.RawMessage(begun)})
		}
	}
	return nil
}

// send sends a message to the client, if it is still there.
func (m *mirror) send(message jsonrpc.Message) {
	select {
	case m.incoming <- message:
	case <-m.done:
	}
}

// begun is the result of initialize, and does as well for a ping, which is all that
// clients send by themselves.
const begun = `{"protocolVersion":"` + frame.Legacy + `","capabilities":{},"serverInfo":{"name":"","version":""}}`

func (m *mirror) Close() error {
	m.closing.Do(func() { close(m.done) })
	return nil
}

func (m *mirror) SessionID() string { return "" }
