package runtime

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Ask puts a question to the person behind a call and returns what they fill in: a
// T, which is a struct whose fields are the fields of a form. They are texts, numbers,
// booleans, times, and choices: of one value if the type is a string type with
// constants, of several if it is a slice of one. The comments on the constants are
// the titles of the choices, and the comments on the fields explain them. A function
// or a call-scoped provider that takes an Ask gets it from the runtime:
//
//	func Book(ctx context.Context, in Trip, ask runtime.Ask[Confirmation]) (string, error) {
//		answer, err := ask(ctx, "Book for 120 EUR?")
//		if err != nil {
//			return "", err
//		}
//		…
//	}
//
// Clients of versions before 2026-07-28 are asked while the function waits, within
// the time that the call has; the timeout of a tool may have to be longer for it.
// For the others a call that asks is over: ask returns [ErrInputRequired], the
// client is told the question whatever the function returns, and calls again with
// the answer. Then the function runs again from its beginning, and the same ask
// returns the answer. Therefore
//
//   - return at once when ask fails, and ask before doing what must not be done twice;
//   - ask in the same words each time: an answer belongs to the message and the form
//     that were shown, so that nobody agrees to what they have not read.
//
// Several questions can be asked one after the other. Those that are asked before
// the error of the first is looked at reach the client together.
//
// The error is [ErrDeclined], [ErrCancelled], [ErrCannotAsk] or [ErrInvalidAnswer]
// when there is no answer; [errors.Is] tells them apart. Their texts may be shown to
// the client, also when a provider returns them. Never ask for passwords or other
// secrets: the client sees what is filled in.
//
// In tests an Ask can be any function. It is safe for concurrent use.
type Ask[T any] func(ctx context.Context, message string) (T, error)

// Why there is no answer.
var (
	// ErrDeclined says that the person refused to answer.
	ErrDeclined = errors.New("the user declined to answer")
	// ErrCancelled says that the person closed the question without a choice.
	ErrCancelled = errors.New("the user dismissed the question")
	// ErrCannotAsk says that the client has no way to show the question: it shows no
	// forms, or speaks 2025-06-18, which has no choice of several. If a function
	// returns it to a client that speaks 2026-07-28 or later, the answer is the
	// protocol's error -32021, which names the missing capability.
	ErrCannotAsk = errors.New("this client cannot ask its user")
	// ErrInvalidAnswer says that what was filled in does not fit the form; the text
	// of the error names all that is wrong. To ask again is up to the function.
	ErrInvalidAnswer = errors.New("the answer does not fit the question")
	// ErrInputRequired says that the question is on its way and that the function
	// will run again with the answer. Clean-ups are told so as well.
	ErrInputRequired = errors.New("the user is being asked")
)

// unanswered reports whether err says that there is no answer, which is nothing
// that operators have to see to.
func unanswered(err error) bool {
	for _, reason := range []error{ErrDeclined, ErrCancelled, ErrCannotAsk, ErrInvalidAnswer, ErrCannotSample, ErrNoRoots} {
		if errors.Is(err, reason) {
			return true
		}
	}
	return false
}

// loggable is err as far as a log may hold it: what people answer is not for it.
func loggable(err error) error {
	if errors.Is(err, ErrInvalidAnswer) {
		return ErrInvalidAnswer
	}
	return err
}

// NewAsk returns the Ask of one parameter, for generated code: name is that of the
// parameter in snake_case, form describes T in the part of JSON Schema that questions may use.
func NewAsk[T any](c *Call, name, form string, decode func(*codec.Decoder) T) Ask[T] {
	if ask, ok := replaced[Ask[T]](c.scope.replacements); ok {
		return ask
	}
	return func(ctx context.Context, message string) (T, error) {
		a, err := c.ask(ctx, question{name, &mcp.ElicitParams{
			Mode: "form", Message: message, RequestedSchema: json.RawMessage(form),
		}})
		if err != nil {
			var none T
			return none, err
		}
		return settled(a, decode)
	}
}

// settled is the value of an answer, or why there is none.
func settled[T any](a answer, decode func(*codec.Decoder) T) (v T, err error) {
	switch a.Action {
	case "accept":
		if a.Content == nil {
			a.Content = json.RawMessage("{}") // of a form that was left empty
		}
		d := codec.NewDecoder(a.Content, codec.Options{Kind: "field"})
		v = decode(d)
		err := d.Err()
		for _, name := range a.Inexact {
			err = errors.Join(err, codec.Problems{{Pointer: "/" + name, Message: "must be below 2^53, to arrive exactly"}})
		}
		if err != nil {
			return v, Errorf("%w:\n%w", ErrInvalidAnswer, err)
		}
		return v, nil
	case "decline":
		return v, &PublicError{ErrDeclined}
	case "cancel":
		return v, &PublicError{ErrCancelled}
	}
	return v, Errorf("%w: there is no action %.20q", ErrInvalidAnswer, a.Action)
}
