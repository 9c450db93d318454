package runtime

import (
	"context"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Feature is something that clients are to know of before it happens.
type Feature uint8

// The features of a server that are not plain from what is registered.
const (
	// Subscriptions: clients may ask to be told when a resource changes; see [Catalog].
	Subscriptions Feature = 1 << iota
	// ClientLogging: calls may send log messages; see [ClientLogger].
	ClientLogging
)

// Advertise tells clients of features. Generated code calls it for what functions
// ask for; a program that uses [Server.Catalog] itself calls it before the server
// starts.
func (s *Server) Advertise(features ...Feature) {
	for _, f := range features {
		s.features |= f
	}
}

func (s *Server) has(f Feature) bool { return s.features&f != 0 }

// capable is the middleware that tells clients what the server can do: the SDK
// forgets kinds of which everything is hidden, knows nothing of completions, and
// takes it that every server has subscriptions.
func (s *Server) capable(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		result, err := next(ctx, method, request)
		if err != nil || !s.offering.Load() {
			return result, err
		}
		switch result := result.(type) {
		case *mcp.InitializeResult:
			s.describe(result.Capabilities)
		case *mcp.DiscoverResult:
			s.describe(result.Capabilities)
		}
		return result, nil
	}
}

// describe corrects what the SDK says.
func (s *Server) describe(c *mcp.ServerCapabilities) {
	if s.completions.any() {
		c.Completions = &mcp.CompletionCapabilities{}
	}
	if s.has(ClientLogging) {
		//lint:ignore SA1019 deprecated since 2026-07-28, and what earlier clients have
		c.Logging = &mcp.LoggingCapabilities{}
	}
	if c.Resources != nil && s.identity != nil {
		c.Resources.Subscribe = s.has(Subscriptions)
	}
}

// pin has the SDK advertise a kind of thing for good, also while all of it is
// hidden.
func (s *Server) pin(kind string) {
	if s.capabilities == nil {
		return // of an SDK server that is not ours
	}
	switch kind {
	case "tool":
		s.capabilities.Tools = &mcp.ToolCapabilities{ListChanged: true}
	case "prompt":
		s.capabilities.Prompts = &mcp.PromptCapabilities{ListChanged: true}
	case "resource", "resource template":
		s.capabilities.Resources = &mcp.ResourceCapabilities{ListChanged: true}
	}
}

// guest is the middleware that a server needs which is mounted on another. It
// cannot be taken back; once we have stopped it does nothing.
func (s *Server) guest() []mcp.Middleware {
	var needed []mcp.Middleware
	if s.completions.any() || s.has(ClientLogging) {
		needed = append(needed, s.capable, s.complete)
	}
	if s.tasks != nil {
		needed = append(needed, s.inTasks, s.listenTasks)
	}
	return needed
}

// subscribe is asked by the SDK about every subscription.
func (s *Server) subscribe(_ context.Context, request *mcp.SubscribeRequest) error {
	switch {
	case !s.has(Subscriptions):
		return &jsonrpc.Error{Code: jsonrpc.CodeMethodNotFound, Message: "no subscriptions"}
	case !s.readable(request.Params.URI):
		return wireError(NotFound(request.Params.URI))
	}
	return nil
}

// unsubscribe lets everybody go.
func (s *Server) unsubscribe(context.Context, *mcp.UnsubscribeRequest) error { return nil }

// listen is the middleware that takes out of a subscriptions/listen request what
// cannot be subscribed to: the specification has a server agree to what is left,
// and the SDK refuses all.
func (s *Server) listen(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		listen, ok := request.(*mcp.SubscriptionsListenRequest)
		if !ok || listen.Params == nil || listen.Params.Notifications == nil {
			return next(ctx, method, request)
		}
		params, wanted := *listen.Params, *listen.Params.Notifications
		wanted.ResourceSubscriptions = nil
		for _, uri := range listen.Params.Notifications.ResourceSubscriptions {
			if s.has(Subscriptions) && s.readable(uri) {
				wanted.ResourceSubscriptions = append(wanted.ResourceSubscriptions, uri)
			}
		}
		params.Notifications = &wanted
		agreed := *listen
		agreed.Params = &params
		return next(ctx, method, &agreed)
	}
}
