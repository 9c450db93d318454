package task_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/task/memstore"
)

// A history is a store that remembers every version of its one task.
type history struct {
	task.Store
	mu       sync.Mutex
	versions map[uint64]task.Entry
}

func (h *history) remember(e task.Entry, result []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	e.Result = result
	h.versions[e.Version] = e
}

func (h *history) Create(ctx context.Context, n task.NewEntry) (task.Entry, error) {
	e, err := h.Store.Create(ctx, n)
	if err == nil {
		h.remember(e, nil)
	}
	return e, err
}

func (h *history) CreateClaimed(ctx context.Context, n task.NewEntry, lease time.Duration) (task.Claim, error) {
	c, err := h.Store.CreateClaimed(ctx, n, lease)
	if err == nil {
		h.remember(c.Entry(), nil)
	}
	return c, err
}

func (h *history) Update(ctx context.Context, c task.Change) (task.Entry, error) {
	e, err := h.Store.Update(ctx, c)
	if err == nil {
		h.remember(e, c.Result)
	}
	return e, err
}

// records are all versions, the oldest first.
func (h *history) records(t *testing.T) []task.Record {
	h.mu.Lock()
	defer h.mu.Unlock()
	var records []task.Record
	for _, version := range slices.Sorted(maps.Keys(h.versions)) {
		r, err := task.Decode(h.versions[version])
		if err != nil {
			t.Fatalf("version %d: %v", version, err)
		}
		records = append(records, r)
	}
	return records
}

// step tells what is wrong with a task that was a and is b. This is the model: what
// clients may rely on, said again without the code that it is about.
func step(a, b task.Record) error {
	switch {
	case a.Status.Terminal():
		return fmt.Errorf("%s became %s", a.Status, b.Status)
	case (b.Status == task.InputRequired) != (len(b.Open()) > 0):
		return fmt.Errorf("%s with %d open questions", b.Status, len(b.Open()))
	case (b.Status == task.Failed) != (b.Error != nil):
		return fmt.Errorf("%s with error %v", b.Status, b.Error)
	case (b.Status == task.Completed) != (b.Result != nil):
		return fmt.Errorf("%s with result %s", b.Status, b.Result)
	case b.Work.Fence < a.Work.Fence:
		return fmt.Errorf("claim %d wrote after %d", b.Work.Fence, a.Work.Fence)
	case b.Work.Starts > a.Work.Starts+1 || b.Work.Starts > b.Work.MaxStarts:
		return fmt.Errorf("%d starts after %d, of %d", b.Work.Starts, a.Work.Starts, b.Work.MaxStarts)
	case b.Status.Terminal():
		return nil
	case a.Work.Parked && !b.Work.Parked && len(b.Open()) > 0:
		return errors.New("no longer parked, with open questions")
	case len(b.Inputs) < len(a.Inputs):
		return errors.New("a question is gone")
	}
	for i, in := range a.Inputs {
		now := b.Inputs[i]
		switch {
		case now.Key != in.Key || string(now.Request) != string(in.Request):
			return fmt.Errorf("question %s became %s", in.Key, now.Key)
		case in.Answer != nil && string(now.Answer) != string(in.Answer):
			return fmt.Errorf("answer %s became %s", in.Answer, now.Answer)
		case in.Withdrawn && now.Answer != nil:
			return fmt.Errorf("question %s was answered after it was withdrawn", in.Key)
		}
	}
	return nil
}

// TestHistoriesAreLegal lets many actors loose on one task, with a store that is
// away now and then and loses its words, and holds what happened against the
// model.
func TestHistoriesAreLegal(t *testing.T) {
	t.Parallel()
	ends := map[string]int{}
	for seed := range uint64(300) {
		synctest.Test(t, func(t *testing.T) { ends[play(t, seed)]++ })
		if t.Failed() {
			t.Fatalf("with seed %d", seed)
		}
	}
	for _, end := range []string{"completed", "cancelled", "failed", "expired"} {
		if ends[end] < 5 {
			t.Errorf("%d histories of 300 end as %s: the actors are too tame (%v)", ends[end], end, ends)
		}
	}
}

