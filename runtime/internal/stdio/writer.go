package stdio

import (
	"errors"
	"io"
	"sync"
	"time"
)

const (
	// backlogLimit is how many bytes wait for a client that does not read before
	// whoever writes has to wait too.
	backlogLimit = 8 << 20
	// writeSize is how much is written at a time, so that one can tell a client
	// that reads slowly from one that does not read.
	writeSize = 64 << 10
	// keptBuffer is the largest buffer that is kept for the next messages.
	keptBuffer = 1 << 20
)

// errClosed is what those are told who write too late.
var errClosed = errors.New("the stream has ended")

// writer writes lines in the order in which they come, in a goroutine of its own:
// only that one hangs if the client does not read.
type writer struct {
	out    io.Writer
	moved  func()        // called when there is more room than before
	broken chan struct{} // closed when nothing more can be written

	mu       sync.Mutex
	changed  sync.Cond
	pending  []byte // waiting
	writing  int    // bytes that the client has not taken yet of what is being written
	progress time.Time
	err      error // nothing is written any more
}

// newWriter returns a writer to out. Its goroutine ends after close.
func newWriter(out io.Writer, moved func()) *writer {
	w := &writer{out: out, moved: moved, broken: make(chan struct{})}
	w.changed.L = &w.mu
	go w.run()
	return w
}

// write adds a line, and waits for room if there is none.
func (w *writer) write(line []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.err == nil && w.backlog() >= backlogLimit {
		w.changed.Wait()
	}
	return w.add(line)
}

// offer adds a line if there is room.
func (w *writer) offer(line []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.backlog() < backlogLimit {
		w.add(line)
	}
}

func (w *writer) add(line []byte) error {
	if w.err != nil {
		return w.err
	}
	w.pending = append(append(w.pending, line...), '\n')
	w.changed.Broadcast()
	return nil
}

// backlog is how many bytes the client has not taken. The lock is held.
func (w *writer) backlog() int { return len(w.pending) + w.writing }

// full reports whether new work had better wait.
func (w *writer) full() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err == nil && w.backlog() >= backlogLimit/2
}

// empty reports whether the client has taken everything, or never will.
func (w *writer) empty() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err != nil || w.backlog() == 0
}

// sinceProgress returns how long ago the client has taken something last while
// more was waiting for it, which tells that it reads but is slow.
func (w *writer) sinceProgress() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Since(w.progress)
}

// close refuses further lines. What is pending is forgotten.
func (w *writer) close() { w.fail(errClosed) }

func (w *writer) fail(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err == nil {
		w.err = err
		w.pending = nil
		close(w.broken)
		w.changed.Broadcast()
	}
}

// run writes until the writer is closed or the client is gone.
func (w *writer) run() {
	var spare []byte
	for {
		lines, ok := w.next(spare)
		if !ok {
			return
		}
		for rest := lines; len(rest) > 0; {
			n := min(len(rest), writeSize)
			if _, err := w.out.Write(rest[:n]); err != nil {
				w.fail(err)
				w.moved()
				return
			}
			rest = rest[n:]
			w.took(n)
		}
		spare = lines[:0]
		if cap(spare) > keptBuffer {
			spare = nil
		}
	}
}

// next waits for lines, and leaves an empty buffer for those to come.
func (w *writer) next(buffer []byte) (lines []byte, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.err == nil && len(w.pending) == 0 {
		w.changed.Wait()
	}
	if w.err != nil {
		return nil, false
	}
	lines, w.pending = w.pending, buffer
	w.writing = len(lines)
	return lines, true
}

// took notes that the client has taken n bytes.
func (w *writer) took(n int) {
	w.mu.Lock()
	w.writing -= n
	if w.backlog() > 0 {
		w.progress = time.Now()
	}
	w.changed.Broadcast()
	w.mu.Unlock()
	w.moved()
}
