package storetest

import (
	"context"
	"fmt"
	"sync"

	"github.com/mcpgen/mcpgen/runtime/task"
)

// leasing are the rules of claims.
var leasing = []rule{
	{name: "ClaimGivesTheOldest", test: claimGivesTheOldest,
		sentence: "of one owner's entries, the one that has been ready longest is lent first, with its payload"},
	{name: "ClaimWaits", test: claimWaits,
		sentence: "a waiting Claim is woken by what becomes ready"},
	{name: "ClaimKeepsToKinds", test: claimKeepsToKinds,
		sentence: "Claim lends entries of the kinds it was given, and leaves others to others"},
	{name: "ClaimIsExclusive", test: claimIsExclusive,
		sentence: "no one else is lent an entry during a lease"},
	{name: "LeaseEnds", test: leaseEnds,
		sentence: "an entry is ready again when its lease is over, and attempts grow"},
	{name: "ExtendKeepsTheLease", test: extendKeeps,
		sentence: "Extend lets the lease begin anew"},
	{name: "LostClaimsDoNothing", test: lostClaims,
		sentence: "Release and Done of a lost claim do nothing"},
	{name: "ReleaseGivesBack", test: releaseGivesBack,
		sentence: "a released entry is ready at once, or after its delay and not before"},
	{name: "DoneIsOffTheQueue", test: doneIsOff,
		sentence: "after Done, only Update with Ready puts an entry back"},
	{name: "ReadyQueuesAnew", test: readyQueues,
		sentence: "Update with Ready queues the entry, and Done of the claim before does not undo that"},
	{name: "TerminalIsNotLent", test: terminalIsNotLent,
		sentence: "terminal entries are not lent, neither from the queue nor after a lease"},
	{name: "CreateClaimedIsHeld", test: createClaimed,
		sentence: "CreateClaimed queues nothing until its lease is over; its attempt is 0"},
	{name: "OwnersTakeTurns", test: ownersTakeTurns,
		sentence: "an owner with one ready entry waits for at most one of each other owner"},
	{name: "EachIsLentOnce", test: eachIsLentOnce,
		sentence: "many workers get every entry, and no entry twice"},
}

func claimGivesTheOldest(b *bench) {
	for _, id := range []string{"c", "a", "b"} {
		b.create(id)
	}
	for _, id := range []string{"c", "a", "b"} {
		c := b.claims(id)
		if got := string(c.Entry().Payload); got != "payload "+id {
			b.Errorf("payload %q", got)
		}
		if got := string(c.Entry().State); got != "state "+id {
			b.Errorf("state %q", got)
		}
	}
	b.idle()
}

func claimWaits(b *bench) {
	got := make(chan string, 1)
	go func() {
		if c, err := b.store.Claim(b.soon(), []string{"k"}, b.h.Unit); err == nil {
			got <- c.Entry().ID
		}
		close(got)
	}()
	b.idleFor(got)
	b.create("a")
	if id := <-got; id != "a" {
		b.Errorf("claimed %q, want a", id)
	}
}

// idleFor checks that nothing comes for a moment.
func (b *bench) idleFor(got <-chan string) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, b.h.Unit/4)
	defer cancel()
	select {
	case id := <-got:
		b.Fatalf("claimed %q of an empty store", id)
	case <-ctx.Done():
	}
}

func claimKeepsToKinds(b *bench) {
	b.create("a", kind("new"))
	b.idle()
	b.create("b")
	b.claims("b")
	c, err := b.store.Claim(b.soon(), []string{"k", "new"}, b.h.Unit)
	if b.ok(err); c.Entry().ID != "a" || c.Entry().Kind != "new" {
		b.Errorf("claimed %+v", c.Entry())
	}
}

func claimIsExclusive(b *bench) {
	b.create("a")
	b.claims("a")
	b.idle()
}

func leaseEnds(b *bench) {
	b.create("a")
	first := b.claims("a")
	b.pass(1)
	second := b.claims("a")
	b.pass(1)
	third := b.claims("a")
	if !(0 < first.Attempt() && first.Attempt() < second.Attempt() && second.Attempt() < third.Attempt()) {
		b.Errorf("attempts are %d, %d, %d", first.Attempt(), second.Attempt(), third.Attempt())
	}
}

