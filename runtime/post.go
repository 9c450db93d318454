package runtime

import (
	"bytes"
	"io"
	"net/http"
	"slices"

	"github.com/mcpgen/mcpgen/runtime/internal/httpx"
)

// post is a POST request whose messages have been read.
type post struct {
	r        *http.Request
	body     []byte
	messages []httpx.Message
	batch    bool
	modern   bool
}

// calls are the messages that want an answer.
func (p *post) calls() []httpx.Message {
	return slices.DeleteFunc(slices.Clone(p.messages), func(m httpx.Message) bool { return !m.IsCall() })
}

// has reports whether there is a call of the method.
func (p *post) has(method string) bool {
	return slices.ContainsFunc(p.messages, func(m httpx.Message) bool { return m.IsCall() && m.Method == method })
}

// check refuses what the era does not have, and puts right what the SDK misreads.
func (p *post) check() *httpx.Refusal {
	refusal := checkVersion(p.r)
	if refusal == nil && p.modern {
		refusal = p.checkModern()
	}
	if refusal == nil && !p.batch {
		p.correct(&p.messages[0])
	}
	return refusal
}

// checkModern is about what only the modern era has.
func (p *post) checkModern() *httpx.Refusal {
	header, refusal := httpx.CheckHeaders(p.r.Header)
	if refusal != nil {
		return refusal
	}
	m := p.messages[0]
	if p.batch || m.Method == "" {
		return &httpx.Refusal{Status: http.StatusBadRequest, Message: "the body has to be one request or notification"}
	}
	if slices.Contains(taskMethods, m.Method) && header.Get(httpx.HeaderName) != m.Text("taskId") { // the SDK does not know them
		return httpx.Mismatch("header mismatch: " + httpx.HeaderName + " is not the taskId of the body")
	}
	p.r = p.r.WithContext(p.r.Context())
	p.r.Header = header.Clone()
	p.r.Header.Del("Last-Event-ID") // of no meaning, but the SDK refuses it
	return nil
}

// correct rewrites a message that the SDK would misread: it crashes without the
// params of some methods, and negotiates an older version with a client that begins
// a session in a modern one, to go on as if it had not.
func (p *post) correct(m *httpx.Message) {
	rewrite := m.Method != "" && m.Params == nil
	if !p.modern && m.Method == initializeMethod && m.Text("protocolVersion") >= modernVersion {
		rewrite = m.Replace("protocolVersion", legacyVersion) == nil
	}
	if !rewrite {
		return
	}
	if body, err := m.Encode(); err == nil {
		p.body = body
	}
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
	r.Body = io.NopCloser(bytes.NewReader(p.body))
	r.ContentLength = int64(len(p.body))
	return r
}

// closeAnswer ends the answer to a request. If its client is still there, it is
// told about calls that have no answer.
func closeAnswer(out *httpx.Writer, p *post) {
	var calls []httpx.Message
	if p.r.Context().Err() == nil {
		calls = p.calls()
	}
	out.Close(calls, "the call was not answered because the server or the session has ended")
}
