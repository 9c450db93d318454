package telemetry

import (
	"context"
	"net/http"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
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

// What the client says in _meta goes before what its HTTP header says, and that
// only counts where no HTTP instrumentation has read it.
func TestParent(t *testing.T) {
	t.Parallel()
	const meta, header, ambient = "4bf92f3577b34da6a3ce929d0e0e4736", "11111111111111111111111111111111", "22222222222222222222222222222222"
	traceparent := func(id string) string { return "00-" + id + "-00f067aa0ba902b7-01" }
	for _, row := range []struct {
		name                  string
		meta, header, ambient string
		want                  string
		links                 int
	}{
		{"nothing", "", "", "", "00000000000000000000000000000000", 0},
		{"meta", meta, "", "", meta, 0},
		{"header", "", header, "", header, 0},
		{"both", meta, header, "", meta, 0},
		{"ambient", "", header, ambient, ambient, 0},
		{"all", meta, header, ambient, meta, 1},
	} {
		request := &mcp.CallToolRequest{
			Params: &mcp.CallToolParamsRaw{Name: "work"},
			Extra:  &mcp.RequestExtra{Header: http.Header{}},
		}
		if row.meta != "" {
			request.Params.Meta = mcp.Meta{"traceparent": traceparent(row.meta)}
		}
		if row.header != "" {
			request.Extra.Header.Set("traceparent", traceparent(row.header))
		}
		ctx := context.Background()
		if row.ambient != "" {
			ctx = w3c.Extract(ctx, propagation.MapCarrier{"traceparent": traceparent(row.ambient)})
		}
		if got := trace.SpanContextFromContext(parent(ctx, request)).TraceID().String(); got != row.want {
			t.Errorf("%s: the trace is %s, want %s", row.name, got, row.want)
		}
		config := trace.NewSpanStartConfig(links(ctx, request))
		if got := len(config.Links()); got != row.links {
			t.Errorf("%s: %d links, want %d", row.name, got, row.links)
		}
	}
}