func FuzzHistories(f *testing.F) {
	for seed := range uint64(10) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		synctest.Test(t, func(t *testing.T) { play(t, seed) })
	})
}

// A drama is one random history in the making.
type drama struct {
	*testing.T
	seed    uint64
	store   *history
	id      string
	ctx     context.Context
	actors  sync.WaitGroup
	mu      sync.Mutex
	given   map[string]string // answers that a function was given
	granted map[string]string // answers of which Answer said that they were accepted
	starts  int
}

// play plays the drama of a seed and returns how it ends.
func play(t *testing.T, seed uint64) string {
	rng := rand.New(rand.NewPCG(seed, 1))
	store := memstore.New(memstore.Options{})
	d := &drama{
		T: t, seed: seed, store: &history{Store: store, versions: map[uint64]task.Entry{}},
		given: map[string]string{}, granted: map[string]string{},
	}
	var cancel context.CancelFunc
	d.ctx, cancel = context.WithCancel(t.Context())
	var managers []*task.Manager
	for range 3 {
		managers = append(managers, d.process(rng.Uint64(), 2))
	}
	front := d.process(rng.Uint64(), -1)
	d.create(managers[0], rng)
	nobodyAnswers := rng.IntN(8) == 0
	for i := range 3 {
		d.actors.Go(func() { d.watch(managers[i]) })
		if nobodyAnswers {
			continue
		}
		d.actors.Go(func() { d.answer(front, rand.New(rand.NewPCG(seed, uint64(10+i)))) })
	}
	if rng.IntN(3) == 0 {
		d.actors.Go(func() { d.cancelSometime(front, rand.New(rand.NewPCG(seed, 20))) })
	}
	time.Sleep(time.Hour + time.Minute) // the task has expired in any case
	cancel()
	d.actors.Wait()
	over, stop := context.WithCancel(context.Background())
	stop()
	for _, m := range append(managers, front) {
		m.Stop(over)
	}
	store.Close()
	return d.judge()
}

