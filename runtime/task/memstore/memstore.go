// Package memstore keeps tasks in the memory of one process. It is what a server
// has that was not told of another store: nothing to install, and nothing left of
// the tasks when the process ends.
package memstore

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
)

// Options limit a store. The zero value of each field stands for the default.
type Options struct {
	// MaxTasks is how many tasks there may be, 100,000, those that have ended
	// but not expired included.
	MaxTasks int

	// MaxBytes is how much arguments, results and states may take, 256 MiB.
	MaxBytes int64

	// Now is the store's clock, [time.Now]. Only its readings are the clock's;
	// durations are measured by the runtime.
	Now func() time.Time
}

// A Store is a [task.Store] in memory. Several Managers of one process may share
// it.
type Store struct {
	o Options

	mu     sync.Mutex
	rows   map[task.Key]*row
	bytes  int64
	expiry expiries
	ready  queue
	wake   chan struct{} // closed when something is ready, or the store is closed
	closed bool
}

var _ task.Store = (*Store)(nil)

// New returns an empty store.
func New(o Options) *Store {
	o.MaxTasks = cmp.Or(o.MaxTasks, 100_000)
	o.MaxBytes = cmp.Or(o.MaxBytes, 256<<20)
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Store{o: o, rows: make(map[task.Key]*row), ready: newQueue(), wake: make(chan struct{})}
}

// Create implements [task.Store].
func (s *Store) Create(ctx context.Context, n task.NewEntry) (task.Entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, err := s.insert(ctx, n)
	if err != nil {
		return task.Entry{}, err
	}
	s.enqueue(r)
	return s.entry(r, 0), nil
}

// CreateClaimed implements [task.Store].
func (s *Store) CreateClaimed(ctx context.Context, n task.NewEntry, lease time.Duration) (task.Claim, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, err := s.insert(ctx, n)
	if err != nil {
		return nil, err
	}
	return s.lend(r, lease), nil
}

// insert adds a row, making room if necessary.
func (s *Store) insert(ctx context.Context, n task.NewEntry) (*row, error) {
	if err := s.usable(ctx); err != nil {
		return nil, err
	}
	if _, err := s.find(n.Key); err == nil {
		return nil, task.ErrExists
	}
	size := int64(len(n.State) + len(n.Payload))
	if len(s.rows) >= s.o.MaxTasks || s.bytes+size > s.o.MaxBytes {
		s.sweep()
	}
	if len(s.rows) >= s.o.MaxTasks || s.bytes+size > s.o.MaxBytes {
		return nil, task.ErrFull
	}
	if old := s.rows[n.Key]; old != nil {
		s.remove(old)
	}
	now := s.o.Now()
	r := &row{
		Entry: task.Entry{
			Key: n.Key, Kind: n.Kind, Version: 1, State: n.State, Payload: n.Payload,
			Created: now, Updated: now, Expires: now.Add(n.TTL),
		},
	}
	s.rows[n.Key] = r
	s.bytes += size
	s.expiry.add(r)
	return r, nil
}

// Get implements [task.Store].
func (s *Store) Get(ctx context.Context, key task.Key, parts task.Parts) (task.Entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(ctx); err != nil {
		return task.Entry{}, err
	}
	r, err := s.find(key)
	if err != nil {
		return task.Entry{}, err
	}
	return s.entry(r, parts), nil
}

// Update implements [task.Store].
func (s *Store) Update(ctx context.Context, c task.Change) (task.Entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(ctx); err != nil {
		return task.Entry{}, err
	}
	r, err := s.find(c.Key)
	switch {
	case err != nil:
		return task.Entry{}, err
	case r.Terminal:
		return task.Entry{}, task.ErrTerminal
	case r.Version != c.Version:
		return task.Entry{}, task.ErrConflict
	}
	if err := s.replace(r, c); err != nil {
		return task.Entry{}, err
	}
	if c.Terminal || c.Ready {
		s.unlend(r)
	}
	if c.Ready && !c.Terminal {
		s.enqueue(r)
	}
	r.tell()
	return s.entry(r, 0), nil
}