func extendKeeps(b *bench) {
	b.create("a")
	c := b.claims("a")
	for range 6 {
		b.idle()
		b.ok(c.Extend(b.ctx))
	}
	b.pass(1)
	b.claims("a")
}

func lostClaims(b *bench) {
	b.create("a")
	lost := b.claims("a")
	b.pass(1)
	held := b.claims("a")
	b.ok(lost.Release(b.ctx, 0))
	b.ok(lost.Done(b.ctx))
	b.idle()
	b.ok(held.Release(b.ctx, 0))
	b.claims("a")
}

func releaseGivesBack(b *bench) {
	b.create("a")
	b.ok(b.claims("a").Release(b.ctx, 0))
	b.ok(b.claims("a").Release(b.ctx, b.h.Unit))
	b.idle()
	b.pass(1)
	b.claims("a")
}

func doneIsOff(b *bench) {
	e := b.create("a")
	b.ok(b.claims("a").Done(b.ctx))
	b.pass(1)
	b.idle()
	e = b.update(e, "parked")
	b.idle()
	b.update(e, "ready", ready)
	if got := string(b.claims("a").Entry().State); got != "ready" {
		b.Errorf("state %q", got)
	}
}

func readyQueues(b *bench) {
	e := b.create("a")
	first := b.claims("a")
	b.update(e, "ready", ready)
	b.ok(first.Done(b.ctx))
	second := b.claims("a")
	if second.Attempt() <= first.Attempt() {
		b.Errorf("attempt %d after %d", second.Attempt(), first.Attempt())
	}
	b.idle()
}

func terminalIsNotLent(b *bench) {
	b.update(b.create("a"), "end", terminal)
	b.idle()
	e := b.create("b")
	b.claims("b")
	b.update(e, "end", terminal)
	b.pass(1)
	b.idle()
}

func createClaimed(b *bench) {
	c, err := b.store.CreateClaimed(b.ctx, entry("a"), b.h.Unit)
	b.ok(err)
	if c.Attempt() != 0 || c.Entry().ID != "a" {
		b.Errorf("attempt %d of %+v", c.Attempt(), c.Entry())
	}
	got, err := b.store.Get(b.ctx, c.Entry().Key, task.WithPayload)
	if b.ok(err); string(got.Payload) != "payload a" || got.Version != c.Entry().Version {
		b.Errorf("Get returned %+v", got)
	}
	b.idle()
	b.ok(c.Extend(b.ctx))
	b.idle()
	b.pass(1)
	if next := b.claims("a"); next.Attempt() == 0 {
		b.Error("the next attempt is 0 too")
	}
}

func ownersTakeTurns(b *bench) {
	for i := range 20 {
		b.create(fmt.Sprint("many", i), owned("crowd"))
	}
	b.create("x", owned("ann"))
	b.create("y", owned("bob"))
	waits := map[string]int{}
	for i := range 5 {
		c := b.claim()
		if _, ok := waits[c.Entry().Owner]; !ok {
			waits[c.Entry().Owner] = i
		}
	}
	for _, owner := range []string{"ann", "bob"} {
		if n, ok := waits[owner]; !ok || n > 2 {
			b.Errorf("%s waited for %d claims (claimed: %t), want at most 2", owner, n, ok)
		}
	}
}

func eachIsLentOnce(b *bench) {
	const n = 200
	var mu sync.Mutex
	lent := map[string]int{}
	ctx, cancel := context.WithCancel(b.soon())
	defer cancel()
	var workers sync.WaitGroup
	for range 8 {
		workers.Go(func() {
			for {
				c, err := b.store.Claim(ctx, []string{"k"}, 100*b.h.Unit)
				if err != nil {
					return
				}
				mu.Lock()
				lent[c.Entry().ID]++
				if len(lent) == n {
					cancel()
				}
				mu.Unlock()
			}
		})
	}
	for i := range n {
		b.create(fmt.Sprint(i), owned(fmt.Sprint("owner", i%7)))
	}
	workers.Wait()
	for id, times := range lent {
		if times != 1 {
			b.Errorf("%s was lent %d times", id, times)
		}
	}
	if len(lent) != n {
		b.Errorf("%d of %d were lent", len(lent), n)
	}
}
