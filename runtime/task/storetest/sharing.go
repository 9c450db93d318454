package storetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/mcpgen/mcpgen/runtime/task"
)

// sharing are the rules of several processes on the same data.
var sharing = []rule{
	{name: "OthersSeeIt", test: othersSee,
		sentence: "what one call has returned, all later calls in every process see"},
	{name: "OthersAreWoken", test: othersAreWoken,
		sentence: "waiting claims and watches are woken by changes of other processes"},
	{name: "OthersTakeOver", test: othersTakeOver, reopens: true,
		sentence: "what a process that is gone had claimed is lent again after the lease"},
	{name: "EntriesSurvive", test: entriesSurvive, reopens: true,
		sentence: "entries, queue and attempts survive that everybody closes the store"},
}

func othersSee(b *bench) {
	other := b.open()
	e := b.create("a")
	got, err := other.Get(b.ctx, e.Key, task.WithPayload)
	if b.ok(err); got.Version != e.Version || string(got.Payload) != "payload a" {
		b.Errorf("the other process got %+v", got)
	}
	_, err = other.Update(b.ctx, task.Change{Key: e.Key, Version: e.Version, State: []byte("2")})
	b.ok(err)
	_, err = b.store.Update(b.ctx, task.Change{Key: e.Key, Version: e.Version, State: []byte("3")})
	b.is(err, task.ErrConflict)
	if other.Durable() != b.store.Durable() || b.store.Durable() == b.h.Shared {
		b.Error("Durable is not what the harness says")
	}
}

func othersAreWoken(b *bench) {
	other := b.open()
	claimed := make(chan error, 1)
	go func() {
		_, err := other.Claim(b.soon(), []string{"k"}, b.h.Unit)
		claimed <- err
	}()
	e := b.create("a")
	b.ok(<-claimed)
	begun, watched := make(chan struct{}), make(chan error, 1)
	go func() { watched <- follow(b.soon(), other, e.Key, begun) }()
	<-begun
	b.update(e, "end", terminal)
	b.ok(<-watched)
}

func othersTakeOver(b *bench) {
	other := b.open()
	b.create("a")
	c, err := other.Claim(b.soon(), []string{"k"}, b.h.Unit)
	b.ok(err)
	b.ok(other.Close())
	b.idle()
	if next := b.claims("a"); next.Attempt() <= c.Attempt() {
		b.Errorf("attempt %d after %d", next.Attempt(), c.Attempt())
	}
}

func entriesSurvive(b *bench) {
	done := b.update(b.create("done"), "end", terminal, func(c *task.Change) { c.Result = []byte("result") })
	b.create("held")
	held := b.claims("held")
	for i := range 3 {
		b.create(fmt.Sprint("queued", i))
	}
	b.ok(b.store.Close())

	b.store = b.open()
	got, err := b.store.Get(b.ctx, done.Key, task.WithPayload|task.WithResult)
	if b.ok(err); !got.Terminal || string(got.Result) != "result" || string(got.Payload) != "payload done" {
		b.Errorf("Get returned %+v", got)
	}
	for i := range 3 {
		b.claims(fmt.Sprint("queued", i))
	}
	b.pass(1)
	for c := b.claim(); ; c = b.claim() {
		if c.Entry().ID != "held" {
			continue
		}
		if c.Attempt() <= held.Attempt() {
			b.Errorf("attempt %d after %d", c.Attempt(), held.Attempt())
		}
		return
	}
}

func isConflict(err error) bool { return errors.Is(err, task.ErrConflict) }

// contextEnded is a context that is over.
func contextEnded(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	cancel()
	return ctx, cancel
}
