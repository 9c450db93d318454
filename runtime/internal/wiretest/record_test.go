package wiretest

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"sync"
)

// A message is one line, or one event, as it went over the wire.
type message struct {
	fromClient bool
	text       []byte
}

// record is all messages of a session, in the order in which they were sent, as far
// as there is one.
type record struct {
	mu       sync.Mutex
	messages []message
}

func (r *record) add(fromClient bool, text []byte) {
	if text = bytes.TrimSpace(text); len(text) == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.messages = append(r.messages, message{fromClient, bytes.Clone(text)})
}

// all are the messages so far.
func (r *record) all() []message {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.messages
}

// lines is a writer that has a line taken at a time.
type lines struct {
	take func(line []byte)
	rest []byte
}

func (l *lines) Write(p []byte) (int, error) {
	l.rest = append(l.rest, p...)
	for {
		line, rest, ok := bytes.Cut(l.rest, []byte("\n"))
		if !ok {
			return len(p), nil
		}
		l.take(line)
		l.rest = rest
	}
}

// reader and writer are pipes to a process, recorded.
func (r *record) reader(from io.ReadCloser) io.ReadCloser {
	tee := io.TeeReader(from, &lines{take: func(line []byte) { r.add(false, line) }})
	return struct {
		io.Reader
		io.Closer
	}{tee, from}
}

func (r *record) writer(to io.WriteCloser) io.WriteCloser {
	both := io.MultiWriter(&lines{take: func(line []byte) { r.add(true, line) }}, to) // before it can be answered
	return struct {
		io.Writer
		io.Closer
	}{both, to}
}

// recorder records what an HTTP client sends and reads.
type recorder struct {
	*record
	token string // of the user
}

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.Header.Set("Authorization", "Bearer "+r.token)
	if request.Body != nil {
		body, err := io.ReadAll(request.Body)
		if err != nil {
			return nil, err
		}
		r.add(true, body)
		request.Body = io.NopCloser(bytes.NewReader(body))
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	events := strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream")
	response.Body = r.body(response.Body, events)
	return response, nil
}

// body records the events of a response, or the one message that it is. The servers
// here write an event's data in one line.
func (r *recorder) body(body io.ReadCloser, events bool) io.ReadCloser {
	take := func(line []byte) { r.add(false, line) }
	if events {
		take = func(line []byte) {
			if data, ok := bytes.CutPrefix(line, []byte("data:")); ok {
				r.add(false, data)
			}
		}
	}
	taking := &lines{take: take}
	return &recordedBody{io.TeeReader(body, taking), body, taking}
}

type recordedBody struct {
	io.Reader
	body  io.Closer
	lines *lines
}

func (b *recordedBody) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err != nil { // the last line may have no end
		b.lines.Write([]byte("\n"))
	}
	return n, err
}

func (b *recordedBody) Close() error { return b.body.Close() }
