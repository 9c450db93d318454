package telemetry

import (
	"context"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/mcpgen/mcpgen/runtime"
)

// w3c reads what the specification of the protocol lets clients send in _meta:
// traceparent, tracestate and baggage.
var w3c = propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{})

// parent is ctx with the client's trace context and baggage: those in the _meta of
// the request, or else those in its HTTP header. A span that is in ctx already,
// such as that of an HTTP server, is the parent if the client says nothing.
func parent(ctx context.Context, request mcp.Request) context.Context {
	sent := w3c.Extract(ctx, metaOf(request))
	if remote(sent, ctx) || trace.SpanContextFromContext(ctx).IsValid() {
		return sent
	}
	if extra := request.GetExtra(); extra != nil && extra.Header != nil {
		return w3c.Extract(sent, propagation.HeaderCarrier(extra.Header))
	}
	return sent
}

// links connects the span of the HTTP server, if there is one, to that of the
// request, whose parent is in the client.
func links(ctx context.Context, request mcp.Request) trace.SpanStartOption {
	ambient := trace.SpanContextFromContext(ctx)
	if !ambient.IsValid() || !remote(w3c.Extract(ctx, metaOf(request)), ctx) {
		return trace.WithLinks()
	}
	return trace.WithLinks(trace.Link{SpanContext: ambient})
}

// remote reports whether extracting has put another span into the context.
func remote(extracted, ctx context.Context) bool {
	return !trace.SpanContextFromContext(extracted).Equal(trace.SpanContextFromContext(ctx))
}

// goOn is ctx with the trace context and baggage that a task has kept of the request
// that created it.
func goOn(ctx context.Context, call *runtime.Call) context.Context {
	sent := w3c.Extract(ctx, meta(call.Meta()))
	if remote(sent, ctx) {
		return sent
	}
	return w3c.Extract(sent, propagation.HeaderCarrier(call.Header()))
}

// meta is the _meta of a request as a carrier.
type meta map[string]any

var _ propagation.TextMapCarrier = meta{}

// metaOf is the _meta of a request, which may have none.
func metaOf(request mcp.Request) meta {
	if missing(request) {
		return nil
	}
	return meta(request.GetParams().GetMeta())
}

// Get implements [propagation.TextMapCarrier].
func (m meta) Get(key string) string {
	value, _ := m[key].(string)
	return value
}

// Set implements [propagation.TextMapCarrier]. Nothing is sent here.
func (m meta) Set(string, string) {}

// Keys implements [propagation.TextMapCarrier].
func (m meta) Keys() []string { return w3c.Fields() }
