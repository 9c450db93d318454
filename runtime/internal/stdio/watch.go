package stdio

import (
	"sync"
	"time"
)

// launchGrace is how long a server waits for its first message that nobody is left
// of who started it.
const launchGrace = time.Second

// A Watch notices that the client is gone although the input does not end, because
// some other process has inherited its pipes, or because a wrapper keeps them open.
// The client is gone if
//
//   - nobody can read the output any more, or
//   - the process that started the server is, or one that started it in turn.
//
// Who counts among the latter is the parent; beyond that, on Linux, the parent of
// each that talks over pipes on its own standard input and output, as wrappers do
// that pass on what their client says: shells, npx, uv, proxies. A client that is
// itself run by another program over pipes is taken for one of them, and its server
// ends with that program.
//
// Some launchers exit by design, such as setsid, or a shell that was given an
// ampersand. They are gone before the first message comes, so that one who is gone
// by then is not missed: neither is one with somebody behind it, nor the last one,
// if a message comes within a second.
type Watch struct {
	Gone   <-chan struct{} // closed when the client is gone
	Hangup <-chan struct{} // closed when nobody can write to the input any more

	gone, hangup, heard func() // close a channel
	heardFirst          <-chan struct{}
	stopped             <-chan struct{}
	stop                func()
	interrupt           func() // makes the system's part return
}

// NewWatch begins to watch the client of this process.
func NewWatch(p *Pipes) *Watch {
	w := new(Watch)
	w.Gone, w.gone = event()
	w.Hangup, w.hangup = event()
	w.heardFirst, w.heard = event()
	w.stopped, w.stop = event()
	w.interrupt = w.observe(p)
	return w
}

// Heard tells that the first message has come.
func (w *Watch) Heard() { w.heard() }

// Stop ends the watch.
func (w *Watch) Stop() {
	w.stop()
	w.interrupt()
}

// died is told that one of those who started the server is gone, which may have
// been the last of them.
func (w *Watch) died(last bool) {
	select {
	case <-w.heardFirst:
		w.gone()
		return
	default:
	}
	if last {
		go w.awaitFirst()
	}
}

// awaitFirst gives up on a client that has never said anything.
func (w *Watch) awaitFirst() {
	timer := time.NewTimer(launchGrace)
	defer timer.Stop()
	select {
	case <-w.heardFirst:
	case <-w.stopped:
	case <-timer.C:
		w.gone()
	}
}

// event returns a channel and what closes it, which may be called more than once.
func event() (<-chan struct{}, func()) {
	c := make(chan struct{})
	return c, sync.OnceFunc(func() { close(c) })
}
