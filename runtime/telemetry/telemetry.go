// Package telemetry gives servers the traces and metrics of OpenTelemetry, as its
// semantic conventions for the Model Context Protocol have them: a span for each
// request, that goes on from the one that the client sends, and the histogram
// mcp.server.operation.duration.
//
//	runtime.Main(runtime.Info{Name: "sales"}, Register, telemetry.Instrument)
//
// It knows the API of OpenTelemetry only. The program brings the SDK with its
// exporters, and makes them known with [otel.SetTracerProvider] and
// [otel.SetMeterProvider], before or after; until it does, requests pass through.
// Nothing of arguments and results is recorded. What a task does, in whatever process,
// has the trace of the request that created it.
package telemetry

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"

	"github.com/mcpgen/mcpgen/runtime"
)

// scope is the name of this instrumentation.
const scope = "github.com/mcpgen/mcpgen/runtime/telemetry"

// Options say where telemetry goes. The zero value means to the providers that are
// known globally.
type Options struct {
	TracerProvider trace.TracerProvider
	MeterProvider  metric.MeterProvider
}

// Instrument records what a server does with the global providers. Call it once,
// with the Register functions.
func Instrument(s *runtime.Server) { With(Options{})(s) }

// With is [Instrument] with options.
func With(o Options) func(*runtime.Server) {
	return func(s *runtime.Server) {
		r := &recorder{options: o}
		s.SDK().AddReceivingMiddleware(r.middleware)
		runtime.TaskContext(goOn)(s)
	}
}

// unset are the global providers of a program that has set none.
var unset = Options{otel.GetTracerProvider(), otel.GetMeterProvider()}

// recorder records the requests of one server.
type recorder struct {
	options Options
	made    atomic.Pointer[instruments]
}

// instruments are what records go to. They belong to the providers they are of.
type instruments struct {
	of       Options
	tracer   trace.Tracer
	duration metric.Float64Histogram
}

// instruments returns nil if there is nobody to record for.
func (r *recorder) instruments() *instruments {
	of := r.options
	if of.TracerProvider == nil {
		of.TracerProvider = otel.GetTracerProvider()
	}
	if of.MeterProvider == nil {
		of.MeterProvider = otel.GetMeterProvider()
	}
	if of == unset {
		return nil
	}
	if made := r.made.Load(); made != nil && made.of == of {
		return made
	}
	made := &instruments{of: of, tracer: of.TracerProvider.Tracer(scope)}
	var err error
	made.duration, err = of.MeterProvider.Meter(scope).Float64Histogram("mcp.server.operation.duration",
		metric.WithUnit("s"),
		metric.WithDescription("Duration of the request or notification as observed on the receiver from the time it was received until the result or ack is sent."),
		metric.WithExplicitBucketBoundaries(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300))
	if err != nil {
		otel.Handle(err)
	}
	r.made.Store(made)
	return made
}

// listen is the request that lasts as long as the client listens: as an operation
// it says nothing.
const listen = "subscriptions/listen"

func (r *recorder) middleware(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		in := r.instruments()
		if in == nil || method == listen {
			return next(ctx, method, request)
		}
		op := describe(method, request)
		began := time.Now()
		ctx, span := in.tracer.Start(parent(ctx, request), op.span(),
			trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(slices.Concat(op.common, op.detail)...), links(ctx, request))
		defer span.End()

		result, err := next(ctx, method, request)
		failure := failed(result, err)
		if span.IsRecording() && failure != "" {
			span.SetAttributes(attribute.String("error.type", failure))
			description := ""
			if err != nil {
				description = err.Error()
			}
			span.SetStatus(codes.Error, description)
		}
		if in.duration.Enabled(ctx) {
			in.duration.Record(ctx, time.Since(began).Seconds(), metric.WithAttributes(op.measured(failure, err)...))
		}
		return result, err
	}
}

// operation is a request in the words of the conventions.
type operation struct {
	method string
	target attribute.KeyValue   // the tool or prompt, if there is one
	common []attribute.KeyValue // of spans and metrics
	detail []attribute.KeyValue // of spans only: too many different values
}

func describe(method string, request mcp.Request) operation {
	op := operation{method: method, common: make([]attribute.KeyValue, 0, 8)}
	op.common = append(op.common, attribute.String("mcp.method.name", method))
	if extra := request.GetExtra(); extra != nil && extra.Header != nil {
		op.common = append(op.common, attribute.String("network.transport", "tcp"), attribute.String("network.protocol.name", "http"))
	} else {
		op.common = append(op.common, attribute.String("network.transport", "pipe"))
	}
	if session, ok := request.GetSession().(*mcp.ServerSession); ok && session != nil && session.ID() != "" {
		op.detail = append(op.detail, attribute.String("mcp.session.id", session.ID()))
	}
	if missing(request) {
		return op
	}
	if r, ok := request.(interface{ ProtocolVersion() string }); ok && r.ProtocolVersion() != "" {
		op.common = append(op.common, attribute.String("mcp.protocol.version", r.ProtocolVersion()))
	}
	switch r := request.(type) {
	case *mcp.CallToolRequest:
		op.target = attribute.String("gen_ai.tool.name", r.Params.Name)
		op.common = append(op.common, attribute.String("gen_ai.operation.name", "execute_tool"))
	case *mcp.GetPromptRequest:
		op.target = attribute.String("gen_ai.prompt.name", r.Params.Name)
	case *mcp.ReadResourceRequest:
		op.detail = append(op.detail, attribute.String("mcp.resource.uri", r.Params.URI))
	case *mcp.SubscribeRequest:
		op.detail = append(op.detail, attribute.String("mcp.resource.uri", r.Params.URI))
	case *mcp.UnsubscribeRequest:
		op.detail = append(op.detail, attribute.String("mcp.resource.uri", r.Params.URI))
	}
	if op.target.Valid() {
		op.detail = append(op.detail, op.target)
	}
	return op
}

// span is the name of the operation's span.
func (op operation) span() string {
	if op.target.Valid() {
		return op.method + " " + op.target.Value.AsString()
	}
	return op.method
}

// measured are the attributes of the operation's metric. The name of a tool is not
// among them if there was an error of the protocol: it may be any name that a
// client has thought of.
func (op operation) measured(failure string, err error) []attribute.KeyValue {
	all := op.common
	if op.target.Valid() && err == nil {
		all = append(all, op.target)
	}
	if failure != "" {
		all = append(all, attribute.String("error.type", failure))
	}
	return all
}

// failed is the error.type of an outcome, or "".
func failed(result mcp.Result, err error) string {
	var protocol *jsonrpc.Error
	switch {
	case errors.As(err, &protocol):
		return strconv.FormatInt(protocol.Code, 10)
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case err != nil:
		return "_OTHER"
	}
	if tool, ok := result.(*mcp.CallToolResult); ok && tool != nil && tool.IsError {
		return "tool_error"
	}
	return ""
}

// missing reports whether a request has no parameters, of which the SDK makes a nil
// pointer that it must not be asked for.
func missing(request mcp.Request) bool {
	params := request.GetParams()
	return params == nil || reflect.ValueOf(params).IsNil()
}
