package runtime

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// modernVersion is the first version of the protocol without sessions.
const modernVersion = "2026-07-28"

// eras serves both eras of the protocol at one URL. The SDK has a handler for each
// of them and none for both: the stateless one loses what a legacy client said in
// its initialize request, and the other refuses all that is modern. A request is
// modern if
//
//   - its Mcp-Protocol-Version header is 2026-07-28 or later, or
//   - its _meta names a protocol version, as every modern request's does, so that a
//     contradiction between header and body is found by the modern handler, or
//   - it is a GET or DELETE without a session, which the modern handler refuses.
//
// Everything else is legacy. Both handlers check what they are given, so that a
// request that is taken for the wrong era is refused and never misread.
type eras struct {
	modern, legacy http.Handler
}

func newEras(server *mcp.Server) *eras {
	getServer := func(*http.Request) *mcp.Server { return server }
	return &eras{
		modern: mcp.NewStreamableHTTPHandler(getServer, &mcp.StreamableHTTPOptions{
			Stateless:                    true,
			PropagateRequestCancellation: true, // the specification wants it; the SDK's default does not do it
			MaxRequestBodyBytes:          maxBody,
		}),
		legacy: mcp.NewStreamableHTTPHandler(getServer, &mcp.StreamableHTTPOptions{
			SessionTimeout:      sessionTimeout,
			MaxRequestBodyBytes: maxBody,
		}),
	}
}

func (e *eras) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var body []byte
	if r.Method == http.MethodPost {
		var err error
		if body, err = readBody(w, r); err != nil {
			refuseBody(w, err)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	if isModern(r, body) {
		e.modern.ServeHTTP(w, r)
		return
	}
	e.legacy.ServeHTTP(w, r)
}

// readBody reads the body within its limits of size and time.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	control := http.NewResponseController(w)
	if control.SetReadDeadline(time.Now().Add(bodyTimeout)) == nil {
		defer control.SetReadDeadline(time.Time{})
	}
	defer r.Body.Close()
	return io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
}

func refuseBody(w http.ResponseWriter, err error) {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		http.Error(w, "request body too large", http.StatusRequestEntityTooLarge)
	case errors.Is(err, os.ErrDeadlineExceeded):
		http.Error(w, "request body too slow", http.StatusRequestTimeout)
	default:
		http.Error(w, "request body not readable", http.StatusBadRequest)
	}
}

// isModern tells the era of a request.
func isModern(r *http.Request, body []byte) bool {
	if r.Header.Get("Mcp-Protocol-Version") >= modernVersion {
		return true
	}
	if r.Method == http.MethodPost {
		return namesVersion(body)
	}
	return r.Header.Get("Mcp-Session-Id") == ""
}

// namesVersion reports whether the _meta of a request names a protocol version.
func namesVersion(body []byte) bool {
	if !bytes.Contains(body, []byte(mcp.MetaKeyProtocolVersion)) {
		return false
	}
	var message struct {
		Params struct {
			Meta map[string]json.RawMessage `json:"_meta"`
		} `json:"params"`
	}
	if json.Unmarshal(body, &message) != nil {
		return false
	}
	_, ok := message.Params.Meta[mcp.MetaKeyProtocolVersion]
	return ok
}
