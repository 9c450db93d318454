package runtime

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Completion says which argument a function completes: one of a prompt, or a
// variable of a resource template.
type Completion struct {
	Prompt      string // the name of the prompt, or
	URITemplate string // the template
	Argument    string
}

func (c Completion) String() string { return c.Argument + " of " + c.Prompt + c.URITemplate }

// CompletionInput is what a client knows while its user types.
type CompletionInput struct {
	// Value is what was typed so far. Nothing of it has been checked.
	Value string
	// Arguments are the other arguments as far as they are known.
	Arguments map[string]string
}

// completer suggests values for one argument.
type completer func(ctx context.Context, c *Call, in CompletionInput) ([]string, error)

// maxSuggestions is how many values the specification lets a server return.
const maxSuggestions = 100

// AddCompletion declares a function that suggests values for an argument, the best
// first; what the argument's type says of its values is not used then. Clients get
// the first 100, and are told how many there are.
func AddCompletion(s *Server, c Completion, complete func(context.Context, *Call, CompletionInput) ([]string, error)) {
	s.add(registration{kind: "completion", name: c.String(), completes: c, completer: complete,
		install: func(*mcp.Server) {}, remove: func(*mcp.Server) {}})
}

// Matching returns the values that fit what was typed: those that begin with it,
// then those that have it inside, whatever the case of letters, each in their
// order. It is what arguments with known values are completed by, and is there for
// functions that complete from a list.
func Matching(typed string, values []string) []string {
	typed = strings.ToLower(typed)
	var first, second []string
	for _, value := range values {
		switch at := strings.Index(strings.ToLower(value), typed); {
		case at == 0:
			first = append(first, value)
		case at > 0:
			second = append(second, value)
		}
	}
	return append(first, second...)
}

// matching completes from a list.
func matching(values []string) completer {
	if len(values) == 0 {
		return nil
	}
	return func(_ context.Context, _ *Call, in CompletionInput) ([]string, error) {
		return Matching(in.Value, values), nil
	}
}

// completions are what a server can complete: a completer for each argument, nil
// for those without suggestions.
type completions map[Completion]completer

// newCompletions gathers what the registrations say. Functions come before known
// values.
func newCompletions(registrations []registration) (completions, error) {
	all := make(completions)
	for _, r := range registrations {
		maps.Copy(all, r.completions)
	}
	var problems []error
	for _, r := range registrations {
		if r.completer == nil {
			continue
		}
		if _, ok := all[r.completes]; !ok {
			problems = append(problems, fmt.Errorf("completion %s, registered by %s: there is no such argument", r.name, r.by))
		}
		all[r.completes] = r.completer
	}
	return all, errors.Join(problems...)
}

// any reports whether there is anything to complete.
func (all completions) any() bool {
	for _, complete := range all {
		if complete != nil {
			return true
		}
	}
	return false
}

// arguments are the arguments that the owner of c has, sorted.
func (all completions) arguments(c Completion) (names []string) {
	for other := range all {
		if other.Prompt == c.Prompt && other.URITemplate == c.URITemplate {
			names = append(names, other.Argument)
		}
	}
	slices.Sort(names)
	return names
}

// completions are those of the arguments of p.
func (p Prompt) completions() completions {
	all := make(completions)
	for _, a := range p.Arguments {
		all[Completion{Prompt: p.Name, Argument: a.Name}] = matching(a.Values)
	}
	return all
}

// completions are those of the variables of t.
func (t ResourceTemplate) completions(variables []string) completions {
	all := make(completions)
	for _, name := range variables {
		all[Completion{URITemplate: t.URITemplate, Argument: name}] = matching(t.Values[name])
	}
	return all
}

// complete is the middleware that answers completion/complete, which the SDK
// leaves to one function given when its server is made.
func (s *Server) complete(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		r, ok := request.(*mcp.CompleteRequest)
		if !ok || !s.offering.Load() || !s.completions.any() || r.Params == nil || r.Params.Ref == nil || r.Params.Argument.Name == "" {
			return next(ctx, method, request)
		}
		want := Completion{Prompt: r.Params.Ref.Name, URITemplate: r.Params.Ref.URI, Argument: r.Params.Argument.Name}
		complete, ok := s.completions[want]
		ok = ok && !s.hides(want)
		valid := s.completions.arguments(want)
		switch {
		case !ok && len(valid) > 0 && !s.hides(want):
			return nil, invalidParams("%q has no argument %q; valid are %s", want.Prompt+want.URITemplate, want.Argument, strings.Join(valid, ", "))
		case !ok && s.identity == nil:
			return next(ctx, method, request) // of the SDK server that we are mounted on
		case !ok:
			return nil, invalidParams("nothing to complete for %q", want.Prompt+want.URITemplate)
		}
		values, err := s.suggest(ctx, r, want, complete)
		if err != nil {
			return nil, wireError(err)
		}
		return suggestions(values), nil
	}
}

func invalidParams(format string, args ...any) error {
	return &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: fmt.Sprintf(format, args...)}
}

// suggest calls a completer; nil is one without suggestions.
func (s *Server) suggest(ctx context.Context, r *mcp.CompleteRequest, want Completion, complete completer) ([]string, error) {
	if complete == nil {
		return nil, nil
	}
	in := CompletionInput{Value: r.Params.Argument.Value}
	if r.Params.Context != nil {
		in.Arguments = r.Params.Context.Arguments
	}
	c := s.newCall("completion", want.Argument, "", r)
	return invoke(ctx, s, c, s.timeout, func(ctx context.Context, c *Call) ([]string, error) {
		return complete(ctx, c, in)
	})
}

// suggestions are values as the SDK has them.
func suggestions(values []string) *mcp.CompleteResult {
	shown := values[:min(len(values), maxSuggestions)]
	return &mcp.CompleteResult{Completion: mcp.CompletionResultDetails{
		Values:  append([]string{}, shown...),
		Total:   len(values),
		HasMore: len(values) > len(shown),
	}}
}
