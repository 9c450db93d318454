package telemetry

import (
	"context"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func passThrough(context.Context, string, mcp.Request) (mcp.Result, error) { return nil, nil }

func TestNothingIsAllocatedWithoutProviders(t *testing.T) {
	handler := new(recorder).middleware(passThrough)
	request := &mcp.CallToolRequest{Params: &mcp.CallToolParamsRaw{Name: "work"}}
	if n := testing.AllocsPerRun(100, func() { handler(context.Background(), "tools/call", request) }); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}

func BenchmarkWithoutProviders(b *testing.B) {
	handler := new(recorder).middleware(passThrough)
	request := &mcp.CallToolRequest{Params: &mcp.CallToolParamsRaw{Name: "work"}}
	b.ReportAllocs()
	for b.Loop() {
		handler(b.Context(), "tools/call", request)
	}
}
