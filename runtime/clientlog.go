//lint:file-ignore SA1019 logging is deprecated since 2026-07-28, and what earlier clients have

package runtime

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"reflect"
	"sync"
	"time"

	"github.com/mcpgen/mcpgen/runtime/internal/wait"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// ClientLogger is a logger whose records go to the client that is waiting for the
// call, as notifications/message. Functions take one as a parameter; in tests,
// ClientLogger{slog.Default()} will do. What operators are to know is for the
// *slog.Logger, which clients never see.
//
// A client gets what it asks for: with logging/setLevel, or with the logLevel in
// the _meta of a request from 2026-07-28 on, and nothing before it has asked. A
// record without attributes is sent as its message, one with attributes as an
// object that has the message as "msg". The logger's name is that of the tool,
// prompt or resource. Levels between those of package slog are notice (2), critical
// (12), alert (16) and emergency (20).
//
// All messages come before the answer. A client that is slow to take them delays
// the call by a second at most in all; what it has not taken then is lost.
type ClientLogger struct{ *slog.Logger }

// ClientLogger returns the logger of this call. It is for generated code, which
// also advertises [ClientLogging]; without that it logs nothing.
func (c *Call) ClientLogger() ClientLogger {
	if !c.server.has(ClientLogging) || c.Session() == nil {
		return ClientLogger{slog.New(slog.DiscardHandler)}
	}
	return ClientLogger{slog.New(&clientHandler{call: c})}
}

// How many messages may wait for the client, and for how long they delay a call.
const (
	clientLogQueue = 64
	clientLogGrace = time.Second
)

// clientLog carries the messages of one call to its client.
type clientLog struct {
	mu       sync.Mutex
	ctx      context.Context // of the request: it tells the SDK to which one a message belongs
	open     bool
	queue    chan *mcp.LoggingMessageParams // made when first needed
	written  chan struct{}                  // closed when the queue has been
	patience time.Duration                  // that is left
	lost     int
}

// start lets messages through.
func (l *clientLog) start(ctx context.Context) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ctx, l.open, l.patience = ctx, true, clientLogGrace
}

// send queues a message of the call c.
func (l *clientLog) send(c *Call, message *mcp.LoggingMessageParams) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.open {
		return
	}
	if l.queue == nil {
		l.queue, l.written = make(chan *mcp.LoggingMessageParams, clientLogQueue), make(chan struct{})
		go l.write(c.Session())
	}
	select {
	case l.queue <- message:
		return
	default:
	}
	began := time.Now()
	timer := time.NewTimer(l.patience)
	defer timer.Stop()
	select {
	case l.queue <- message:
	case <-timer.C:
		l.lost++
	}
	l.patience = max(0, l.patience-time.Since(began))
}

// write is the goroutine that may have to wait for the client.
func (l *clientLog) write(session *mcp.ServerSession) {
	defer close(l.written)
	ctx := context.WithoutCancel(l.ctx) // a call that timed out has said why before
	for message := range l.queue {
		_ = session.Log(ctx, message) // fails if the client is gone: nobody misses it
	}
}

// stop lets no more messages through, and waits for those that are on their way.
func (l *clientLog) stop(c *Call) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open = false
	if l.queue == nil {
		return
	}
	close(l.queue)
	if !wait.For(l.written, l.patience) || l.lost > 0 {
		c.Logger().Debug("the client was too slow for the log messages to it", "lost", l.lost+len(l.queue))
	}
}

// clientHandler is the handler behind a [ClientLogger]. More attributes and groups
// are kept as functions, for a handler that is made when there is a record: most
// calls log nothing.
type clientHandler struct {
	call *Call
	with []func(slog.Handler) slog.Handler
}

func (h *clientHandler) Enabled(_ context.Context, level slog.Level) bool {
	log := &h.call.clientLog
	log.mu.Lock()
	ctx, open := log.ctx, log.open
	log.mu.Unlock()
	if !open {
		return false
	}
	return mcp.NewLoggingHandler(h.call.Session(), nil).Enabled(ctx, level)
}

func (h *clientHandler) Handle(ctx context.Context, r slog.Record) error {
	data, err := h.data(ctx, r)
	if err != nil {
		return err
	}
	h.call.clientLog.send(h.call, &mcp.LoggingMessageParams{
		Level: clientLevel(r.Level), Logger: h.call.name, Data: data,
	})
	return nil
}

// data is a record as JSON.
func (h *clientHandler) data(ctx context.Context, r slog.Record) (json.RawMessage, error) {
	if len(h.with) == 0 && r.NumAttrs() == 0 {
		return json.Marshal(r.Message)
	}
	var out bytes.Buffer
	var handler slog.Handler = slog.NewJSONHandler(&out, &slog.HandlerOptions{
		Level: slog.Level(-1 << 31),
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			if _, ok := a.Value.Any().(slog.Level); ok && len(groups) == 0 && a.Key == slog.LevelKey {
				return slog.Attr{} // the message has it
			}
			return a
		},
	})
	for _, add := range h.with {
		handler = add(handler)
	}
	r.Time = time.Time{} // clients know when a message arrives
	err := handler.Handle(ctx, r)
	return out.Bytes(), err
}

func (h *clientHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return h.and(func(inner slog.Handler) slog.Handler { return inner.WithAttrs(attrs) })
}

func (h *clientHandler) WithGroup(name string) slog.Handler {
	return h.and(func(inner slog.Handler) slog.Handler { return inner.WithGroup(name) })
}

func (h *clientHandler) and(add func(slog.Handler) slog.Handler) slog.Handler {
	return &clientHandler{h.call, append(h.with[:len(h.with):len(h.with)], add)}
}

// clientLevels are the levels of the protocol, from the highest.
var clientLevels = []struct {
	from slog.Level
	name mcp.LoggingLevel
}{
	{20, "emergency"}, {16, "alert"}, {12, "critical"},
	{slog.LevelError, "error"}, {slog.LevelWarn, "warning"}, {2, "notice"}, {slog.LevelInfo, "info"},
}

func clientLevel(level slog.Level) mcp.LoggingLevel {
	for _, l := range clientLevels {
		if level >= l.from {
			return l.name
		}
	}
	return "debug"
}

// levels is the middleware that refuses levels that the protocol does not have,
// as the specification wants it.
func (s *Server) levels(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		if !s.has(ClientLogging) {
			return next(ctx, method, request)
		}
		var level any
		if set, ok := request.(*mcp.ServerRequest[*mcp.SetLoggingLevelParams]); ok && set.Params != nil {
			level = string(set.Params.Level)
		} else {
			level = metaOf(request)[mcp.MetaKeyLogLevel]
		}
		if level != nil && !known(level) {
			return nil, invalidParams("unknown log level %q", level)
		}
		return next(ctx, method, request)
	}
}

func known(level any) bool {
	for _, l := range clientLevels {
		if level == string(l.name) {
			return true
		}
	}
	return level == "debug"
}

// metaOf is the _meta of a request, also of one without parameters, of which the
// SDK makes a nil pointer that it must not be asked for.
func metaOf(request mcp.Request) map[string]any {
	params := request.GetParams()
	if params == nil || reflect.ValueOf(params).IsNil() {
		return nil
	}
	return params.GetMeta()
}
