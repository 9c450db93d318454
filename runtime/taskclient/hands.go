//lint:file-ignore SA1019 sampling is deprecated since 2026-07-28, and clients still offer it

package taskclient

import (
	"context"
	"errors"
	"strconv"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// hands are the tasks of a client that are answered by hand. In the legacy era what
// a task asks is a request of the server, for which the SDK calls a handler; so the
// handlers are wrapped, and wait for such tasks until there is an answer.
type hands struct {
	mu    sync.Mutex
	tasks map[handKey]*hand
}

// handKey tells tasks apart, also those of different servers.
type handKey struct {
	session *mcp.ClientSession
	id      string
}

// hand is a task that is answered by hand, while somebody follows it or it asks.
type hand struct {
	news  map[*inbox]bool // of those who follow it
	asked int             // how many questions so far
	open  map[string]*parked
}

// parked is a request that waits for an answer.
type parked struct {
	request mcp.InputRequest
	answer  chan mcp.InputResponse
}

func newHands() *hands { return &hands{tasks: make(map[handKey]*hand)} }

// errCannotAnswer is the answer of a client without a handler.
var errCannotAnswer = errors.New("the client has no handler for this")

// wrap puts hands before the handlers of a client, and gives one that has none but
// offers to answer the handlers that it needs.
func (h *hands) wrap(o *mcp.ClientOptions) {
	offers := o.Capabilities
	if offers == nil {
		offers = new(mcp.ClientCapabilities)
	}
	if elicit := o.ElicitationHandler; elicit != nil || offers.Elicitation != nil {
		o.ElicitationHandler = func(ctx context.Context, r *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
			return wrapped(ctx, h, r.Session, r.Params, r.Params.Meta, elicit, r)
		}
	}
	switch sample, sampleTools := o.CreateMessageHandler, o.CreateMessageWithToolsHandler; {
	case sampleTools != nil, offers.Sampling != nil && sample == nil:
		o.CreateMessageWithToolsHandler = func(ctx context.Context, r *mcp.CreateMessageWithToolsRequest) (*mcp.CreateMessageWithToolsResult, error) {
			return wrapped(ctx, h, r.Session, r.Params, r.Params.Meta, sampleTools, r)
		}
	case sample != nil:
		o.CreateMessageHandler = func(ctx context.Context, r *mcp.CreateMessageRequest) (*mcp.CreateMessageResult, error) {
			return wrapped(ctx, h, r.Session, r.Params, r.Params.Meta, sample, r)
		}
	}
}

// wrapped waits for an answer by hand if the request is of a task that is answered
// so, and otherwise calls the handler.
func wrapped[Request any, Response mcp.InputResponse](
	ctx context.Context, h *hands, session *mcp.ClientSession, params mcp.InputRequest, meta mcp.Meta,
	handler func(context.Context, Request) (Response, error), r Request,
) (Response, error) {
	var none Response
	answer, byHand, err := h.await(ctx, session, params, meta)
	switch {
	case err != nil:
		return none, err
	case !byHand && handler == nil:
		return none, errCannotAnswer
	case !byHand:
		return handler(private(ctx), r)
	}
	given, ok := answer.(Response)
	if !ok {
		return none, errors.New("the answer is to another kind of question")
	}
	return given, nil
}

// await waits for the answer to a request that belongs to a task which is answered
// by hand.
func (h *hands) await(ctx context.Context, session *mcp.ClientSession, request mcp.InputRequest, meta mcp.Meta) (_ mcp.InputResponse, byHand bool, _ error) {
	related, _ := meta[relatedTask].(map[string]any)
	id, _ := related["taskId"].(string)
	p := &parked{request, make(chan mcp.InputResponse, 1)}
	done, ok := h.park(handKey{session, id}, p)
	if !ok {
		return nil, false, nil
	}
	defer done()
	select {
	case answer := <-p.answer:
		return answer, true, nil
	case <-ctx.Done():
		return nil, true, context.Cause(ctx)
	}
}

// park lets those who follow a task know of a request. It reports whether there is
// anybody.
func (h *hands) park(of handKey, p *parked) (done func(), ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	task := h.tasks[of]
	if task == nil {
		return nil, false
	}
	task.asked++
	key := strconv.Itoa(task.asked)
	task.open[key] = p
	task.wake()
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(task.open, key)
		task.wake()
		h.tidy(of)
	}, true
}

// wake is for who holds the lock.
func (t *hand) wake() {
	for in := range t.news {
		in.wake()
	}
}

// take says that a task is answered by hand, until leave is called. Its questions
// wake in.
func (h *hands) take(of handKey, in *inbox) (leave func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	task := h.tasks[of]
	if task == nil {
		task = &hand{news: make(map[*inbox]bool), open: make(map[string]*parked)}
		h.tasks[of] = task
	}
	task.news[in] = true
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(task.news, in)
		h.tidy(of)
	}
}

// tidy forgets a task that nobody follows and that asks nothing. It is for who holds
// the lock.
func (h *hands) tidy(of handKey) {
	if task := h.tasks[of]; task != nil && len(task.news)+len(task.open) == 0 {
		delete(h.tasks, of)
	}
}

// asked are the open questions of a task, by key.
func (h *hands) asked(of handKey) mcp.InputRequestMap {
	h.mu.Lock()
	defer h.mu.Unlock()
	task := h.tasks[of]
	if task == nil || len(task.open) == 0 {
		return nil
	}
	asked := make(mcp.InputRequestMap)
	for key, p := range task.open {
		asked[key] = p.request
	}
	return asked
}

// answer answers questions of a task. Those that nobody waits for are ignored.
func (h *hands) answer(of handKey, answers mcp.InputResponseMap) {
	h.mu.Lock()
	defer h.mu.Unlock()
	task := h.tasks[of]
	if task == nil {
		return
	}
	for key, answer := range answers {
		if p := task.open[key]; p != nil {
			delete(task.open, key)
			p.answer <- answer
		}
	}
}
