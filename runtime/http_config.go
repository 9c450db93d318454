package runtime

import (
	"cmp"
	"time"
)

// HTTP says how a server is served over HTTP. Its zero value is right for a server
// on the machine of its user; flags of [Main] fill it too.
type HTTP struct {
	// Hosts are the names, without ports, by which clients may address the server
	// beside localhost, addresses and the name of the machine; "*" stands for any.
	// Other names are refused unless callers are authenticated, since web pages use
	// them to reach servers that they should not.
	Hosts []string
	// Origins are those of web pages that may call, such as
	// "https://app.example.com". Other pages are refused.
	Origins []string
	// CertFile and KeyFile are for TLS. They are read again when they change.
	CertFile, KeyFile string
	// InsecureNoAuth lets the server be reached from other machines by anybody.
	InsecureNoAuth bool
	// Limits keep clients that are slow, large, many or gone from costing much.
	Limits Limits
}

// Limits of HTTP; what is zero has the default in brackets.
type Limits struct {
	HeaderTimeout time.Duration // to send the header of a request [5s]
	BodyTimeout   time.Duration // to send its body [15s]
	IdleTimeout   time.Duration // of a connection between two requests [1m]
	WriteStall    time.Duration // for a client to read 64 KiB of an answer [10s]
	KeepAlive     time.Duration // between signs of life on a silent stream [15s]
	HeaderBytes   int           // of a request [32 KiB]
	BodyBytes     int64         // of a request [4 MiB]
	BodyBudget    int64         // bytes of all bodies held at one time [256 MiB]
	Requests      int           // running at one time, also if their client has gone [1024]
	RequestsEach  int           // of one authenticated caller [256]
	Streams       int           // open for notifications [10000]
	StreamsEach   int           // of one authenticated caller [64]
	Sessions      int           // of clients of the versions before 2026-07-28 [10000]
	SessionIdle   time.Duration // until a session without requests or stream ends [30m]
	SessionUnused time.Duration // the same before its second request [1m]
}

// or returns l with what is zero taken from other.
func (l Limits) or(other Limits) Limits {
	return Limits{
		HeaderTimeout: cmp.Or(l.HeaderTimeout, other.HeaderTimeout),
		BodyTimeout:   cmp.Or(l.BodyTimeout, other.BodyTimeout),
		IdleTimeout:   cmp.Or(l.IdleTimeout, other.IdleTimeout),
		WriteStall:    cmp.Or(l.WriteStall, other.WriteStall),
		KeepAlive:     cmp.Or(l.KeepAlive, other.KeepAlive),
		HeaderBytes:   cmp.Or(l.HeaderBytes, other.HeaderBytes),
		BodyBytes:     cmp.Or(l.BodyBytes, other.BodyBytes),
		BodyBudget:    cmp.Or(l.BodyBudget, other.BodyBudget),
		Requests:      cmp.Or(l.Requests, other.Requests),
		RequestsEach:  cmp.Or(l.RequestsEach, other.RequestsEach),
		Streams:       cmp.Or(l.Streams, other.Streams),
		StreamsEach:   cmp.Or(l.StreamsEach, other.StreamsEach),
		Sessions:      cmp.Or(l.Sessions, other.Sessions),
		SessionIdle:   cmp.Or(l.SessionIdle, other.SessionIdle),
		SessionUnused: cmp.Or(l.SessionUnused, other.SessionUnused),
	}
}

// defaultLimits are those of the brackets above.
var defaultLimits = Limits{
	HeaderTimeout: 5 * time.Second,
	BodyTimeout:   15 * time.Second,
	IdleTimeout:   time.Minute,
	WriteStall:    10 * time.Second,
	KeepAlive:     15 * time.Second,
	HeaderBytes:   32 << 10,
	BodyBytes:     4 << 20,
	BodyBudget:    256 << 20,
	Requests:      1024,
	RequestsEach:  256,
	Streams:       10_000,
	StreamsEach:   64,
	Sessions:      10_000,
	SessionIdle:   30 * time.Minute,
	SessionUnused: time.Minute,
}

// ConfigureHTTP says how the server is served over HTTP. It is to be called before
// [Server.Handler] or [Server.ListenAndServe], for example by one of the functions
// that [Main] calls.
func (s *Server) ConfigureHTTP(h HTTP) { s.http = h }
