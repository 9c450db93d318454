package runtime

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Tool declares a tool.
type Tool struct {
	Name, Title, Description string
	// InputSchema and OutputSchema are JSON Schema. Arguments are checked by the
	// decoder, not by the schema; "" as OutputSchema means none.
	InputSchema, OutputSchema string
	// The hints are for clients, which may ask their users less often because of
	// them. See the specification, server/tools, ToolAnnotations.
	ReadOnly, Destructive, Idempotent, OpenWorld Hint
	// Strict makes the decoder refuse the slips that models make, such as "5" for
	// the integer 5.
	Strict bool
	// NullIsAbsent has the decoder of a strict tool take null for an optional
	// argument that is absent, as it does otherwise. OpenAI's API has models send that.
	NullIsAbsent bool
	// Icon is the URL of an image, or a data URI that holds one.
	Icon string
	// Scopes are the OAuth scopes that a caller needs.
	Scopes []string
	// Task says whether the tool can run as a task; TTL is for how long a task is
	// kept after it was created, Poll how often clients should ask for it, Retries
	// how often it is run again after a crash. See [WithTasks].
	Task      TaskSupport
	TTL, Poll time.Duration
	Retries   int

	// AskBefore has the function's questions answered before a call becomes a
	// task, by clients of 2026-07-28 and later, instead of by the task. The
	// function runs again from its beginning then, as in a direct call.
	AskBefore bool

	// KeepRequest has a task keep the HTTP header and the _meta of the request that
	// created it, for a function or a provider that reads them. Otherwise, and if the
	// server has no [Middleware] either, they are empty in a task, but for the trace
	// context. Generated code sets it for those that take a *[Call] or an [http.Header].
	// What is a credential by its name is never kept: Authorization, cookies, sessions,
	// and all that has the word token, secret, password, signature, API key or the like
	// in it.
	KeepRequest bool

	// Timeout ends the context of a call; 0 means as [CallTimeout] says for a direct
	// call, and never for a task. The call is over when the function returns, so it
	// has to heed its context.
	Timeout time.Duration
}

// Hint is a statement about a tool that may be left open.
type Hint uint8

// The three values of a [Hint].
const (
	Unset Hint = iota
	True
	False
)

// wire is h as the SDK has it.
func (h Hint) wire() *bool {
	if h == Unset {
		return nil
	}
	yes := h == True
	return &yes
}

// TaskSupport says whether a tool can run as a task.
type TaskSupport uint8

// The values of [TaskSupport].
const (
	TaskForbidden TaskSupport = iota // only direct calls
	TaskOptional                     // a task for clients that can take one
	TaskRequired                     // only as a task
)

// defaultTimeout is the time that a direct call has: longer than any client
// waits by default (the reference SDKs give up after a minute), so that no work
// goes on for nobody.
const defaultTimeout = time.Minute

// tool is a Tool without type parameters, as everything behind [AddTool] knows it.
type tool struct {
	Tool
	prepare preparer[*Result]
	check   *resultCheck // nil for none
}

// AddTool declares a tool. Its arguments are decoded and checked before call is
// called, or anything provided for it; what is wrong with them is a tool error, so
// that the model can correct itself.
func AddTool[In any](s *Server, t Tool, decode func(*codec.Decoder) In, call func(context.Context, *Call, In) (*Result, error)) {
	s.addTool(&tool{Tool: t, prepare: preparation(codec.Options{Strict: t.Strict, NullIsAbsent: t.NullIsAbsent}, decode, call)})
}

func (s *Server) addTool(t *tool) {
	if s.checkResults && t.OutputSchema != "" {
		t.check = newResultCheck(t.OutputSchema)
	}
	handler := func(ctx context.Context, request *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		c := s.newCall("tool", t.Name, "", request)
		result, err := s.answerTool(ctx, c, t, request.Params.Arguments)
		if q, ok := err.(*inputRequired); ok {
			return &mcp.CallToolResult{InputRequests: q.requests, RequestState: q.state}, nil
		}
		if err != nil {
			return nil, err
		}
		return result.wire(), nil
	}
	s.add(registration{
		kind:    "tool",
		name:    t.Name,
		tool:    t,
		install: func(server *mcp.Server) { server.AddTool(t.wire(), handler) },
		remove:  func(server *mcp.Server) { server.RemoveTools(t.Name) },
	})
}

// answerTool calls a tool in the way that it and the client want. The error it
// returns is like that of callTool.
func (s *Server) answerTool(ctx context.Context, c *Call, t *tool, arguments []byte) (*Result, error) {
	background, err := s.tasks.wanted(ctx, c, t)
	switch {
	case err != nil:
		return nil, err
	case background:
		return s.tasks.call(ctx, c, t, arguments)
	}
	return s.callTool(ctx, c, t, arguments)
}

// callTool runs a tool. The error it returns is a protocol error, or *inputRequired;
// all others are results.
func (s *Server) callTool(ctx context.Context, c *Call, t *tool, arguments []byte) (*Result, error) {
	if err := t.allows(s, c); err != nil {
		return nil, err
	}
	invocation, err := t.prepare.run(c, t.Name, arguments)
	if err != nil {
		return failedTool(err)
	}
	result, err := invoke(ctx, s, c, cmp.Or(t.Timeout, s.timeout), heedful(invocation))
	if err != nil {
		return failedTool(err)
	}
	t.check.log(ctx, c, result)
	return result, nil
}

// heedful is f with a result that tells of an error as an error.
func heedful(f invocation[*Result]) invocation[*Result] {
	return func(ctx context.Context, c *Call) (*Result, error) {
		result, err := f(ctx, c)
		if err == nil {
			err = result.check()
		}
		if err == nil && result != nil && result.IsError {
			return nil, &toolError{result}
		}
		return result, err
	}
}

// toolError is the result of a tool that says itself that it is an error. As an
// error it reaches the clean-ups.
type toolError struct{ result *Result }

func (e *toolError) Error() string { return "the tool reported an error" }

// failedTool is the answer to a call that failed.
func failedTool(err error) (*Result, error) {
	if e, ok := err.(*toolError); ok {
		return e.result, nil
	}
	if e, ok := err.(*inputRequired); ok {
		return nil, e
	}
	if e, ok := protocolError(err); ok {
		return nil, e
	}
	return errorResult(publicText(err)), nil
}

// wire is t as the SDK has it.
func (t *tool) wire() *mcp.Tool {
	out := &mcp.Tool{
		Name:        t.Name,
		Title:       t.Title,
		Description: t.Description,
		InputSchema: json.RawMessage(t.InputSchema),
		Icons:       icons(t.Icon),
		Annotations: t.annotations(),
	}
	if t.OutputSchema != "" {
		out.OutputSchema = json.RawMessage(t.OutputSchema)
	}
	return out
}

// annotations are nil without hints. With any, the SDK writes readOnlyHint and
// idempotentHint always; false is what their absence means.
func (t *tool) annotations() *mcp.ToolAnnotations {
	if t.ReadOnly == Unset && t.Destructive == Unset && t.Idempotent == Unset && t.OpenWorld == Unset {
		return nil
	}
	return &mcp.ToolAnnotations{
		ReadOnlyHint:    t.ReadOnly == True,
		IdempotentHint:  t.Idempotent == True,
		DestructiveHint: t.Destructive.wire(),
		OpenWorldHint:   t.OpenWorld.wire(),
	}
}
