package runtime

import (
	"context"
	"encoding/json"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// inputRequired is the error of a call that ends with questions.
type inputRequired struct {
	requests mcp.InputRequestMap
	state    string
	open     map[string]question // by key
}

func (e *inputRequired) Error() string { return ErrInputRequired.Error() }
func (e *inputRequired) Unwrap() error { return ErrInputRequired }

// letAsk adds the middleware that questions, and listening to tasks, need to the
// SDK's server.
func (s *Server) letAsk() {
	s.sdk.AddReceivingMiddleware(bareQuestions)
	s.sdk.AddSendingMiddleware(fillForm, acknowledgeTasks)
}

// bareQuestions is the middleware that answers with questions as the specification
// has them. The SDK's results would carry empty content besides.
func bareQuestions(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		result, err := next(ctx, method, request)
		if err != nil {
			return nil, err
		}
		switch r := result.(type) {
		case *mcp.CallToolResult:
			return bare(r, r.InputRequests, r.RequestState, r.Meta), nil
		case *mcp.GetPromptResult:
			return bare(r, r.InputRequests, r.RequestState, r.Meta), nil
		case *mcp.ReadResourceResult:
			return bare(r, r.InputRequests, r.RequestState, r.Meta), nil
		}
		return result, nil
	}
}

// bare is result without content if it is one with questions.
func bare(result mcp.Result, requests mcp.InputRequestMap, state string, meta mcp.Meta) mcp.Result {
	if requests == nil {
		return result
	}
	return &questions{ResultBase: mcp.ResultBase{Meta: meta}, requests: requests, state: state}
}

// questions is the specification's InputRequiredResult.
type questions struct {
	mcp.ResultBase
	requests mcp.InputRequestMap
	state    string
}

// MarshalJSON is for the SDK.
func (q *questions) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Meta          mcp.Meta            `json:"_meta,omitempty"`
		ResultType    string              `json:"resultType"`
		InputRequests mcp.InputRequestMap `json:"inputRequests"`
		RequestState  string              `json:"requestState,omitempty"`
	}{q.Meta, "input_required", q.requests, q.state})
}
