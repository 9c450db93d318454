package runtime

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Path is where [Server.ListenAndServe] serves the protocol.
const Path = "/mcp"

// Limits of HTTP, so that a client that is slow, large or gone costs little.
const (
	headerTimeout  = 5 * time.Second  // to send the header of a request
	bodyTimeout    = 15 * time.Second // to send its body
	idleTimeout    = time.Minute      // of a connection between two requests
	sessionTimeout = 30 * time.Minute // of a legacy session without requests
	maxHeader      = 32 << 10         // bytes
	maxBody        = 4 << 20          // bytes
	httpGrace      = 5 * time.Second  // for requests that are running when the server stops
)

// Handler returns the endpoint of the protocol for a program's own HTTP server:
// one URL for all versions of the protocol. Start the server before, and stop it
// after the HTTP server has stopped.
//
// Refused are requests that a browser sends for a page of another origin and, on a
// loopback address, those whose Host header names something else: that is how web
// pages attack local servers. Who may call is for the program to decide: see RequireBearerToken of
// the SDK's auth package, and [Call.Token].
func (s *Server) Handler() http.Handler {
	return http.NewCrossOriginProtection().Handler(newEras(s.sdk))
}

// ListenAndServe serves HTTP at addr, which is host:port, until ctx ends. Without
// a host, as in ":8080", that is 127.0.0.1: to be reached from other machines a
// server has to say so, as in "0.0.0.0:8080". It starts the server, and stops it
// before it returns. Then requests that are running have five seconds.
func (s *Server) ListenAndServe(ctx context.Context, addr string) error {
	return s.listenAndServe(ctx, addr, func(url string) { s.log.Info("listening", "url", url) })
}

// listenAndServe is ListenAndServe, calling listening as soon as clients can
// connect.
func (s *Server) listenAndServe(ctx context.Context, addr string, listening func(url string)) error {
	addr, err := loopback(addr)
	if err != nil {
		return err
	}
	if err := s.Start(ctx); err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return errors.Join(err, s.Stop(overdue()))
	}
	listening("http://" + listener.Addr().String() + Path)
	err = s.serveListener(ctx, listener)
	return errors.Join(err, s.Stop(overdue()))
}

// loopback fills in the host that is missing.
func loopback(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", err
	}
	if host == "" {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), nil
}

// serveListener serves until ctx ends.
func (s *Server) serveListener(ctx context.Context, listener net.Listener) error {
	running := new(posts)
	mux := http.NewServeMux()
	mux.Handle(Path, running.count(s.Handler()))
	server := &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
		BaseContext:       func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return s.shutDown(server, running)
	}
}

// shutDown stops accepting requests, lets those that are running be answered, and
// then ends the streams that would go on for ever. The SDK drops answers when it
// closes a session, so the sessions come last.
func (s *Server) shutDown(server *http.Server, running *posts) error {
	ctx, cancel := context.WithCancel(context.Background())
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		server.Shutdown(ctx)
	}()

	answered := running.close()
	if !waitFor(answered, httpGrace) {
		s.abort()
		waitFor(answered, unwindGrace)
	}
	for session := range s.sdk.Sessions() {
		go session.Close() // it waits for calls, also for those that ignore their context
	}
	waitFor(closed, sessionGrace)
	cancel()
	<-closed
	return server.Close()
}

// posts counts the requests that are to be answered, in contrast to streams.
type posts struct{ gate }

func (p *posts) count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.Header.Get("Mcp-Method") == listenMethod {
			next.ServeHTTP(w, r)
			return
		}
		if !p.enter() {
			http.Error(w, errStopped.Error(), http.StatusServiceUnavailable)
			return
		}
		defer p.leave()
		next.ServeHTTP(w, r)
	})
}
