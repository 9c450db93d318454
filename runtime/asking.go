package runtime

//lint:file-ignore SA1019 the specification deprecates sampling and roots (SEP-2577), and clients have them

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// An asker gets questions to a person. It decides whether the function waits for
// the answer or runs again with it, so that a call that can be parked may bring an
// asker of its own.
type asker interface {
	ask(ctx context.Context, q question) (answer, error)
}

// asking is what a call knows of its questions.
type asking struct {
	keys      *stateKeys // of the server
	arguments []byte     // of the call, in JSON

	mu    sync.Mutex
	ctx   context.Context // of the call, while it runs
	asker asker           // nil until the first question, unless answers were brought
}

// begin lets questions through, and takes in the answers that the request brings.
func (a *asking) begin(ctx context.Context, c *Call) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ctx = ctx
	state, responses := brought(c.request.GetParams())
	if state == "" || !c.modern() {
		return nil
	}
	r := newRounds(c)
	a.asker = r
	return r.resume(state, responses)
}

// brought is what a request says of earlier rounds of its call.
func brought(params mcp.Params) (state string, responses mcp.InputResponseMap) {
	switch p := params.(type) {
	case *mcp.CallToolParamsRaw:
		return p.RequestState, p.InputResponses
	case *mcp.GetPromptParams:
		return p.RequestState, p.InputResponses
	case *mcp.ReadResourceParams:
		return p.RequestState, p.InputResponses
	}
	return "", nil
}

// context is that of the call, nil if the call is not running.
func (a *asking) context() context.Context {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.ctx
}

// end lets no more questions through. If one is open, it returns how the call has
// to end, whatever the function returned.
func (a *asking) end() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ctx = nil
	if r, ok := a.asker.(interface{ outcome() error }); ok {
		return r.outcome()
	}
	return nil
}

// ask puts one question. What it returns is an error for the function, too.
func (c *Call) ask(ctx context.Context, q question) (answer, error) {
	if err := c.canAsk(q); err != nil {
		return answer{}, err
	}
	asker, callCtx, err := c.asking.start(c)
	if err != nil {
		return answer{}, err
	}
	ctx, stop := within(callCtx, ctx)
	defer stop()
	return asker.ask(ctx, q)
}

// start returns the asker of the call and the context that the call has.
func (a *asking) start(c *Call) (asker, context.Context, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case a.ctx == nil:
		return nil, nil, errCallOver
	case a.asker == nil && c.modern():
		a.asker = newRounds(c)
	case a.asker == nil:
		a.asker = sessionAsker{c}
	}
	return a.asker, a.ctx, nil
}

// errCallOver is the answer to goroutines that a function has left behind.
var errCallOver = errors.New("the call is over, and can ask nothing more")

// modern reports whether the request is of a version in which servers send no
// requests.
func (c *Call) modern() bool { return c.ProtocolVersion() >= modernVersion }

// within is ctx with the values of outer, ending when either does. The SDK has to
// find its own values, by which it tells to which request a question belongs.
func within(outer, ctx context.Context) (context.Context, context.CancelFunc) {
	merged, cancel := context.WithCancelCause(outer)
	stop := context.AfterFunc(ctx, func() { cancel(context.Cause(ctx)) })
	return merged, func() { stop(); cancel(nil) }
}

// canAsk returns nil if the client says that it can answer q.
func (c *Call) canAsk(q question) error {
	capabilities := c.ClientCapabilities()
	if capabilities == nil {
		capabilities = new(mcp.ClientCapabilities)
	}
	missing := &cannotAsk{}
	capability := ""
	switch q.params.(type) {
	case *mcp.ElicitParams:
		// Neither mode means forms: that is how the first clients said it.
		if e := capabilities.Elicitation; e != nil && (e.Form != nil || e.URL == nil) {
			return nil
		}
		missing.what, missing.reason = ErrCannotAsk, "it does not offer elicitation with forms"
		capability = `{"elicitation":{"form":{}}}`
	case *mcp.CreateMessageParams:
		if capabilities.Sampling != nil {
			return nil
		}
		missing.what, missing.reason = ErrCannotSample, "it does not offer sampling"
		capability = `{"sampling":{}}`
	default:
		if capabilities.RootsV2 != nil {
			return nil
		}
		missing.what, missing.reason = ErrNoRoots, "it does not offer roots"
		capability = `{"roots":{}}`
	}
	if c.modern() {
		missing.protocol = &ProtocolError{
			Code:    codeMissingCapability,
			Message: missing.Error(),
			Data:    json.RawMessage(`{"requiredCapabilities":` + capability + `}`),
		}
	}
	return &PublicError{missing}
}

// codeMissingCapability is the specification's MissingRequiredClientCapability.
const codeMissingCapability = -32021

// cannotAsk is [ErrCannotAsk], or another error of that kind, with the reason, and
// with the protocol's own error where that is what the client has to get.
type cannotAsk struct {
	what     error
	reason   string
	protocol *ProtocolError // nil for none
}

func (e *cannotAsk) Error() string { return e.what.Error() + ": " + e.reason }

func (e *cannotAsk) Unwrap() []error {
	if e.protocol == nil {
		return []error{e.what}
	}
	return []error{e.what, e.protocol}
}

// sessionAsker asks by a request to the client, while the function waits.
type sessionAsker struct{ call *Call }

func (s sessionAsker) ask(ctx context.Context, q question) (answer, error) {
	response, err := s.send(ctx, q)
	if err == nil {
		return newAnswer(response)
	}
	if cause := context.Cause(ctx); cause != nil {
		return answer{}, cause
	}
	return answer{}, fmt.Errorf("asking the client: %w", err)
}

func (s sessionAsker) send(ctx context.Context, q question) (mcp.InputResponse, error) {
	return send(ctx, s.call.Session(), s.call.ProtocolVersion(), q)
}

// send asks the client at the other end of a session of that version.
func send(ctx context.Context, session *mcp.ServerSession, version string, q question) (mcp.InputResponse, error) {
	switch params := q.params.(type) {
	case *mcp.ElicitParams:
		if version < titledVersion {
			form, err := untitled(params.RequestedSchema.(json.RawMessage))
			if err != nil {
				return nil, &PublicError{err}
			}
			params.RequestedSchema = form
		}
		return session.Elicit(withForm(ctx, params), params)
	case *mcp.CreateMessageParams:
		return session.CreateMessage(ctx, params)
	}
	params, _ := q.params.(*mcp.ListRootsParams)
	return session.ListRoots(ctx, params)
}

// formKey is the key of the schema of a form.
type formKey struct{}

// withForm moves the schema from params into the context. The SDK would hold the
// answer against it and report the first thing that is wrong in its own words; our
// decoder reports all of them, and forgives slips.
func withForm(ctx context.Context, params *mcp.ElicitParams) context.Context {
	ctx = context.WithValue(ctx, formKey{}, params.RequestedSchema)
	params.RequestedSchema = nil
	return ctx
}

// fillForm is the sending middleware that puts the schema of a form back into the
// request, behind the SDK's back.
func fillForm(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		form := ctx.Value(formKey{})
		params, isForm := request.GetParams().(*mcp.ElicitParams)
		session, isOurs := request.GetSession().(*mcp.ServerSession)
		if form == nil || !isForm || !isOurs {
			return next(ctx, method, request)
		}
		filled := *params
		filled.RequestedSchema = form
		return next(ctx, method, &mcp.ServerRequest[*mcp.ElicitParams]{Session: session, Params: &filled, Extra: request.GetExtra()})
	}
}
