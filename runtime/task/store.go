package task

import (
	"context"
	"iter"
	"time"
)

// A Store keeps tasks for one or many processes. It keeps bytes, compares
// versions, wakes those who wait, and lends work; all rules about tasks are the
// Manager's, and no driver has to know any of them. Package storetest is this
// contract as tests.
//
// Of every method:
//
//   - It may be called by many goroutines at once, and many processes may use
//     the same data. What one call has returned, all later calls see, in every
//     process.
//   - It returns soon after its context has ended. An error other than those of
//     this package says that the outcome is unknown: the caller may do it again.
//     A Store does not retry by itself.
//   - Bytes are the caller's secret: they are neither read nor logged. A slice
//     that went in or came out is not modified by either side afterwards.
//   - Time is the store's. Durations go in, instants come out, and processes
//     whose clocks differ agree on what has expired and whose lease is over.
//   - An entry whose Expires has passed does not exist, whether or not its space
//     has been reclaimed.
type Store interface {
	// Create keeps an entry and puts it in the queue. When it returns nil, the
	// entry survives what the store promises to survive, every Get finds it, and
	// a Claim will. It returns ErrExists if the key is taken, and ErrFull if there
	// is no room. An entry is never seen without being queued.
	Create(ctx context.Context, n NewEntry) (Entry, error)

	// CreateClaimed is Create for work that the caller has begun: instead of
	// being queued, the entry is claimed for the lease, with attempt 0. Once the
	// lease is over, it is claimed like any other.
	CreateClaimed(ctx context.Context, n NewEntry, lease time.Duration) (Claim, error)

	// Get returns the newest version of an entry, with those of its large parts
	// that are asked for, or ErrNotFound.
	Get(ctx context.Context, key Key, parts Parts) (Entry, error)

	// Update replaces the state of an entry if c.Version is its newest version,
	// and wakes its watchers. The entry it returns has no large parts. Otherwise
	// it returns ErrConflict, ErrTerminal if the entry is terminal, whatever the
	// version, or ErrNotFound; ErrFull changes nothing.
	//
	// With c.Ready the entry is also put in the queue anew, and whoever still
	// holds a claim has lost it. That is one step: no crash leaves the change
	// without the queueing. A store that cannot do both at once queues first; to
	// claim an entry that did not change after all does no harm.
	Update(ctx context.Context, c Change) (Entry, error)

	// List returns entries without large parts, the oldest first, beginning
	// after the one whose id is q.After, at most q.Limit of them. Entries made
	// meanwhile may be missing. An After that no longer exists still works if
	// the store can tell where it was, and else is ErrNotFound.
	List(ctx context.Context, q Query) ([]Entry, error)

	// Watch yields the entry as it is, without large parts, and then the newest
	// version after each change. It may skip versions if the loop is slow, but
	// never the last one, and it never goes back. It ends with an error: ErrNotFound
	// once the entry is gone (an entry that expired may take until it is swept),
	// the context's, or the store's trouble. It costs a worker nothing to be
	// watched, and a process may watch ten thousand entries.
	Watch(ctx context.Context, key Key) iter.Seq2[Entry, error]

	// Claim waits until an entry of one of these kinds is ready, and lends it for
	// the lease, the payload included. No one else is given it until the lease
	// has passed since the claim or its last Extend, or until the claim is
	// released; then it is ready again. Waiting costs next to nothing, and a
	// waiting Claim is woken by what becomes ready in any process.
	//
	// Claims are fair between owners: an owner with one ready entry waits for at
	// most one entry of each other owner, however many those have. A store that
	// shares a queue among some owners counts them as one. Of one owner's
	// entries, the one that has been ready longest comes first.
	//
	// Terminal entries are not lent. When the context ends, nothing has been lent
	// that is not returned, or it is given back soon.
	Claim(ctx context.Context, kinds []string, lease time.Duration) (Claim, error)

	// Sweep reclaims the space of entries that have expired, and returns how many
	// it found. It may be called by all processes at once. A store whose engine
	// does that by itself does nothing.
	Sweep(ctx context.Context) (int, error)

	// Durable reports whether entries outlive the process, so that another one
	// can go on with them.
	Durable() bool

	// Close ends all waiting calls with ErrClosed and frees what the store holds
	// in this process. Leases that were held here are left to expire. Closing
	// twice is safe.
	Close() error
}

// A Claim is one worker's loan of an entry. Engines can tell late, or never, that
// a claim was lost: a nil error of these methods is no proof of holding it. The
// proof is an Update, because each claimant first writes its Attempt into the
// state and later only changes states that have it.
type Claim interface {
	// Entry is the entry as it was when it was claimed, with its payload.
	Entry() Entry

	// Attempt is greater than that of every earlier claim of the entry, in any
	// process. It need not be the next number.
	Attempt() uint64

	// Extend lets the lease begin anew. It returns ErrLost if that is known to be
	// too late.
	Extend(ctx context.Context) error

	// Release ends the claim and puts the entry back, to be ready after a delay.
	// It does nothing if the claim is lost.
	Release(ctx context.Context, after time.Duration) error

	// Done ends the claim and takes the entry off the queue, where only an Update
	// with Ready puts it back. It does nothing if the claim is lost; in
	// particular, an entry that was made ready after this claim stays queued.
	Done(ctx context.Context) error
}

// A Key finds an entry. The owner is part of it, so that a wrong owner finds
// nothing, and so that a store can keep one owner's entries together.
type Key struct{ Owner, ID string }

// An Entry is what a store knows of a task.
type Entry struct {
	Key
	Kind     string
	Version  uint64 // grows with each Update, not necessarily by one
	Terminal bool
	Created  time.Time
	Updated  time.Time // of the last Update, or Created
	Expires  time.Time
	Now      time.Time // the store's clock when it made this Entry

	State   []byte // small and often replaced
	Payload []byte // maybe large, never changes
	Result  []byte // maybe large, written once
}

// A NewEntry is an entry to be created.
type NewEntry struct {
	Key
	Kind    string
	TTL     time.Duration // from now to Expires
	State   []byte
	Payload []byte
}

// A Change is the next version of an entry.
type Change struct {
	Key
	Version  uint64 // that it is based on
	State    []byte
	Result   []byte // nil leaves it as it is
	Terminal bool   // the entry never changes again and is off the queue
	Ready    bool   // the entry is to be claimed anew
}

// A Query selects entries to be listed.
type Query struct {
	Owner string
	All   bool // of all owners, for operators
	After string
	Limit int // greater than 0
}

// Parts are the large parts of an entry, which are only loaded when needed.
type Parts uint8

const (
	WithPayload Parts = 1 << iota
	WithResult
)
