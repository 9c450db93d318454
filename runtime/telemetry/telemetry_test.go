package telemetry_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	metricnoop "go.opentelemetry.io/otel/metric/noop"
	"go.opentelemetry.io/otel/trace"
	tracenoop "go.opentelemetry.io/otel/trace/noop"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/telemetry"
)

// recorded is what a server has recorded, a line each.
type recorded struct {
	mu    sync.Mutex
	lines []string
}

func (r *recorded) add(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lines = append(r.lines, fmt.Sprintf(format, args...))
}

// take returns the lines that begin with prefix.
func (r *recorded) take(prefix string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(r.lines), func(line string) bool { return !strings.HasPrefix(line, prefix) })
}

func attributes(all []attribute.KeyValue) string {
	set := attribute.NewSet(all...)
	return set.Encoded(attribute.DefaultEncoder())
}

type tracers struct {
	tracenoop.TracerProvider
	*recorded
}

func (t tracers) Tracer(string, ...trace.TracerOption) trace.Tracer {
	return tracer{recorded: t.recorded}
}

type tracer struct {
	tracenoop.Tracer
	*recorded
}

func (t tracer) Start(ctx context.Context, name string, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	config := trace.NewSpanStartConfig(options...)
	s := &span{recorded: t.recorded, name: name, all: config.Attributes(), status: "unset"}
	s.parent = trace.SpanContextFromContext(ctx).TraceID().String()
	return trace.ContextWithSpan(ctx, s), s
}

type span struct {
	tracenoop.Span
	*recorded
	name, parent, status string
	all                  []attribute.KeyValue
}

func (s *span) IsRecording() bool                         { return true }
func (s *span) SetAttributes(more ...attribute.KeyValue)  { s.all = append(s.all, more...) }
func (s *span) SetStatus(code codes.Code, message string) { s.status = code.String() + " " + message }
func (s *span) End(...trace.SpanEndOption) {
	s.add("span %s, parent %s, status %s: %s", s.name, s.parent[:4], s.status, attributes(s.all))
}

type meters struct {
	metricnoop.MeterProvider
	*recorded
}

func (m meters) Meter(string, ...metric.MeterOption) metric.Meter { return meter{recorded: m.recorded} }

type meter struct {
	metricnoop.Meter
	*recorded
}

func (m meter) Float64Histogram(name string, _ ...metric.Float64HistogramOption) (metric.Float64Histogram, error) {
	return histogram{recorded: m.recorded, name: name}, nil
}

type histogram struct {
	metricnoop.Float64Histogram
	*recorded
	name string
}

func (h histogram) Enabled(context.Context) bool { return true }
func (h histogram) Record(_ context.Context, _ float64, options ...metric.RecordOption) {
	set := metric.NewRecordConfig(options).Attributes()
	h.add("metric %s: %s", h.name, set.Encoded(attribute.DefaultEncoder()))
}

// register declares a tool that fails if it is told to, and tells the baggage.
func register(s *runtime.Server) {
	runtime.AddTool(s, runtime.Tool{Name: "work", InputSchema: `{"type":"object"}`}, runtime.NoArguments,
		func(ctx context.Context, _ *runtime.Call, _ struct{}) (*runtime.Result, error) {
			if baggage.FromContext(ctx).Member("fail").Value() == "yes" {
				return nil, errors.New("it failed")
			}
			return runtime.TextResult(trace.SpanContextFromContext(ctx).TraceID().String()), nil
		})
}

func connect(tb testing.TB, version string, options ...func(*runtime.Server)) *mcp.ClientSession {
	tb.Helper()
	s := runtime.NewServer(runtime.Info{}, runtime.WithLogger(slog.New(slog.DiscardHandler)))
	for _, o := range append(options, register) {
		o(s)
	}
	if err := s.Start(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	ours, its := mcp.NewInMemoryTransports()
	if _, err := s.SDK().Connect(context.Background(), its, nil); err != nil {
		tb.Fatal(err)
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, nil)
	session, err := client.Connect(context.Background(), ours, &mcp.ClientSessionOptions{ProtocolVersion: version})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { session.Close() })
	return session
}

func TestSpansAndMetrics(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"2025-11-25", "2026-07-28"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			all := new(recorded)
			session := connect(t, version, telemetry.With(telemetry.Options{
				TracerProvider: tracers{recorded: all}, MeterProvider: meters{recorded: all},
			}))
			for _, meta := range []mcp.Meta{
				nil,
				{"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "baggage": "fail=yes"},
			} {
				if _, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "work", Meta: meta}); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "none"}); err == nil {
				t.Error("a tool that is not there can be called")
			}
			common := "mcp.method.name=tools/call,mcp.protocol.version=" + version + ",network.transport=pipe"
			for prefix, want := range map[string][]string{
				"span tools/call": {
					"span tools/call work, parent 0000, status unset: gen_ai.operation.name=execute_tool,gen_ai.tool.name=work," + common,
					"span tools/call work, parent 4bf9, status Error : error.type=tool_error,gen_ai.operation.name=execute_tool,gen_ai.tool.name=work," + common,
					`span tools/call none, parent 0000, status Error unknown tool "none": error.type=-32602,gen_ai.operation.name=execute_tool,gen_ai.tool.name=none,` + common,
				},
				"metric mcp.server.operation.duration: error.type": {
					"metric mcp.server.operation.duration: error.type=tool_error,gen_ai.operation.name=execute_tool,gen_ai.tool.name=work," + common,
					"metric mcp.server.operation.duration: error.type=-32602,gen_ai.operation.name=execute_tool," + common,
				},
			} {
				if got := all.take(prefix); !slices.Equal(got, want) {
					t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
			}
		})
	}
}

// TestTasksHaveTheTrace has a task run apart from the request that created it.
func TestTasksHaveTheTrace(t *testing.T) {
	t.Parallel()
	found := make(chan string, 1)
	session := connect(t, "2026-07-28", telemetry.Instrument, runtime.WithTasks(nil, task.Options{Grace: -1}), func(s *runtime.Server) {
		runtime.AddTool(s, runtime.Tool{Name: "task", InputSchema: `{"type":"object"}`, Task: runtime.TaskOptional}, runtime.NoArguments,
			func(ctx context.Context, _ *runtime.Call, _ struct{}) (*runtime.Result, error) {
				found <- trace.SpanContextFromContext(ctx).TraceID().String() + " " + baggage.FromContext(ctx).Member("user").Value()
				return runtime.EmptyResult(), nil
			})
	})
	meta := mcp.Meta{
		"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "baggage": "user=ada",
		mcp.MetaKeyClientCapabilities: map[string]any{"extensions": map[string]any{"io.modelcontextprotocol/tasks": struct{}{}}},
	}
	if _, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "task", Meta: meta}); err != nil {
		t.Fatal(err)
	}
	if got, want := <-found, "4bf92f3577b34da6a3ce929d0e0e4736 ada"; got != want {
		t.Errorf("the function has %s, want %s", got, want)
	}
}

// Without providers a request costs two comparisons more, and allocates nothing.
func BenchmarkCall(b *testing.B) {
	for name, options := range map[string][]func(*runtime.Server){
		"bare":         nil,
		"instrumented": {telemetry.Instrument},
		"noop":         {telemetry.With(telemetry.Options{TracerProvider: tracenoop.NewTracerProvider(), MeterProvider: metricnoop.NewMeterProvider()})},
	} {
		b.Run(name, func(b *testing.B) {
			session := connect(b, "2025-11-25", options...)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := session.CallTool(b.Context(), &mcp.CallToolParams{Name: "work"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
