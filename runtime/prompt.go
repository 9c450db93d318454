package runtime

import (
	"context"
	"maps"
	"slices"

	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Prompt declares a prompt: messages that a user can choose to begin with.
type Prompt struct {
	Name, Title, Description string
	// Icon is the URL of an image, or a data URI that holds one.
	Icon      string
	Arguments []PromptArgument
}

// PromptArgument tells clients what to ask their users for. All arguments of
// prompts are strings on the wire.
type PromptArgument struct {
	Name, Title, Description string
	Required                 bool
	// Values are what the argument can be, where they are known. Clients that ask get
	// those that fit what their user types.
	Values []string
}

// AddPrompt declares a prompt. Its arguments are decoded and checked before get is
// called; what is wrong with them is answered with the error -32602.
func AddPrompt[In any](s *Server, p Prompt, decode func(*codec.Decoder) In, get func(context.Context, *Call, In) (*PromptResult, error)) {
	prepare := preparation(codec.Options{}, decode, get)
	handler := func(ctx context.Context, request *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
		c := s.newCall("prompt", p.Name, "", request)
		invocation, err := prepare.run(c, p.Name, stringsObject(request.Params.Arguments))
		if err != nil {
			return nil, wireError(err)
		}
		result, err := invoke(ctx, s, c, s.timeout, invocation)
		if q, ok := err.(*inputRequired); ok {
			return &mcp.GetPromptResult{InputRequests: q.requests, RequestState: q.state}, nil
		}
		if err != nil {
			return nil, wireError(err)
		}
		return result.wire(p.Description), nil
	}
	s.add(registration{
		kind:        "prompt",
		name:        p.Name,
		completions: p.completions(),
		install:     func(server *mcp.Server) { server.AddPrompt(p.wire(), handler) },
		remove:      func(server *mcp.Server) { server.RemovePrompts(p.Name) },
	})
}

// wire is p as the SDK has it.
func (p Prompt) wire() *mcp.Prompt {
	out := &mcp.Prompt{Name: p.Name, Title: p.Title, Description: p.Description, Icons: icons(p.Icon)}
	for _, a := range p.Arguments {
		out.Arguments = append(out.Arguments, &mcp.PromptArgument{
			Name:        a.Name,
			Title:       a.Title,
			Description: a.Description,
			Required:    a.Required,
		})
	}
	return out
}

// stringsObject is a JSON object of strings, sorted so that problems are always
// told in the same order.
func stringsObject(values map[string]string) []byte {
	e := codec.NewEncoder()
	e.BeginObject()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		e.Name(name)
		e.String(values[name])
	}
	e.EndObject()
	return e.JSON()
}
