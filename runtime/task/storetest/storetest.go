// Package storetest is the contract of [task.Store] as tests. A driver's test is
// one call:
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, storetest.Harness{
//			New:  func(t *testing.T) func() task.Store { … },
//			Unit: 100 * time.Millisecond,
//		})
//	}
package storetest

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
)

// A Harness makes stores to be tested and declares what they can do.
type Harness struct {
	// New makes an empty place for data and returns a function that opens it.
	// Each store that it opens stands for one more process; the suite closes it.
	New func(t *testing.T) (open func() task.Store)

	// Unit is a duration that is long for the store and short for whoever waits
	// for the tests: leases of one unit do not end by accident.
	Unit time.Duration

	// Bubble runs each test in a bubble of [synctest], for stores that wait for
	// nothing outside of the process. Time costs nothing there.
	Bubble bool

	// Shared says that all stores that are opened are one in the same memory,
	// so that closing one closes all, and nothing survives that.
	Shared bool
}

// Run tests a store against every rule of the contract.
func Run(t *testing.T, h Harness) {
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			if h.Shared && r.reopens {
				t.Skip("nothing outlives this store")
			}
			if !h.Bubble {
				t.Parallel()
				r.run(t, h)
				return
			}
			synctest.Test(t, func(t *testing.T) { r.run(t, h) })
		})
	}
}

// A rule is a sentence of the contract and its test.
type rule struct {
	name     string
	sentence string // logged if the test fails
	test     func(*bench)
	reopens  bool
}

func (r rule) run(t *testing.T, h Harness) {
	defer func() {
		if t.Failed() {
			t.Logf("the rule is: %s", r.sentence)
		}
	}()
	r.test(newBench(t, h))
}

// rules are all there are; each file of this package has its part.
var rules = join(records, watching, leasing, sharing)

func join(parts ...[]rule) (all []rule) {
	for _, part := range parts {
		all = append(all, part...)
	}
	return all
}

// A bench is what one test works with.
type bench struct {
	*testing.T
	h     Harness
	store task.Store
	open  func() task.Store
	ctx   context.Context
}

func newBench(t *testing.T, h Harness) *bench {
	b := &bench{T: t, h: h, ctx: t.Context()}
	open := h.New(t)
	b.open = func() task.Store {
		s := open()
		t.Cleanup(func() { s.Close() })
		return s
	}
	b.store = b.open()
	return b
}

// pass lets units of time pass, and a little more.
func (b *bench) pass(units int) {
	time.Sleep(time.Duration(units)*b.h.Unit + b.h.Unit/4)
}

// soon is a context for what has to happen before a unit is over; it bounds tests
// that would wait forever.
func (b *bench) soon() context.Context {
	ctx, cancel := context.WithTimeout(b.ctx, 10*b.h.Unit)
	b.Cleanup(cancel)
	return ctx
}

// entry is a new entry with this id.
func entry(id string) task.NewEntry {
	return task.NewEntry{
		Key: task.Key{Owner: "ann", ID: id}, Kind: "k", TTL: time.Hour,
		State: []byte("state " + id), Payload: []byte("payload " + id),
	}
}

// create makes an entry, with changes to it.
func (b *bench) create(id string, edits ...func(*task.NewEntry)) task.Entry {
	b.Helper()
	n := entry(id)
	for _, edit := range edits {
		edit(&n)
	}
	e, err := b.store.Create(b.ctx, n)
	b.ok(err)
	return e
}

// owned changes the owner of a new entry, kind its kind, lasting its life.
func owned(owner string) func(*task.NewEntry) { return func(n *task.NewEntry) { n.Owner = owner } }
func kind(kind string) func(*task.NewEntry)   { return func(n *task.NewEntry) { n.Kind = kind } }
func lasting(ttl time.Duration) func(*task.NewEntry) {
	return func(n *task.NewEntry) { n.TTL = ttl }
}

// update writes a state.
func (b *bench) update(e task.Entry, state string, edits ...func(*task.Change)) task.Entry {
	b.Helper()
	c := task.Change{Key: e.Key, Version: e.Version, State: []byte(state)}
	for _, edit := range edits {
		edit(&c)
	}
	e, err := b.store.Update(b.ctx, c)
	b.ok(err)
	return e
}

func terminal(c *task.Change) { c.Terminal = true }
func ready(c *task.Change)    { c.Ready = true }

// claim claims an entry of kind k that has to be there.
func (b *bench) claim() task.Claim {
	b.Helper()
	c, err := b.store.Claim(b.soon(), []string{"k"}, b.h.Unit)
	b.ok(err)
	return c
}

// claims claims the entry with this id.
func (b *bench) claims(id string) task.Claim {
	b.Helper()
	c := b.claim()
	if got := c.Entry().ID; got != id {
		b.Fatalf("claimed %s, want %s", got, id)
	}
	return c
}

// idle checks that there is nothing to claim for half a unit.
func (b *bench) idle() {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, b.h.Unit/2)
	defer cancel()
	if c, err := b.store.Claim(ctx, []string{"k"}, b.h.Unit); err == nil {
		b.Fatalf("claimed %s, want nothing", c.Entry().ID)
	}
}

func (b *bench) ok(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// is checks an error.
func (b *bench) is(got, want error) {
	b.Helper()
	if !errors.Is(got, want) {
		b.Fatalf("error %v, want %v", got, want)
	}
}
