package runtime

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/mcpgen/mcpgen/runtime/internal/httpx"
	"github.com/mcpgen/mcpgen/runtime/internal/wait"
)

// httpGrace is for requests that are running when the server stops.
const httpGrace = 5 * time.Second

// service is a server of the protocol as an HTTP server.
type service struct {
	server      *Server
	front       *front
	certificate *httpx.Certificate // nil without TLS
}

// newService returns the service of a server for which everything is registered.
func newService(s *Server) (*service, error) {
	front, err := newFront(s)
	if err != nil {
		return nil, err
	}
	service := &service{server: s, front: front}
	if s.http.CertFile == "" && s.http.KeyFile == "" {
		return service, nil
	}
	service.certificate, err = httpx.LoadCertificate(s.http.CertFile, s.http.KeyFile, s.log)
	if err != nil {
		return nil, fmt.Errorf("TLS: %w", err)
	}
	return service, nil
}

func (v *service) scheme() string {
	if v.certificate == nil {
		return "http"
	}
	return "https"
}

// handler routes requests. A client that does not read an answer is given up also
// where the front has no say.
func (v *service) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(Path, v.front)
	if v.front.guard != nil {
		mux.Handle(metadataPath, v.front)
		mux.Handle(metadataPath+"/", v.front)
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { status(w, nil) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { status(w, v.ready(r.Context())) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		control := http.NewResponseController(w)
		stall := v.front.limits.WriteStall
		control.SetWriteDeadline(time.Now().Add(stall))
		defer func() { control.SetWriteDeadline(time.Now().Add(stall)) }()
		mux.ServeHTTP(w, r)
	})
}

// status answers a probe.
func status(w http.ResponseWriter, err error) {
	w.Header().Set("Cache-Control", "no-store")
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	w.Write([]byte("ok\n"))
}

// ready reports why requests should go elsewhere.
func (v *service) ready(ctx context.Context) error {
	if v.server.parting.Err() != nil {
		return errStopped
	}
	if g := v.front.guard; g != nil && g.Ready != nil {
		if err := g.Ready(ctx); err != nil {
			v.server.log.WarnContext(ctx, "not ready: tokens cannot be checked", "error", err)
			return errors.New("tokens cannot be checked")
		}
	}
	return nil
}

// serve serves until ctx ends.
func (v *service) serve(ctx context.Context, listener net.Listener) error {
	limits := v.front.limits
	server := &http.Server{
		Handler:           v.handler(),
		ReadHeaderTimeout: limits.HeaderTimeout,
		IdleTimeout:       limits.IdleTimeout,
		MaxHeaderBytes:    limits.HeaderBytes,
		ErrorLog:          slog.NewLogLogger(v.server.log.Handler(), slog.LevelWarn),
		BaseContext:       func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	failed := make(chan error, 1)
	go func() { failed <- v.accept(server, listener) }()

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return v.shutDown(server)
	}
}

func (v *service) accept(server *http.Server, listener net.Listener) error {
	if v.certificate == nil {
		return server.Serve(listener)
	}
	server.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: v.certificate.Get}
	return server.ServeTLS(listener, "", "")
}

// shutDown stops accepting requests, ends the streams that would go on for ever,
// and lets calls that are running be answered. The SDK drops answers when it closes
// a session, so the sessions come last.
func (v *service) shutDown(server *http.Server) error {
	ctx, cancel := context.WithCancel(context.Background())
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		server.Shutdown(ctx)
	}()
	v.server.part()

	answered := v.front.running.close()
	if !wait.For(answered, httpGrace) {
		v.server.abort()
		wait.For(answered, unwindGrace)
	}
	for session := range v.server.sdk.Sessions() {
		go session.Close() // it waits for calls, also for those that ignore their context
	}
	wait.For(closed, sessionGrace)
	cancel()
	<-closed
	return server.Close()
}
