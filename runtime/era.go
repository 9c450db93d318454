package runtime

import (
	"net/http"
	"slices"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/mcpgen/mcpgen/runtime/internal/httpx"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// modernVersion is the first version of the protocol without sessions.
const modernVersion = frame.Modern

// legacyVersion is the last version with sessions, and the only one of them with
// tasks.
const legacyVersion = frame.Legacy

// newEras returns the SDK's handlers of the two eras of the protocol. There is none
// for both: the stateless one loses what a legacy client said in its initialize
// request, and the other refuses all that is modern. Limits, hosts and the ends of
// sessions are not theirs to decide, see [front].
func newEras(server *mcp.Server) (modern, legacy http.Handler) {
	getServer := func(*http.Request) *mcp.Server { return server }
	modern = mcp.NewStreamableHTTPHandler(getServer, &mcp.StreamableHTTPOptions{
		Stateless:                    true,
		PropagateRequestCancellation: true, // the specification wants it; the SDK's default does not do it
		DisableLocalhostProtection:   true,
		MaxRequestBodyBytes:          -1,
	})
	legacy = mcp.NewStreamableHTTPHandler(getServer, &mcp.StreamableHTTPOptions{
		DisableLocalhostProtection: true,
		MaxRequestBodyBytes:        -1,
	})
	return modern, legacy
}

// isModern tells the era of a request. It is modern if
//
//   - its Mcp-Protocol-Version header is 2026-07-28 or later, or
//   - a message is, whatever the header says, so that a contradiction between the
//     two is found by the modern handler, or
//   - it is a GET or DELETE without a session, which the modern handler refuses.
//
// Everything else is legacy. Both handlers check what they are given, so that a
// request that is taken for the wrong era is refused and never misread.
func isModern(r *http.Request, messages []frame.Message) bool {
	if r.Header.Get(httpx.HeaderVersion) >= modernVersion {
		return true
	}
	if r.Method != http.MethodPost {
		return r.Header.Get(httpx.HeaderSession) == ""
	}
	return slices.ContainsFunc(messages, func(m frame.Message) bool { return m.IsModern() })
}

// hasBatches reports whether the version that a request is in may have several
// messages in one body. A request that names none is of a version that may.
func hasBatches(r *http.Request) bool { return r.Header.Get(httpx.HeaderVersion) < "2025-06-18" }

// checkVersion refuses a request in a version that nobody knows. The SDK does the
// same for what sorts before the modern versions, and takes the rest for modern.
func checkVersion(r *http.Request) *httpx.Refusal {
	version := r.Header.Get(httpx.HeaderVersion)
	supported := mcp.SupportedProtocolVersions()
	if version == "" || slices.Contains(supported, version) {
		return nil
	}
	return &httpx.Refusal{
		Status:  http.StatusBadRequest,
		Code:    httpx.CodeUnsupportedVersion,
		Message: "unsupported protocol version",
		Data:    mcp.UnsupportedProtocolVersionData{Supported: supported, Requested: version},
	}
}
