package runtime

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/mcpgen/mcpgen/runtime/internal/httpx"
)

// post is a POST request whose messages have been read.
type post struct {
	*frame.Body
	r      *http.Request
	calls  []json.RawMessage // the ids of the messages that want an answer
	modern bool
}

func newPost(r *http.Request, body *frame.Body) *post {
	p := &post{Body: body, r: r, modern: isModern(r, body.Messages)}
	for _, m := range body.Messages {
		if m.IsCall() {
			p.calls = append(p.calls, m.ID)
		}
	}
	return p
}

// has reports whether there is a call of the method.
func (p *post) has(method string) bool {
	return slices.ContainsFunc(p.Messages, func(m frame.Message) bool { return m.IsCall() && m.Method == method })
}

// check refuses what the era does not have.
func (p *post) check() *httpx.Refusal {
	refusal := checkVersion(p.r)
	if refusal == nil && p.modern {
		refusal = p.checkModern()
	}
	return refusal
}

// checkModern is about what only the modern era has.
func (p *post) checkModern() *httpx.Refusal {
	header, refusal := httpx.CheckHeaders(p.r.Header)
	if refusal != nil {
		return refusal
	}
	m := &p.Messages[0]
	if p.Batch || m.Method == "" {
		return &httpx.Refusal{Status: http.StatusBadRequest, Message: "the body has to be one request or notification"}
	}
	// The SDK does not know these methods. Their header is for what is between client and
	// server to route by; one that is missing harms nobody here, and some clients send none.
	name := header.Values(httpx.HeaderName)
	if slices.Contains(taskMethods, m.Method) && len(name) > 0 && name[0] != m.TaskID() {
		return httpx.Mismatch("header mismatch: " + httpx.HeaderName + " is not the taskId of the body")
	}
	p.r = p.r.WithContext(p.r.Context())
	p.r.Header = header.Clone()
	p.r.Header.Del("Last-Event-ID") // of no meaning, but the SDK refuses it
	return nil
}

// Methods that are not like others.
const (
	initializeMethod = "initialize"
	pingMethod       = "ping"
	callToolMethod   = "tools/call"
)

// taskMethods are those whose name, for a header, is a task.
var taskMethods = []string{"tasks/get", "tasks/update", "tasks/cancel"}

// request is the request for the SDK's handlers.
func (p *post) request() *http.Request {
	r := p.r.WithContext(p.r.Context())
	r.Body = io.NopCloser(bytes.NewReader(p.Text))
	r.ContentLength = int64(len(p.Text))
	return r
}

// closeAnswer ends the answer to a request. If its client is still there, it is
// told about calls that have no answer.
func closeAnswer(out *httpx.Writer, p *post) {
	var calls []json.RawMessage
	if p.r.Context().Err() == nil {
		calls = p.calls
	}
	out.Close(calls, "the call was not answered because the server or the session has ended")
}
