package task

import (
	"cmp"
	"encoding/json"
	"log/slog"
	"time"
)

// Options are what a [Manager] may be told. The zero value of each field stands
// for the default.
type Options struct {
	// Runner does the work. Without one, this process only creates tasks and
	// answers for them, and others work.
	Runner Runner

	// Kinds are what Runner can do. A worker leaves other kinds of task to those
	// who can, so that old and new versions of a server work side by side.
	Kinds []string

	// Workers is how many tasks this process claims at a time, 16. A negative
	// number makes it a front end: it claims none, and gives no straight answers.
	Workers int

	// Straight is how many calls, at a time, are run at once in the hope of a
	// straight answer, 1024. Those that turned into tasks count until they end.
	// Calls beyond are created as tasks.
	Straight int

	// Grace is for how long a call may take to be answered straight, 250 ms: less
	// than people notice and less than a round of polling takes. Negative creates
	// every task at once.
	Grace time.Duration

	// TTL is the time to live of tasks for which none is asked, an hour; MaxTTL
	// is the most that can be asked for, a day.
	TTL, MaxTTL time.Duration

	// Poll is how long clients are asked to wait between polls, 1 s. They are
	// asked for shorter waits while a task is young.
	Poll time.Duration

	// Lease is how long a worker can be silent until others take over what it
	// did, 15 s. It is extended every third of that.
	Lease time.Duration

	// StoreTimeout limits each use of the store, 5 s: so long may a client wait
	// for one that is down.
	StoreTimeout time.Duration

	// MaxResult limits the size of a result, 8 MiB. MaxState limits all that a
	// task keeps besides its arguments and result, 512 KiB: mostly questions and
	// answers. It has to stay below what a driver can write at once.
	MaxResult, MaxState int

	// ReportEvery is how often a task's message and progress are written, 1 s.
	// Reports in between are skipped, but never the last one.
	ReportEvery time.Duration

	// Backoff is the pause before a second start that was asked for, 1 s, give
	// or take a half; it doubles each time, up to a minute.
	Backoff time.Duration

	// SweepEvery is how often expired tasks are removed from the store, a minute.
	SweepEvery time.Duration

	// Validate checks an answer to a question of a task. Its error is told to
	// the client, and the task goes on waiting. Nil accepts every JSON value.
	Validate func(question Question, answer json.RawMessage) error

	// Log is told of panics, of what is masked from clients, and of the store's
	// troubles. By default it is [slog.Default].
	Log *slog.Logger
}

// backoffCap is the longest pause between two starts.
const backoffCap = time.Minute

// startsCap is how often a task is started at most, lest one that kills its
// worker kills them all.
const startsCap = 3

// withDefaults fills in what was left out.
func (o Options) withDefaults() Options {
	o.Workers = cmp.Or(o.Workers, 16)
	o.Straight = cmp.Or(o.Straight, 1024)
	o.Grace = cmp.Or(o.Grace, 250*time.Millisecond)
	o.MaxTTL = cmp.Or(o.MaxTTL, 24*time.Hour)
	o.TTL = min(cmp.Or(o.TTL, time.Hour), o.MaxTTL)
	o.Poll = cmp.Or(o.Poll, time.Second)
	o.Lease = cmp.Or(o.Lease, 15*time.Second)
	o.StoreTimeout = cmp.Or(o.StoreTimeout, 5*time.Second)
	o.MaxResult = cmp.Or(o.MaxResult, 8<<20)
	o.MaxState = cmp.Or(o.MaxState, 512<<10)
	o.ReportEvery = cmp.Or(o.ReportEvery, time.Second)
	o.Backoff = cmp.Or(o.Backoff, time.Second)
	o.SweepEvery = cmp.Or(o.SweepEvery, time.Minute)
	o.Log = cmp.Or(o.Log, slog.Default())
	if o.Runner == nil {
		o.Workers = -1
	}
	return o
}

// A Spec says what a task is to be.
type Spec struct {
	Owner   string
	Kind    string
	Payload []byte // what the Runner needs to know; nobody else reads it

	TTL     time.Duration // 0 for the default; more than the server's maximum is cut
	Poll    time.Duration // 0 for the server's
	Timeout time.Duration // for each start; 0 for none

	// Retries is how often the work may be started again after it failed and
	// asked for it, or after its worker was lost. Idempotent work may be started
	// again in any case. There are never more than three starts.
	Retries    int
	Idempotent bool

	// Required creates a task at once, without waiting for a straight answer.
	Required bool

	// Once, if not empty, stands for this wish of the owner to have this kind of task:
	// as long as there is a task of the same, creating returns that one instead of
	// another. It is for callers who cannot know whether they were heard, and creates at
	// once. Digest stands for what is wished; the same Once with another one is
	// ErrDiffers. For owners who are nobody in particular both are ignored.
	Once, Digest string

	// Report, if not nil, is told what the work reports as long as it is no task.
	Report func(message string, p Progress)
}

// record is the record of a new task.
func (s Spec) record(o Options) Record {
	starts := 1 + max(s.Retries, 0)
	if s.Idempotent {
		starts = startsCap
	}
	ttl := s.TTL
	if ttl <= 0 {
		ttl = o.TTL
	}
	return Record{
		Owner:  s.Owner,
		Kind:   s.Kind,
		Status: Working,
		Digest: s.Digest,
		TTL:    min(ttl, o.MaxTTL),
		Poll:   cmp.Or(s.Poll, o.Poll),
		Work:   Work{Timeout: s.Timeout, MaxStarts: min(starts, startsCap)},
	}
}