// process starts a Manager with a bad line to the store.
func (d *drama) process(seed uint64, workers int) *task.Manager {
	rng := rand.New(rand.NewPCG(seed, 2))
	l := &line{Store: d.store, alive: context.Background()}
	var mu sync.Mutex
	fault := func(op string) error {
		mu.Lock()
		defer mu.Unlock()
		if op != "create" && rng.IntN(15) == 0 {
			return errDown
		}
		return nil
	}
	l.before, l.after = fault, fault
	m := task.NewManager(l, task.Options{
		Runner: task.RunnerFunc(d.run), Kinds: []string{"k"}, Workers: workers,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	m.Start()
	if workers > 0 {
		d.actors.Go(func() { d.cut(l, rand.New(rand.NewPCG(seed, 3))) })
	}
	return m
}

// cut cuts a line now and then, at times for longer than a lease, but not before
// there is a task.
func (d *drama) cut(l *line, rng *rand.Rand) {
	for time.Sleep(time.Second); d.ctx.Err() == nil; {
		time.Sleep(time.Duration(rng.Int64N(int64(10 * time.Minute))))
		l.set(func(l *line) { l.down = true })
		time.Sleep(time.Duration(rng.Int64N(int64(time.Minute))))
		l.set(func(l *line) { l.down = false })
	}
}

// create makes the task, in one of the two ways.
func (d *drama) create(m *task.Manager, rng *rand.Rand) {
	s := spec(retries(rng.IntN(3)), func(s *task.Spec) { s.Payload = fmt.Append(nil, rng.Uint64()) })
	answer, err := m.Call(d.ctx, s)
	if err == nil && answer.Task == nil || err != nil && err.Error() == "again" {
		d.mu.Lock() // it was answered straight; this one is not
		d.starts = 0
		d.mu.Unlock()
		s.Required = true
		answer, err = m.Call(d.ctx, s)
	}
	if err != nil {
		d.Fatal(err)
	}
	d.id = answer.Task.ID
}

// run is what the task does: it asks in both ways, fails at times, and has to get
// the same answers in every start.
func (d *drama) run(ctx context.Context, r *task.Run) (task.Outcome, error) {
	d.mu.Lock()
	d.starts++
	rng := rand.New(rand.NewPCG(d.seed, uint64(100+d.starts)))
	d.mu.Unlock()
	d.receive(r.Answers())
	for i := range 4 {
		time.Sleep(time.Duration(rng.Int64N(int64(time.Minute))))
		r.Report(fmt.Sprint("question ", i), task.Progress{Done: float64(i)})
		qs := questions(fmt.Sprint("a", i), fmt.Sprint("b", i))
		if answers := r.Answers(); answers[qs[0].Key] != nil && answers[qs[1].Key] != nil {
			continue
		}
		switch rng.IntN(6) {
		case 0:
			return task.Outcome{Questions: qs}, nil
		case 1:
			return task.Outcome{}, task.Again(&task.Error{Code: 1, Message: "again"})
		case 2, 3, 4:
			answers, err := r.Ask(ctx, qs...)
			if err != nil {
				return task.Outcome{}, err
			}
			d.receive(answers)
		}
	}
	return task.Outcome{Result: json.RawMessage(`1`)}, nil
}

// receive notes answers that a function got.
func (d *drama) receive(answers map[string]json.RawMessage) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for key, answer := range answers {
		if old, ok := d.given[key]; ok && old != string(answer) {
			d.Errorf("question %s was answered %s, and then %s", key, old, answer)
		}
		d.given[key] = string(answer)
	}
}

// answer answers what is open, each time with something else.
func (d *drama) answer(m *task.Manager, rng *rand.Rand) {
	for d.ctx.Err() == nil {
		time.Sleep(time.Duration(rng.Int64N(int64(30 * time.Second))))
		r, err := m.Get(d.ctx, "ann", d.id)
		if err != nil || r.Status.Terminal() {
			continue
		}
		time.Sleep(time.Duration(rng.Int64N(int64(5 * time.Second)))) // others may be faster
		for _, q := range r.Open() {
			mine := fmt.Sprint(rng.Uint32())
			after, err := m.Answer(d.ctx, "ann", d.id, raw(map[string]string{q.Key: mine}))
			if err != nil {
				continue
			}
			for _, in := range after.Inputs {
				if in.Key == q.Key && string(in.Answer) == mine {
					d.mu.Lock()
					d.granted[q.Key] = mine
					d.mu.Unlock()
				}
			}
		}
	}
}

func (d *drama) cancelSometime(m *task.Manager, rng *rand.Rand) {
	time.Sleep(time.Duration(rng.Int64N(int64(5 * time.Minute))))
	for d.ctx.Err() == nil {
		if _, err := m.Cancel(d.ctx, "ann", d.id, "enough"); err == nil || !errors.Is(err, errDown) {
			return
		}
	}
}

// watch checks that what is seen goes forward and ends once.
func (d *drama) watch(m *task.Manager) {
	var version uint64
	for d.ctx.Err() == nil {
		for r, err := range m.Watch(d.ctx, "ann", d.id) {
			if err != nil {
				break
			}
			if r.Status.Terminal() {
				return
			}
			if r.Version < version {
				d.Errorf("version %d was seen after %d", r.Version, version)
			}
			version = r.Version
		}
		time.Sleep(time.Second)
	}
}

// judge holds the history against the model.
func (d *drama) judge() string {
	records := d.store.records(d.T)
	begun := 0
	for i := 1; i < len(records); i++ {
		if err := step(records[i-1], records[i]); err != nil {
			d.Errorf("version %d: %v", records[i].Version, err)
		}
		if records[i].Work.Starts > records[i-1].Work.Starts {
			begun++
		}
	}
	begun += records[0].Work.Starts
	if d.starts > begun {
		d.Errorf("the function was started %d times, %d starts were counted", d.starts, begun)
	}
	answers := map[string]string{}
	for _, r := range records {
		for _, in := range r.Inputs {
			if in.Answer != nil {
				answers[in.Key] = string(in.Answer)
			}
		}
	}
	for _, seen := range []map[string]string{d.given, d.granted} {
		for key, answer := range seen {
			if answers[key] != answer {
				d.Errorf("answer %s to %s is in no version, which has %s", answer, key, answers[key])
			}
		}
	}
	last := records[len(records)-1]
	if !last.Status.Terminal() {
		return "expired"
	}
	return string(last.Status)
}
