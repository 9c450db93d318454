package storetest

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
)

// records are the rules of entries as such.
var records = []rule{
	{name: "CreateIsSeen", test: createIsSeen,
		sentence: "when Create returns, every Get finds the entry with its large parts as asked for"},
	{name: "CreateTwice", test: createTwice,
		sentence: "Create and CreateClaimed return ErrExists if the key is taken"},
	{name: "KeyHasOwner", test: keyHasOwner,
		sentence: "an entry is found by owner and id together; another owner finds nothing"},
	{name: "UpdateComparesVersions", test: updateComparesVersions,
		sentence: "Update takes a change of the newest version only, and versions grow"},
	{name: "UpdateRefusesTerminal", test: updateRefusesTerminal,
		sentence: "a terminal entry never changes again, whatever the version"},
	{name: "OneUpdateWins", test: oneUpdateWins,
		sentence: "of many updates of one version, exactly one succeeds"},
	{name: "ResultStays", test: resultStays,
		sentence: "a nil Result leaves the result as it is; it is loaded only when asked for"},
	{name: "LargeParts", test: largeParts,
		sentence: "payload and result may have megabytes, the state half of one, and all bytes come back as they were"},
	{name: "ExpiredIsGone", test: expiredIsGone,
		sentence: "an entry that has expired does not exist, and its key is free"},
	{name: "SweepReclaims", test: sweepReclaims,
		sentence: "Sweep removes what has expired and nothing else"},
	{name: "ListPages", test: listPages,
		sentence: "List returns one owner's entries, the oldest first, page by page, or everybody's"},
	{name: "TimeIsTheStores", test: timeIsTheStores,
		sentence: "Expires is Created plus TTL, and Now and Updated advance on the same clock"},
	{name: "ContextEnds", test: contextEnds,
		sentence: "a method returns once its context has ended"},
	{name: "CloseEndsEverything", test: closeEnds,
		sentence: "Close ends waiting calls with ErrClosed, later calls too, and closing twice is safe"},
}

func createIsSeen(b *bench) {
	e := b.create("a")
	if e.Payload != nil || string(e.State) != "state a" || e.Kind != "k" || e.Terminal {
		b.Errorf("Create returned %+v", e)
	}
	for parts, want := range map[task.Parts]string{0: "", task.WithPayload: "payload a", task.WithResult: ""} {
		got, err := b.store.Get(b.ctx, e.Key, parts)
		b.ok(err)
		if string(got.Payload) != want || got.Result != nil || string(got.State) != "state a" {
			b.Errorf("Get with parts %d returned %+v", parts, got)
		}
		if got.Version != e.Version || !got.Created.Equal(e.Created) || !got.Expires.Equal(e.Expires) {
			b.Errorf("Get returned %+v, Create %+v", got, e)
		}
	}
}

func createTwice(b *bench) {
	b.create("a")
	_, err := b.store.Create(b.ctx, entry("a"))
	b.is(err, task.ErrExists)
	_, err = b.store.CreateClaimed(b.ctx, entry("a"), b.h.Unit)
	b.is(err, task.ErrExists)
}

func keyHasOwner(b *bench) {
	e := b.create("a")
	other := task.Key{Owner: "bob", ID: "a"}
	_, err := b.store.Get(b.ctx, other, 0)
	b.is(err, task.ErrNotFound)
	_, err = b.store.Update(b.ctx, task.Change{Key: other, Version: e.Version})
	b.is(err, task.ErrNotFound)
	for _, err := range b.store.Watch(b.soon(), other) {
		b.is(err, task.ErrNotFound)
	}
	_, err = b.store.Get(b.ctx, task.Key{Owner: "ann", ID: "b"}, 0)
	b.is(err, task.ErrNotFound)
}

