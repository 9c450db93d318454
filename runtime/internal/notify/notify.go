// Package notify sends notifications that the SDK does not know, beside the session
// of the SDK that has the stream.
package notify

import (
	"context"
	"encoding/json"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// Func sends a message to the client of a session, whose id is "" where there is
// only one. An error says that the client is gone. A client that has no stream open
// for it misses the message, which is no error.
type Func func(ctx context.Context, session string, message []byte) error

type key struct{}

// With has the handlers of what is served with the context find f.
func With(ctx context.Context, f Func) context.Context {
	return context.WithValue(ctx, key{}, f)
}

// From returns what With was given, or nil.
func From(ctx context.Context) Func {
	f, _ := ctx.Value(key{}).(Func)
	return f
}

// Send sends a notification. Without a Func it does nothing.
func (f Func) Send(ctx context.Context, session, method string, params any) error {
	if f == nil {
		return nil
	}
	data, err := json.Marshal(params)
	if err != nil {
		return err
	}
	message, err := jsonrpc.EncodeMessage(&jsonrpc.Request{Method: method, Params: data})
	if err != nil {
		return err
	}
	return f(ctx, session, message)
}
