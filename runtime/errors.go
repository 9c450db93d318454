package runtime

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// PublicError is an error whose text may be shown to the client wherever it comes
// from. The error that a tool returns is shown anyway; that of a provider or a
// clean-up is hidden, because it tends to speak of hosts, files and passwords,
// unless it is or wraps a PublicError. Then the client sees the text of the
// PublicError, without what wraps it.
type PublicError struct{ Err error }

// Errorf returns a [*PublicError] with the text that [fmt.Errorf] makes. An error
// given for %w is part of that text.
func Errorf(format string, args ...any) error {
	return &PublicError{fmt.Errorf(format, args...)}
}

func (e *PublicError) Error() string { return e.Err.Error() }
func (e *PublicError) Unwrap() error { return e.Err }

// ProtocolError is answered as a JSON-RPC error instead of a tool error. The
// model does not see it, only the client, so it is right for what the client got
// wrong. The SDK replaces the text of code -32601.
type ProtocolError struct {
	Code    int64 // -32602 for invalid parameters, -32603 for an internal error
	Message string
	Data    json.RawMessage // any JSON value, or nil for none
}

func (e *ProtocolError) Error() string { return e.Message }

// NotFound is the error of a resource that does not exist, for functions of
// resource templates. Clients get it as the specification wants it.
func NotFound(uri string) error {
	data, err := json.Marshal(map[string]string{"uri": uri})
	if err != nil {
		data = nil
	}
	return &ProtocolError{Code: jsonrpc.CodeInvalidParams, Message: "Resource not found", Data: data}
}

// ErrNoResult is the error of a tool that returns a nil pointer where its output
// schema promises an object.
var ErrNoResult = errors.New("the tool returned no result")

// providerError is the error of a provider or a clean-up. Its text is for
// operators.
type providerError struct {
	id  string
	err error
}

func (e *providerError) Error() string { return e.id + ": " + e.err.Error() }
func (e *providerError) Unwrap() error { return e.err }

// brokenResult is the error of a result that cannot be encoded. Its text is for
// operators.
type brokenResult struct{ err error }

func (e *brokenResult) Error() string { return e.err.Error() }
func (e *brokenResult) Unwrap() error { return e.err }

// internalText is what a client sees instead of what it must not see.
const internalText = "internal error"

// invalidArguments is the answer to arguments that do not fit, with a line for
// each problem.
type invalidArguments struct {
	of  string // the name of the tool or prompt, the URI of the resource
	err error
}

func (e *invalidArguments) Error() string {
	return "invalid arguments for " + e.of + ":\n" + e.err.Error()
}

// publicText is what a client may read of err.
func publicText(err error) string {
	var public *PublicError
	var provider *providerError
	var broken *brokenResult
	switch {
	case errors.As(err, &provider) && errors.As(provider.err, &public):
		return public.Error()
	case errors.As(err, &provider), errors.As(err, &broken), errors.Is(err, errPanic):
		return internalText
	}
	return err.Error()
}

// protocolError returns err as the JSON-RPC error that a function asked for: by a
// [ProtocolError] anywhere in it, or by being an error of the SDK itself. One that
// is merely wrapped may come from another server, and says nothing about ours.
func protocolError(err error) (*jsonrpc.Error, bool) {
	var protocol *ProtocolError
	if errors.As(err, &protocol) {
		e := &jsonrpc.Error{Code: protocol.Code, Message: protocol.Message}
		if json.Valid(protocol.Data) { // with other data there would be no answer
			e.Data = protocol.Data
		}
		return e, true
	}
	sdk, ok := err.(*jsonrpc.Error)
	return sdk, ok
}

// wireError is err as a JSON-RPC error.
func wireError(err error) *jsonrpc.Error {
	if e, ok := protocolError(err); ok {
		return e
	}
	var invalid *invalidArguments
	if errors.As(err, &invalid) {
		return &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: err.Error()}
	}
	return &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: publicText(err)}
}