func updateComparesVersions(b *bench) {
	first := b.create("a")
	second := b.update(first, "2")
	if second.Version <= first.Version || string(second.State) != "2" {
		b.Errorf("version went from %d to %d, state %q", first.Version, second.Version, second.State)
	}
	for _, version := range []uint64{first.Version, second.Version + 1000} {
		_, err := b.store.Update(b.ctx, task.Change{Key: first.Key, Version: version, State: []byte("3")})
		b.is(err, task.ErrConflict)
	}
	got, err := b.store.Get(b.ctx, first.Key, task.WithPayload)
	b.ok(err)
	if got.Version != second.Version || string(got.State) != "2" || string(got.Payload) != "payload a" {
		b.Errorf("Get returned %+v", got)
	}
}

func updateRefusesTerminal(b *bench) {
	first := b.create("a")
	last := b.update(first, "end", terminal)
	for _, version := range []uint64{first.Version, last.Version} {
		_, err := b.store.Update(b.ctx, task.Change{Key: first.Key, Version: version, State: []byte("more"), Ready: true})
		b.is(err, task.ErrTerminal)
	}
	got, err := b.store.Get(b.ctx, first.Key, 0)
	b.ok(err)
	if !got.Terminal || string(got.State) != "end" {
		b.Errorf("Get returned %+v", got)
	}
}

func oneUpdateWins(b *bench) {
	e := b.create("a")
	var wins atomic.Int32
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			_, err := b.store.Update(b.ctx, task.Change{Key: e.Key, Version: e.Version, State: fmt.Append(nil, i)})
			if err == nil {
				wins.Add(1)
			} else if !isConflict(err) {
				b.Error(err)
			}
		})
	}
	all.Wait()
	if n := wins.Load(); n != 1 {
		b.Errorf("%d updates of one version succeeded, want 1", n)
	}
}

func resultStays(b *bench) {
	e := b.create("a")
	e = b.update(e, "1", func(c *task.Change) { c.Result = []byte("result") })
	if e.Result != nil {
		b.Errorf("Update returned the result %q", e.Result)
	}
	e = b.update(e, "2", terminal)
	got, err := b.store.Get(b.ctx, e.Key, task.WithResult)
	b.ok(err)
	if string(got.Result) != "result" || got.Payload != nil {
		b.Errorf("Get returned %+v", got)
	}
}

func largeParts(b *bench) {
	state, payload, result := noise(512<<10), noise(4<<20), noise(8<<20)
	e := b.create("a", func(n *task.NewEntry) { n.State, n.Payload = state, payload })
	c := b.claim()
	if !bytes.Equal(c.Entry().Payload, payload) {
		b.Error("the payload of the claim differs")
	}
	b.update(e, string(state), terminal, func(c *task.Change) { c.Result = result })
	got, err := b.store.Get(b.ctx, e.Key, task.WithPayload|task.WithResult)
	b.ok(err)
	if !bytes.Equal(got.State, state) || !bytes.Equal(got.Payload, payload) || !bytes.Equal(got.Result, result) {
		b.Error("what came back differs")
	}
}

// noise is bytes of every value.
func noise(n int) []byte {
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(i * (i >> 8))
	}
	return data
}

func expiredIsGone(b *bench) {
	e := b.create("a", lasting(b.h.Unit))
	held, err := b.store.CreateClaimed(b.ctx, func() task.NewEntry { n := entry("b"); n.TTL = b.h.Unit; return n }(), b.h.Unit)
	b.ok(err)
	b.pass(1)
	for _, key := range []task.Key{e.Key, held.Entry().Key} {
		_, err := b.store.Get(b.ctx, key, 0)
		b.is(err, task.ErrNotFound)
		_, err = b.store.Update(b.ctx, task.Change{Key: key, Version: e.Version})
		b.is(err, task.ErrNotFound)
	}
	b.idle()
	if entries, err := b.store.List(b.ctx, task.Query{All: true, Limit: 10}); err != nil || len(entries) != 0 {
		b.Errorf("List returned %v, %v", entries, err)
	}
	b.create("a")
	b.claims("a")
}

