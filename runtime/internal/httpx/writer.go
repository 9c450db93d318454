package httpx

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"
)

// writeChunk is how much a client has to read within the time for one write.
const writeChunk = 64 << 10

// Writer is a [http.ResponseWriter] for answers of the protocol.
//
// A client that does not read ends its connection instead of keeping the server
// waiting. A stream of events tells proxies not to hold it back, and shows that it
// is alive while it has nothing to say. An error that comes after events have been
// sent, for which the SDK would begin another answer in the middle of the first,
// becomes an event. And a call that remains without an answer gets one.
type Writer struct {
	w       http.ResponseWriter
	control *http.ResponseController
	o       WriterOptions
	header  http.Header // until the answer begins; not for the clock, which has a goroutine of its own

	mu       sync.Mutex
	began    bool // the header is out
	events   bool // the answer is a stream of events
	reframe  bool // what is written next is an error that has to become an event
	closed   bool
	silent   bool // nothing was written since the last tick
	answers  int  // responses that were written
	ticker   *time.Timer
	writeErr error
}

// WriterOptions are what a [Writer] needs to know.
type WriterOptions struct {
	Stall     time.Duration     // for a client to read writeChunk bytes
	KeepAlive time.Duration     // between two signs of life, 0 for none
	Begin     func(http.Header) // is told the header before it goes out; may be nil
}

// NewWriter returns a writer that answers on w, and has to be closed.
func NewWriter(w http.ResponseWriter, o WriterOptions) *Writer {
	return &Writer{w: w, control: http.NewResponseController(w), o: o, header: make(http.Header), silent: true}
}

// Header returns the header of the answer.
func (w *Writer) Header() http.Header { return w.header }

// Unwrap is for [http.ResponseController].
func (w *Writer) Unwrap() http.ResponseWriter { return w.w }

// WriteHeader begins the answer.
func (w *Writer) WriteHeader(status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.begin(status)
}

// begin is WriteHeader. The lock is held.
func (w *Writer) begin(status int) {
	switch {
	case w.closed:
	case w.began:
		w.reframe = w.events && status >= http.StatusBadRequest
	default:
		if w.o.Begin != nil {
			w.o.Begin(w.header)
		}
		maps.Copy(w.w.Header(), w.header)
		w.send(status, status == http.StatusOK && strings.HasPrefix(w.header.Get("Content-Type"), "text/event-stream"))
	}
}

// send sends the header. The lock is held.
func (w *Writer) send(status int, events bool) {
	w.began, w.events = true, events
	if events {
		w.w.Header().Set("X-Accel-Buffering", "no")
		w.tick(w.o.KeepAlive)
	}
	w.deadline()
	w.w.WriteHeader(status)
}

// stream begins a stream of events for whoever is going to.
func (w *Writer) stream() {
	w.w.Header().Set("Content-Type", "text/event-stream")
	w.w.Header().Set("Cache-Control", "no-cache, no-transform")
	w.send(http.StatusOK, true)
}

// Write writes p, in parts for each of which the client has the time to read it.
func (w *Writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return 0, http.ErrHandlerTimeout
	}
	w.beginFine()
	w.silent = false
	if !w.reframe {
		w.count(p)
		return w.write(p)
	}
	w.reframe = false
	w.answers++
	_, err := w.write(event(p))
	if err != nil {
		return 0, err
	}
	return len(p), w.flush()
}

// beginFine begins the answer if nobody has.
func (w *Writer) beginFine() {
	if !w.began {
		w.begin(http.StatusOK)
	}
}

// write writes p within the limits of time. The lock is held.
func (w *Writer) write(p []byte) (n int, err error) {
	for len(p) > 0 && w.writeErr == nil {
		part := p[:min(len(p), writeChunk)]
		w.deadline()
		var m int
		m, w.writeErr = w.w.Write(part)
		n += m
		p = p[len(part):]
	}
	return n, w.writeErr
}

