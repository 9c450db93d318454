package runtime

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"

	"github.com/mcpgen/mcpgen/runtime/internal/notify"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// listening is a subscriptions/listen request about tasks.
type listening struct {
	ids   []string
	acked chan struct{} // closed when the client knows what it subscribed to
	meta  mcp.Meta      // of what it is told, set before acked is closed
	once  sync.Once
}

type listeningKey struct{}

// maxListened is how many tasks can be listened to by one request.
const maxListened = 256

// listenTasks is the middleware that adds tasks to what the SDK lets clients listen
// to. The tasks of others are left out, like those that there are not.
func (s *Server) listenTasks(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, r mcp.Request) (mcp.Result, error) {
		listen, ok := r.(*mcp.SubscriptionsListenRequest)
		if !ok || !s.offering.Load() || s.tasks == nil {
			return next(ctx, method, r)
		}
		wanted, ok := setAside(r)
		switch {
		case !ok:
			return next(ctx, method, r)
		case !offersTasks(metaOf(listen)):
			return nil, errNoTasks
		}
		l := &listening{ids: s.tasks.known(ctx, listen, wanted), acked: make(chan struct{})}
		return s.tasks.listen(ctx, l, listen, next)
	}
}

// known are those of the ids that are of tasks of the caller.
func (ts *tasks) known(ctx context.Context, r request, wanted any) (ids []string) {
	all, _ := wanted.([]any)
	for _, w := range all[:min(len(all), maxListened)] {
		id, ok := w.(string)
		if !ok || slices.Contains(ids, id) {
			continue
		}
		if _, err := ts.manager.Get(ctx, owner(r), id); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// listen lets the SDK serve the request, and tells of tasks beside it.
func (ts *tasks) listen(ctx context.Context, l *listening, r *mcp.SubscriptionsListenRequest, next mcp.MethodHandler) (mcp.Result, error) {
	ctx, cancel := context.WithCancel(context.WithValue(ctx, listeningKey{}, l))
	var watching sync.WaitGroup
	defer watching.Wait()
	defer cancel()
	send := notify.From(ctx)
	for _, id := range l.ids {
		watching.Go(func() { ts.tell(ctx, l, send, owner(r), id) })
	}
	result, err := next(ctx, listenMethod, r)
	if err == nil && len(l.ids) > 0 {
		<-ctx.Done() // the SDK may have nothing to wait for
	}
	return result, err
}

// tell tells of a task as it is, and then of each change until it ends.
func (ts *tasks) tell(ctx context.Context, l *listening, send notify.Func, owner, id string) {
	select {
	case <-l.acked:
	case <-ctx.Done():
		return
	}
	for record, err := range ts.manager.Watch(ctx, owner, id) {
		if err != nil {
			return
		}
		t := newDetailedTask(&record)
		if t.Meta == nil {
			t.Meta = make(mcp.Meta)
		}
		maps.Copy(t.Meta, l.meta)
		if send.Send(ctx, "", "notifications/tasks", t) != nil {
			return
		}
	}
}

// acknowledgedTasks are the params of the acknowledgement, with tasks.
type acknowledgedTasks struct {
	mcp.ParamsBase
	Notifications map[string]json.RawMessage `json:"notifications"`
}

// acknowledgeTasks is the sending middleware that tells clients to which tasks they
// have subscribed. Only after that they are told of any.
func acknowledgeTasks(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, r mcp.Request) (mcp.Result, error) {
		l, _ := ctx.Value(listeningKey{}).(*listening)
		params, isAck := r.GetParams().(*mcp.SubscriptionsAcknowledgedParams)
		session, isOurs := r.GetSession().(*mcp.ServerSession)
		if l == nil || !isAck || !isOurs {
			return next(ctx, method, r)
		}
		ack, err := l.acknowledgement(params)
		if err != nil {
			return nil, err
		}
		result, err := next(ctx, method, &mcp.ServerRequest[*acknowledgedTasks]{Session: session, Params: ack, Extra: r.GetExtra()})
		l.once.Do(func() {
			l.meta = mcp.Meta{mcp.MetaKeySubscriptionID: params.Meta[mcp.MetaKeySubscriptionID]}
			close(l.acked)
		})
		return result, err
	}
}

func (l *listening) acknowledgement(params *mcp.SubscriptionsAcknowledgedParams) (*acknowledgedTasks, error) {
	data, err := json.Marshal(params.Notifications)
	if err != nil {
		return nil, err
	}
	ack := &acknowledgedTasks{ParamsBase: mcp.ParamsBase{Meta: params.Meta}}
	if err := json.Unmarshal(data, &ack.Notifications); err != nil {
		return nil, err
	}
	if len(l.ids) > 0 {
		ack.Notifications["taskIds"], err = json.Marshal(l.ids)
	}
	return ack, err
}