func sweepReclaims(b *bench) {
	for i := range 20 {
		b.create(fmt.Sprint("old", i), lasting(b.h.Unit))
	}
	b.create("young")
	b.pass(1)
	_, err := b.store.Sweep(b.ctx)
	b.ok(err)
	n, err := b.store.Sweep(b.ctx)
	if b.ok(err); n != 0 {
		b.Errorf("a second sweep removed %d", n)
	}
	b.claims("young")
}

func listPages(b *bench) {
	var want []string
	for i := range 7 {
		id := fmt.Sprintf("t%d", 9-i) // not in the order of ids
		b.create(id)
		b.create(id+"x", owned("bob"))
		want = append(want, id)
		time.Sleep(b.h.Unit / 20)
	}
	var got []string
	after := ""
	for {
		page, err := b.store.List(b.ctx, task.Query{Owner: "ann", After: after, Limit: 3})
		b.ok(err)
		for _, e := range page {
			got = append(got, e.ID)
		}
		if len(page) < 3 {
			break
		}
		after = page[len(page)-1].ID
	}
	if !slices.Equal(got, want) {
		b.Errorf("pages have %v, want %v", got, want)
	}
	all, err := b.store.List(b.ctx, task.Query{All: true, Limit: 100})
	if b.ok(err); len(all) != 14 {
		b.Errorf("List of all owners returned %d entries, want 14", len(all))
	}
}

func timeIsTheStores(b *bench) {
	e := b.create("a")
	if got := e.Expires.Sub(e.Created); got != time.Hour {
		b.Errorf("lasts %v, want 1h", got)
	}
	if e.Now.Before(e.Created) || !e.Updated.Equal(e.Created) {
		b.Errorf("created %v, updated %v, now %v", e.Created, e.Updated, e.Now)
	}
	b.pass(1)
	later := b.update(e, "2")
	if passed := later.Updated.Sub(e.Created); passed < b.h.Unit || passed > time.Minute {
		b.Errorf("updated %v later, want about %v", passed, b.h.Unit)
	}
	if !later.Created.Equal(e.Created) || !later.Expires.Equal(e.Expires) || later.Now.Before(later.Updated) {
		b.Errorf("was %+v, is %+v", e, later)
	}
}

func contextEnds(b *bench) {
	e := b.create("a", kind("other"))
	ctx, cancel := contextEnded(b.ctx)
	defer cancel()
	for name, call := range map[string]func() error{
		"Create": func() error { _, err := b.store.Create(ctx, entry("b")); return err },
		"Get":    func() error { _, err := b.store.Get(ctx, e.Key, 0); return err },
		"Claim":  func() error { _, err := b.store.Claim(ctx, []string{"k"}, b.h.Unit); return err },
		"List":   func() error { _, err := b.store.List(ctx, task.Query{All: true, Limit: 1}); return err },
	} {
		if call() == nil {
			b.Errorf("%s succeeded with a context that had ended", name)
		}
	}
	for _, err := range b.store.Watch(ctx, e.Key) {
		if err != nil {
			return
		}
	}
	b.Error("Watch ended without an error")
}

func closeEnds(b *bench) {
	e := b.create("a", kind("other"))
	claimed, watched := make(chan error, 1), make(chan error, 1)
	seen := make(chan struct{})
	go func() {
		_, err := b.store.Claim(b.soon(), []string{"k"}, b.h.Unit)
		claimed <- err
	}()
	go func() {
		for _, err := range b.store.Watch(b.soon(), e.Key) {
			if err != nil {
				watched <- err
				return
			}
			close(seen)
		}
	}()
	<-seen
	b.ok(b.store.Close())
	b.is(<-claimed, task.ErrClosed)
	b.is(<-watched, task.ErrClosed)
	_, err := b.store.Get(b.ctx, e.Key, 0)
	b.is(err, task.ErrClosed)
	_, err = b.store.Create(b.ctx, entry("b"))
	b.is(err, task.ErrClosed)
	b.ok(b.store.Close())
}
