package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/mcpgen/mcpgen/runtime/task"
)

// watching are the rules of Watch.
var watching = []rule{
	{name: "WatchBeginsWithNow", test: watchBeginsWithNow,
		sentence: "Watch first yields the entry as it is, also a terminal one"},
	{name: "WatchSeesTheLast", test: watchSeesTheLast,
		sentence: "Watch may skip versions, but never goes back and never misses the last"},
	{name: "SlowWatchersHinderNobody", test: slowWatchers,
		sentence: "a loop that does not go on keeps nobody from changing the entry"},
	{name: "WatchEndsWithTheEntry", test: watchEnds,
		sentence: "Watch ends with ErrNotFound once an expired entry is swept"},
	{name: "ManyWatchers", test: manyWatchers,
		sentence: "all watchers of an entry learn of its end"},
}

func watchBeginsWithNow(b *bench) {
	e := b.update(b.create("a"), "end", terminal, func(c *task.Change) { c.Result = []byte("r") })
	for got, err := range b.store.Watch(b.soon(), e.Key) {
		b.ok(err)
		if got.Version != e.Version || string(got.State) != "end" || !got.Terminal || got.Result != nil {
			b.Errorf("Watch yielded %+v", got)
		}
		break
	}
}

func watchSeesTheLast(b *bench) {
	e := b.create("a")
	begun, last := make(chan struct{}), make(chan error, 1)
	go func() { last <- follow(b.soon(), b.store, e.Key, begun) }()
	<-begun
	for i := range 200 {
		e = b.update(e, fmt.Sprint(i))
	}
	b.update(e, "end", terminal)
	b.ok(<-last)
}

// follow watches until an entry is terminal, and tells when it has begun.
func follow(ctx context.Context, s task.Store, key task.Key, begun chan<- struct{}) error {
	var version uint64
	for e, err := range s.Watch(ctx, key) {
		switch {
		case err != nil:
			return err
		case e.Version <= version:
			return fmt.Errorf("version %d after %d", e.Version, version)
		case e.Terminal:
			return nil
		case version == 0:
			close(begun)
		}
		version = e.Version
	}
	return errors.New("watch ended without an error")
}

func slowWatchers(b *bench) {
	e := b.create("a")
	for _, err := range b.store.Watch(b.soon(), e.Key) {
		b.ok(err)
		for i := range 50 {
			e = b.update(e, fmt.Sprint(i))
		}
		b.update(e, "end", terminal)
		break
	}
	got, err := b.store.Get(b.ctx, e.Key, 0)
	if b.ok(err); string(got.State) != "end" {
		b.Errorf("state is %q", got.State)
	}
}

func watchEnds(b *bench) {
	e := b.create("a", lasting(2*b.h.Unit))
	begun, ended := make(chan struct{}), make(chan error, 1)
	go func() { ended <- follow(b.soon(), b.store, e.Key, begun) }()
	<-begun
	b.pass(2)
	_, err := b.store.Sweep(b.ctx)
	b.ok(err)
	b.is(<-ended, task.ErrNotFound)
}

func manyWatchers(b *bench) {
	e := b.create("a")
	var all sync.WaitGroup
	for range 100 {
		begun := make(chan struct{})
		all.Go(func() {
			if err := follow(b.soon(), b.store, e.Key, begun); err != nil {
				b.Error(err)
			}
		})
		<-begun
	}
	b.update(b.update(e, "1"), "end", terminal)
	all.Wait()
}
