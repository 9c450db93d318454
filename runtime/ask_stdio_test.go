package runtime

import (
	"context"
	"io"
	"log/slog"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// name is what a person fills in.
type name struct{ Name string }

const nameForm = `{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}`

func decodeName(d *codec.Decoder) (v name) {
	for member := range d.Object(codec.Members{{Name: "name", Required: true}}) {
		if member == "name" {
			v.Name = codec.String[string](d)
		}
	}
	return v
}

func TestAskOverStdio(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"2025-06-18", "2025-11-25", "2026-07-28"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)))
			AddTool(s, Tool{Name: "greet", Description: "Greets.", InputSchema: `{"type":"object"}`}, NoArguments,
				func(ctx context.Context, c *Call, _ struct{}) (*Result, error) {
					answer, err := NewAsk(c, "ask", nameForm, decodeName)(ctx, "Who are you?")
					return TextResult("Hello " + answer.Name), err
				})
			itsIn, ourOut := io.Pipe()
			ourIn, itsOut := io.Pipe()
			served := make(chan error, 1)
			go func() { served <- s.serveStream(t.Context(), itsIn, itsOut) }()

			client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, &mcp.ClientOptions{
				ElicitationHandler: func(context.Context, *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
					return &mcp.ElicitResult{Action: "accept", Content: map[string]any{"name": "Ada"}}, nil
				},
			})
			session, err := client.Connect(t.Context(), &mcp.IOTransport{Reader: ourIn, Writer: ourOut},
				&mcp.ClientSessionOptions{ProtocolVersion: version})
			if err != nil {
				t.Fatal(err)
			}
			result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "greet"})
			if err != nil {
				t.Fatal(err)
			}
			if got, want := result.Content[0].(*mcp.TextContent).Text, "Hello Ada"; got != want {
				t.Errorf("text = %q, want %q", got, want)
			}
			ourOut.Close()
			if err := <-served; err != nil {
				t.Errorf("serving ended with %v", err)
			}
		})
	}
}