// replace makes the change's version the newest, if there is room for it.
func (s *Store) replace(r *row, c task.Change) error {
	growth := int64(len(c.State) - len(r.State))
	if c.Result != nil {
		growth += int64(len(c.Result) - len(r.Result))
	}
	if growth > 0 && s.bytes+growth > s.o.MaxBytes {
		if s.sweep(); s.bytes+growth > s.o.MaxBytes {
			return task.ErrFull
		}
	}
	s.bytes += growth
	r.Version++
	r.Updated, r.State, r.Terminal = s.o.Now(), c.State, c.Terminal
	if c.Result != nil {
		r.Result = c.Result
	}
	return nil
}

// List implements [task.Store].
func (s *Store) List(ctx context.Context, q task.Query) ([]task.Entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(ctx); err != nil {
		return nil, err
	}
	var entries []task.Entry
	for _, r := range s.rows {
		if (q.All || r.Owner == q.Owner) && s.alive(r) {
			entries = append(entries, s.entry(r, 0))
		}
	}
	slices.SortFunc(entries, older)
	if q.After != "" {
		i := slices.IndexFunc(entries, func(e task.Entry) bool { return e.ID == q.After })
		if i < 0 {
			return nil, task.ErrNotFound
		}
		entries = entries[i+1:]
	}
	return entries[:min(q.Limit, len(entries))], nil
}

// older orders entries for List.
func older(a, b task.Entry) int {
	return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
}

// Sweep implements [task.Store].
func (s *Store) Sweep(ctx context.Context) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(ctx); err != nil {
		return 0, err
	}
	return s.sweep(), nil
}

// sweep removes what has expired.
func (s *Store) sweep() int {
	n := 0
	for r := s.expiry.first(); r != nil && !s.alive(r); r = s.expiry.first() {
		s.remove(r)
		n++
	}
	return n
}

// remove forgets a row and tells its watchers.
func (s *Store) remove(r *row) {
	s.unlend(r)
	s.expiry.remove(r)
	s.bytes -= r.size()
	delete(s.rows, r.Key)
	r.gone = true
	r.tell()
}

// Len is the number of tasks in memory, expired ones included until a sweep.
func (s *Store) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.rows)
}

// Durable implements [task.Store]: it is false.
func (s *Store) Durable() bool { return false }

// Close implements [task.Store].
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	close(s.wake)
	for _, r := range s.rows {
		s.unlend(r)
		r.tell()
	}
	return nil
}

// usable tells why nothing can be done. The caller holds the lock.
func (s *Store) usable(ctx context.Context) error {
	if s.closed {
		return task.ErrClosed
	}
	return ctx.Err()
}

// find returns the row of a key unless it has expired.
func (s *Store) find(key task.Key) (*row, error) {
	r, ok := s.rows[key]
	if !ok || !s.alive(r) {
		return nil, task.ErrNotFound
	}
	return r, nil
}

func (s *Store) alive(r *row) bool { return s.o.Now().Before(r.Expires) }

// entry is what the caller gets of a row.
func (s *Store) entry(r *row, parts task.Parts) task.Entry {
	e := r.Entry
	e.Now = s.o.Now()
	if parts&task.WithPayload == 0 {
		e.Payload = nil
	}
	if parts&task.WithResult == 0 {
		e.Result = nil
	}
	return e
}

// A row is an entry and who is interested in it.
type row struct {
	task.Entry
	gone bool
	news chan struct{} // closed when it changes; nil while nobody watches

	attempt uint64
	timer   *time.Timer // until the lease is over, or the row is ready
	round   uint64      // tells timers whether they still count
	loan    *claim      // nil if nobody has it
	place   position    // in the queue
	index   int         // among the expiries
}

// tell wakes the watchers.
func (r *row) tell() {
	if r.news != nil {
		close(r.news)
		r.news = nil
	}
}

// next is closed at the next change.
func (r *row) next() <-chan struct{} {
	if r.news == nil {
		r.news = make(chan struct{})
	}
	return r.news
}

func (r *row) size() int64 { return int64(len(r.State) + len(r.Payload) + len(r.Result)) }
