package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// A team that already has a server of the official SDK adds generated tools to it.
func ExampleMount() {
	ctx := context.Background()
	existing := mcp.NewServer(&mcp.Implementation{Name: "existing", Version: "v1.0.0"}, nil)

	mounted, err := runtime.Mount(ctx, existing, Register)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer mounted.Stop(ctx)

	client, server := mcp.NewInMemoryTransports()
	go existing.Run(ctx, server)
	session, err := mcp.NewClient(&mcp.Implementation{Name: "client"}, nil).Connect(ctx, client, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer session.Close()
	for tool, err := range session.Tools(ctx, nil) {
		fmt.Println(tool.Name, err)
	}
	// Output: greet <nil>
}

// Register is what mcpgen generates.
func Register(s *runtime.Server) { addTool(s, "greet", nothing) }

func toolNames(t *testing.T, session *mcp.ClientSession) (names []string) {
	t.Helper()
	for tool, err := range session.Tools(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, tool.Name)
	}
	return names
}

func TestMountAddsAndStopTakesBack(t *testing.T) {
	t.Parallel()
	existing := mcp.NewServer(&mcp.Implementation{Name: "existing", Version: "v1"}, nil)
	existing.AddTool(&mcp.Tool{Name: "old", InputSchema: map[string]any{"type": "object"}}, nil)
	session := connect(t, existing, "")

	p := newSales()
	mounted, err := runtime.Mount(t.Context(), existing, p.Register)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := toolNames(t, session), []string{"analyze", "old"}; !slices.Equal(got, want) {
		t.Errorf("tools = %q, want %q", got, want)
	}
	if got := session.InitializeResult().ServerInfo.Name; got != "existing" {
		t.Errorf("the server is called %q now", got)
	}
	if err := mounted.Stop(t.Context()); err != nil {
		t.Errorf("Stop: %v", err)
	}
	if got, want := toolNames(t, session), []string{"old"}; !slices.Equal(got, want) {
		t.Errorf("tools after the stop = %q, want %q", got, want)
	}
	if got, want := p.db.events(), []string{"open", "close"}; !slices.Equal(got, want) {
		t.Errorf("events = %q, want %q", got, want)
	}
}

func TestMountAddsNothingIfItFails(t *testing.T) {
	t.Parallel()
	existing := mcp.NewServer(&mcp.Implementation{Name: "existing", Version: "v1"}, nil)
	session := connect(t, existing, "")
	failing := &sales{openErr: errors.New("no such file")}
	for name, register := range map[string]func(*runtime.Server){
		"example.com/sales.OpenDB: no such file": failing.Register,
		"registering: panic: oops":               func(*runtime.Server) { panic("oops") },
	} {
		if _, err := runtime.Mount(t.Context(), existing, Register, register); err == nil || err.Error() != name {
			t.Errorf("error = %v, want %q", err, name)
		}
	}
	if got := toolNames(t, session); len(got) > 0 {
		t.Errorf("tools = %q, want none", got)
	}
}
