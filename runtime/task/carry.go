package task

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"
)

// A verdict is what a Runner returned.
type verdict struct {
	Outcome
	err error
}

// launch calls the Runner and returns where its verdict will be.
func (r *Run) launch() chan verdict {
	done := make(chan verdict, 1)
	r.limit(r.spec.Timeout, func() { r.cancel(ErrTimeout) })
	go func() {
		out, err := r.call()
		r.stop()
		done <- verdict{out, err}
	}()
	return done
}

// call calls the Runner and masks its panic.
func (r *Run) call() (out Outcome, err error) {
	defer func() {
		if p := recover(); p != nil {
			r.m.o.Log.Error("panic", "task", r.id, "kind", r.spec.Kind, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			out, err = Outcome{}, errInternal
		}
	}()
	return r.m.o.Runner.Run(r.ctx, r)
}

// carry keeps a task whose function was launched, until it is over.
func (r *Run) carry(done chan verdict) {
	ctx, cancel := context.WithCancel(r.m.storing)
	expiry := time.AfterFunc(r.remaining(), func() { r.cancel(ErrExpired) })
	helpers := make(chan struct{}, 2)
	go func() { r.follow(ctx); helpers <- struct{}{} }()
	go func() { r.tend(ctx); helpers <- struct{}{} }()
	v, ended := r.verdict(done)
	r.finish(v)
	r.letGo()

	expiry.Stop()
	cancel()
	<-helpers
	<-helpers
	r.cancel(nil)
	if ended {
		return
	}
	select { // a deaf function keeps its place
	case <-done:
	case <-r.m.running.Done():
	}
}

// deaf is how long a function may take to notice that its context has ended.
const deaf = lastWrites / 2

// verdict waits for what the function returns. If it should, and does not, its
// task is over without it, and ended is false.
func (r *Run) verdict(done chan verdict) (v verdict, ended bool) {
	select {
	case v := <-done:
		return v, true
	case <-r.ctx.Done():
	}
	timer := time.NewTimer(deaf)
	defer timer.Stop()
	select {
	case v := <-done:
		return v, true
	case <-timer.C:
		return verdict{err: context.Cause(r.ctx)}, false
	}
}
