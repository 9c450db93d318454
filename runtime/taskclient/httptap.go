package taskclient

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"sync"

	"github.com/mcpgen/mcpgen/runtime/internal/httpx"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// httpTap is a [tap] in an HTTP client.
type httpTap struct {
	tap  *tap
	next http.RoundTripper // nil for the default
}

func (t *httpTap) RoundTrip(r *http.Request) (*http.Response, error) {
	next := t.next
	if next == nil {
		next = http.DefaultTransport
	}
	e := exchangeOf(r.Context())
	if e == nil || r.Method != http.MethodPost {
		response, err := next.RoundTrip(r)
		if err == nil {
			t.listen(response, nil)
		}
		return response, err
	}
	r, err := amended(r, e)
	if err != nil {
		return nil, err
	}
	response, err := next.RoundTrip(r)
	if err != nil {
		e.end(nil)
		return nil, err
	}
	t.listen(response, e)
	return response, nil
}

// amended is a request that belongs to an exchange, as it is to be sent.
func amended(r *http.Request, e *exchange) (*http.Request, error) {
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r = r.Clone(r.Context())
	message, err := jsonrpc.DecodeMessage(body)
	if err != nil {
		return nil, err
	}
	if request, ok := message.(*jsonrpc.Request); ok && request.IsCall() {
		if request, err = e.amend(request); err != nil {
			return nil, err
		}
		if body, err = jsonrpc.EncodeMessage(request); err != nil {
			return nil, err
		}
		// The SDK sets this header for the methods that it knows, and only where
		// the version has it.
		if id := taskID(request); id != "" && r.Header.Get(httpx.HeaderMethod) != "" {
			r.Header.Set(httpx.HeaderName, httpx.EncodeValue(id))
		}
	}
	r.ContentLength = int64(len(body))
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	return r, nil
}

// listen has the tap hear what the SDK reads of a response. Without an exchange that
// is only what may tell of tasks.
func (t *httpTap) listen(response *http.Response, e *exchange) {
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	events := kind == "text/event-stream"
	if e == nil && !events {
		return
	}
	response.Body = &tappedBody{ReadCloser: response.Body, events: events, exchange: e, tap: t.tap}
}

// tappedBody is the body of a response, of whose messages the tap hears when they
// are read.
type tappedBody struct {
	io.ReadCloser
	events   bool // it is a stream of server-sent events, or else a single message
	exchange *exchange
	tap      *tap

	line, data []byte // what has been read of the current line, and of the current event
	over       sync.Once
}

func (b *tappedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.events {
		b.feed(p[:n])
	} else {
		b.data = append(b.data, p[:n]...)
	}
	if err != nil {
		b.take()
		b.end()
	}
	return n, err
}

func (b *tappedBody) Close() error {
	b.end()
	return b.ReadCloser.Close()
}

// end tells the exchange that nothing more comes.
func (b *tappedBody) end() {
	b.over.Do(func() {
		if b.exchange != nil {
			b.exchange.end(nil)
		}
	})
}

// feed takes the lines of events apart.
func (b *tappedBody) feed(p []byte) {
	for {
		i := bytes.IndexByte(p, '\n')
		if i < 0 {
			b.line = append(b.line, p...)
			return
		}
		b.line = append(b.line, p[:i]...)
		p = p[i+1:]
		b.endLine(bytes.TrimSuffix(b.line, []byte("\r")))
		b.line = b.line[:0]
	}
}

// endLine takes a line; an empty one ends an event.
func (b *tappedBody) endLine(line []byte) {
	if len(line) == 0 {
		b.take()
		return
	}
	data, ok := bytes.CutPrefix(line, []byte("data:"))
	if !ok {
		return
	}
	if len(b.data) > 0 {
		b.data = append(b.data, '\n')
	}
	b.data = append(b.data, bytes.TrimPrefix(data, []byte(" "))...)
}

// take takes a message.
func (b *tappedBody) take() {
	text := b.data
	b.data = nil
	if len(text) == 0 || b.exchange == nil && !mayTell(text) {
		return
	}
	message, err := jsonrpc.DecodeMessage(text)
	if err != nil {
		return // it is for the SDK to say so
	}
	switch message := message.(type) {
	case *jsonrpc.Request:
		b.tap.hear(message)
	case *jsonrpc.Response:
		if b.exchange != nil {
			b.exchange.end(message)
		}
	}
}
