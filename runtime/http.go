package runtime

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/mcpgen/mcpgen/runtime/internal/httpx"
)

// Path is where [Server.ListenAndServe] serves the protocol.
const Path = "/mcp"

// Handler returns the endpoint of the protocol for a program's own HTTP server:
// one URL for all versions of the protocol. Start the server before, and stop it
// after the HTTP server has stopped. Everything has to be registered and configured
// when Handler is called; a server whose [Auth] is wrong refuses everything.
//
// Refused are requests that a browser sends for a page of another origin and, if
// callers are not authenticated, those whose Host header is a name that the server
// does not know: that is how web pages attack servers that only their visitors can
// reach. See [HTTP] for what is allowed beyond that, and for limits of time, size
// and number; those of a connection are for the program's own server to set.
//
// With [Server.Authenticate], the handler also has to get the requests for paths
// that begin with "/.well-known/oauth-protected-resource".
func (s *Server) Handler() http.Handler {
	f, err := newFront(s)
	if err != nil {
		s.log.Error("refusing all requests", "error", err)
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			(&httpx.Refusal{Status: http.StatusInternalServerError, Code: httpx.CodeInternal, Message: internalText}).Write(w)
		})
	}
	return f
}

// ListenAndServe serves HTTP at addr, which is host:port, until ctx ends. Without
// a host, as in ":8080", that is 127.0.0.1: to be reached from other machines a
// server has to say so, as in "0.0.0.0:8080", and then it has to authenticate its
// callers or to say that it does not. It starts the server, and stops it before it
// returns. Then requests that are running have five seconds.
//
// The protocol is served at [Path]. At /healthz it tells whether the process is
// alive, at /readyz whether it should get requests.
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
	if err := s.mayListen(addr); err != nil {
		return err
	}
	service, err := newService(s)
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
	listening(service.scheme() + "://" + listener.Addr().String() + Path)
	err = service.serve(ctx, listener)
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

// mayListen refuses to let everybody call who can reach the machine, unless that is
// said to be wanted.
func (s *Server) mayListen(addr string) error {
	if s.auth != nil {
		return nil
	}
	if !httpx.IsLoopbackAddr(addr) && !s.http.InsecureNoAuth {
		return fmt.Errorf("whoever reaches %s could call every tool: authenticate callers (runtime.Server.Authenticate), "+
			"listen on 127.0.0.1, or allow it with -insecure-no-auth", addr)
	}
	for _, r := range s.registrations {
		if r.tool != nil && len(r.tool.Scopes) > 0 {
			s.log.Warn("scopes are not checked, since callers are not authenticated", "tool", r.name)
		}
	}
	return nil
}
