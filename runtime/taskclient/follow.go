package taskclient

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"
)

// How often a task is asked for.
const (
	defaultPoll = time.Second           // for a server that does not say
	minPoll     = 20 * time.Millisecond // whatever a server says
	maxPoll     = time.Minute           // unless the server says more
	// A server that tells of changes is still asked now and then: a stream may be
	// dead without either side knowing.
	trustFactor = 10
	minTrusted  = 30 * time.Second
	// What goes wrong is tried again so often, after pauses that double up to maxPoll.
	maxFailures = 5
)

// errEnough is how a visitor ends following a task.
var errEnough = errors.New("the visitor has seen enough")

// follower follows one task, for one who waits for it or watches it.
type follower struct {
	*Task
	visit    func(Status) bool // may be nil
	shown    *Status           // what visit has seen last
	news     *inbox
	told     bool            // the server tells of changes
	deaf     bool            // it was asked to, and did not
	stream   *exchange       // on which it does, in the modern era; nil for none
	running  sync.WaitGroup  // of streams
	awaited  *awaited        // what the server was asked for, in the legacy era; nil for nothing
	trouble  chan error      // of those who answer
	failures int             // since something worked
	timer    *time.Timer     // to ask for the task
	outer    context.Context // of the caller: what is begun with it goes on for the next follower
}

// follow brings all news of the task to visit until the task has ended, and has its
// questions answered. It returns an error if the task's end is not known then.
func (t *Task) follow(ctx context.Context, visit func(Status) bool) error {
	f := &follower{Task: t, visit: visit, trouble: make(chan error), timer: time.NewTimer(0), outer: ctx}
	if t.Ended() {
		return f.show()
	}
	defer f.timer.Stop()
	var stop func()
	f.news, stop = t.session.tap.watch(t.id)
	defer stop()
	if t.options.ByHand {
		defer t.session.client.hands.take(t.hand(), f.news)()
	}
	defer f.running.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	err := f.loop(ctx)
	if f.outer.Err() != nil && err != nil && !t.Ended() {
		return context.Cause(f.outer)
	}
	return err
}

// loop follows the task until it has ended.
func (f *follower) loop(ctx context.Context) error {
	f.attend(ctx)
	if f.known().State != "" {
		if err := f.show(); err != nil {
			return err
		}
	}
	if !f.curious() {
		f.rest()
	}
	for !f.Ended() {
		var err error
		select {
		case <-f.news.ready:
			err = f.hear(ctx)
		case <-f.timer.C:
			f.attend(ctx)
			err = f.poll(ctx)
		case <-f.streamOver():
			f.endStream()
		case <-f.resultReady():
			err = f.settle(ctx)
		case err = <-f.trouble:
		case <-ctx.Done():
			err = context.Cause(ctx)
		}
		if err != nil {
			return err
		}
	}
	return f.show()
}

// curious reports whether the server is to be asked at once: because nothing is known,
// because the task has ended and what it came to is there, or because the visitor of
// a legacy task may have missed what the server told before.
func (f *follower) curious() bool {
	state := f.known().State
	return state == "" || state.Terminal() || f.visit != nil && !f.session.modern()
}

// attend has the server tell of the task, unless it does: by a subscription in the
// modern era, and by the request for its result in the legacy one, where
// notifications come by themselves.
func (f *follower) attend(ctx context.Context) {
	switch {
	case !f.session.modern():
		f.awaited = f.await(f.outer)
	case f.stream == nil && !f.deaf && f.failures == 0:
		f.listen(ctx)
	}
}

// listen subscribes to the task, if there is room.
func (f *follower) listen(ctx context.Context) {
	select {
	case f.session.listening <- struct{}{}:
	default:
		return
	}
	e := newExchange()
	f.stream = e
	f.running.Go(func() {
		defer func() { <-f.session.listening }()
		defer f.session.tap.forget(e)
		defer e.close()
		f.session.listen(ctx, e, f.id)
		select {
		case <-e.over:
		case <-ctx.Done():
		}
	})
}

// streamOver is closed when the subscription is over.
func (f *follower) streamOver() <-chan struct{} {
	if f.stream == nil {
		return nil
	}
	return f.stream.over
}

// endStream notes that the subscription is over. One that told nothing is not asked
// for again.
func (f *follower) endStream() {
	f.stream = nil
	f.deaf = !f.told
	f.told = false
	f.rest()
}

// hear takes what the server tells by itself.
func (f *follower) hear(ctx context.Context) error {
	w, p := f.news.take()
	if p != nil {
		f.advance(*p)
	}
	if w == nil { // there may be a question to be answered by hand
		return f.show()
	}
	f.told = true
	f.failures = 0
	f.rest()
	return f.see(ctx, w)
}

// poll asks for the task.
func (f *follower) poll(ctx context.Context) error {
	w, err := f.get(ctx)
	if err != nil {
		return f.fail(err)
	}
	f.failures = 0
	err = f.see(ctx, w)
	f.rest()
	return err
}

// fail returns an error, unless there is hope.
func (f *follower) fail(err error) error {
	if f.failures++; f.failures > maxFailures || !passing(err) {
		return err
	}
	f.rest()
	return nil
}

// rest sets the timer. It fires somewhat later than the server wants at the soonest,
// so that many clients do not ask in step.
func (f *follower) rest() {
	wanted := max(cmp.Or(f.known().PollInterval, defaultPoll), minPoll)
	d := wanted
	switch {
	case f.failures > 0:
		d <<= f.failures
	case f.told, f.awaited != nil && f.visit == nil: // only the end matters, and is told
		d = max(trustFactor*d, minTrusted)
	}
	d = max(wanted, min(d, maxPoll))
	f.timer.Reset(d + rand.N(d/10))
}

// see acts on what there is to see of the task.
func (f *follower) see(ctx context.Context, w *wireTask) error {
	if err := f.note(w); err != nil {
		return err
	}
	if f.session.modern() {
		if err := f.conclude(ctx, w); err != nil {
			return err
		}
		f.answerAll(ctx, w)
	}
	if f.Ended() {
		return nil // loop shows it
	}
	return f.show()
}

// show shows the status to the visitor, if it has not seen it.
func (f *follower) show() error {
	s := f.known()
	if f.visit == nil || f.shown != nil && s.looksLike(f.shown) {
		return nil
	}
	f.shown = &s
	if !f.visit(s) {
		return errEnough
	}
	return nil
}
