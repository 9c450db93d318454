package httpx

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"
)

// Gate decides by the Host and Origin headers whether a request may come in. Both
// are about web pages that use the browser of somebody who can reach the server:
// one that has its own name point to the server's address (DNS rebinding), and one
// that just sends requests to it.
type Gate struct {
	Hosts   []string // names of the server, without ports; "*" for any
	Origins []string // of pages that may call, such as "https://app.example.com"
}

// CheckHost refuses a request that names the server in a way that it is not known
// by. An attacker's page can only use a name, and its own at that, so addresses are
// fine; but a connection over the loopback has to name the loopback.
func (g *Gate) CheckHost(r *http.Request) *Refusal {
	name := hostName(r.Host)
	if g.knows(name) || isLoopback(name) {
		return nil
	}
	if _, err := netip.ParseAddr(name); err == nil && !arrivedByLoopback(r) {
		return nil
	}
	return &Refusal{Status: http.StatusForbidden, Message: fmt.Sprintf(
		"this server is not known as %.100q; if it should be, start it with -allow-host", name)}
}

func (g *Gate) knows(name string) bool {
	return slices.ContainsFunc(g.Hosts, func(host string) bool { return host == "*" || strings.EqualFold(host, name) })
}

// CheckOrigin refuses a request that a browser sends for a page of another origin,
// unless that is one of Origins.
func (g *Gate) CheckOrigin(r *http.Request) *Refusal {
	origins := r.Header.Values("Origin")
	switch {
	case len(origins) == 0:
		if site := r.Header.Get("Sec-Fetch-Site"); site == "" || site == "same-origin" || site == "none" {
			return nil
		}
	case len(origins) == 1 && (g.Allows(origins[0]) || sameHost(origins[0], r.Host)):
		return nil
	}
	return &Refusal{Status: http.StatusForbidden, Message: fmt.Sprintf(
		"pages of %.100q may not call this server; if they should, start it with -allow-origin", strings.Join(origins, ", "))}
}

// Allows reports whether pages of another origin may call.
func (g *Gate) Allows(origin string) bool {
	return origin != "" && slices.ContainsFunc(g.Origins, func(o string) bool { return strings.EqualFold(o, origin) })
}

// sameHost reports whether origin is that of a page which came from host.
func sameHost(origin, host string) bool {
	u, err := url.Parse(origin)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Path == "" && strings.EqualFold(u.Host, host)
}

// hostName is a Host header without its port, and without the brackets of IPv6.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
}

// isLoopback reports whether name always means the machine that uses it.
func isLoopback(name string) bool {
	addr, err := netip.ParseAddr(name)
	return err == nil && addr.Unmap().IsLoopback() || strings.EqualFold(name, "localhost")
}

// arrivedByLoopback reports whether a request came over the loopback, which is also
// assumed if nobody knows.
func arrivedByLoopback(r *http.Request) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	return !ok || isLoopback(hostName(local.String()))
}

// IsLoopbackAddr reports whether only the machine itself reaches what listens at
// addr, which is host:port. A name other than localhost may be anything.
func IsLoopbackAddr(addr string) bool { return isLoopback(hostName(addr)) }

// Hostname is the name of the machine, "" if it has none.
func Hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return ""
	}
	return name
}