// deadline gives the client time from now on. Not every writer has deadlines.
func (w *Writer) deadline() { w.control.SetWriteDeadline(time.Now().Add(w.o.Stall)) }

// Notify writes a message that wants no answer, as an event of a stream that has
// begun.
func (w *Writer) Notify(message []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || !w.events {
		return http.ErrHandlerTimeout
	}
	w.silent = false
	if _, err := w.write(event(message)); err != nil {
		return err
	}
	return w.flush()
}

// Flush sends what was written.
func (w *Writer) Flush() { w.FlushError() }

// FlushError is Flush for [http.ResponseController].
func (w *Writer) FlushError() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return http.ErrHandlerTimeout
	}
	w.beginFine()
	return w.flush()
}

func (w *Writer) flush() error {
	w.deadline()
	return w.control.Flush()
}

// Live shows that the answer is coming also before it has begun, which makes it a
// stream of events. That is after a while, or after the time between two signs of
// life if that is shorter.
func (w *Writer) Live(after time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.tick(min(after, w.o.KeepAlive))
}

// tick sets the clock for the first sign of life.
func (w *Writer) tick(after time.Duration) {
	if w.ticker == nil && w.o.KeepAlive > 0 {
		w.ticker = time.AfterFunc(after, w.live)
	}
}

// live gives a sign of life, unless something was written since the last one.
func (w *Writer) live() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || w.writeErr != nil || w.began && !w.events {
		return
	}
	if w.silent {
		if !w.began {
			w.stream()
		}
		if _, err := w.write([]byte(":\n\n")); err != nil || w.flush() != nil {
			return
		}
	}
	w.silent = true
	w.ticker.Reset(w.o.KeepAlive)
}

// count notes the responses among what the SDK writes: an event at a time in a
// stream, or the whole answer.
func (w *Writer) count(p []byte) {
	if w.events {
		_, data, found := bytes.Cut(p, []byte("data: "))
		if !found {
			return
		}
		p = data
	}
	if isResponse(p) {
		w.answers++
	}
}

// isResponse reports whether the message that begins p is a response. It reads no
// further than it has to.
func isResponse(p []byte) bool {
	d := json.NewDecoder(bytes.NewReader(p))
	if begin, err := d.Token(); err != nil || begin != json.Delim('{') {
		return false
	}
	for d.More() {
		name, err := d.Token()
		switch {
		case err != nil || name == "method":
			return false
		case name == "result" || name == "error":
			return true
		}
		var skipped json.RawMessage
		if d.Decode(&skipped) != nil {
			return false
		}
	}
	return false
}

// event is a message as an event.
func event(message []byte) []byte {
	return frame("event: message\ndata: ", bytes.TrimSpace(message), "\n\n")
}

func frame(begin string, message []byte, end string) []byte {
	out := make([]byte, 0, len(begin)+len(message)+len(end))
	return append(append(append(out, begin...), message...), end...)
}

// Close ends the answer; nothing is written after it. If one of the calls, which are
// given by their ids, has not been answered, the reason is.
func (w *Writer) Close(calls []json.RawMessage, reason string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return
	}
	if w.writeErr == nil && len(calls) > w.answers && (!w.began || w.events) {
		w.apologise(calls, reason)
	}
	w.closed = true
	if w.ticker != nil {
		w.ticker.Stop()
	}
	w.control.SetWriteDeadline(time.Time{})
}

// apologise answers a call that was not answered. In a batch one cannot tell which
// calls those are; its clients have to see that the stream is over.
func (w *Writer) apologise(calls []json.RawMessage, reason string) {
	refusal := busy(http.StatusServiceUnavailable, reason)
	if len(calls) == 1 {
		refusal.ID = calls[0]
	}
	if !w.began {
		w.began = true
		w.deadline()
		refusal.Write(w.w)
		return
	}
	if len(calls) == 1 {
		w.write(event(refusal.body()))
		w.flush()
	}
}
