package task_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/task/memstore"
)

// started is a manager for benchmarks.
func started(b *testing.B, o task.Options) *task.Manager {
	b.Helper()
	store := memstore.New(memstore.Options{MaxTasks: 1 << 30, MaxBytes: 1 << 40})
	o.Kinds = []string{"k"}
	m := task.NewManager(store, o)
	m.Start()
	b.Cleanup(func() {
		m.Stop(context.Background())
		store.Close()
	})
	return m
}

// BenchmarkCall is a call that is answered straight, beside one of the function
// alone: what a tool costs that could become a task, and does not.
func BenchmarkCall(b *testing.B) {
	run := returns(`{"result":1}`)
	b.Run("function", func(b *testing.B) {
		for b.Loop() {
			if _, err := run(b.Context(), nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("straight", func(b *testing.B) {
		m := started(b, task.Options{Runner: run})
		s := spec()
		b.ReportAllocs()
		for b.Loop() {
			if _, err := m.Call(b.Context(), s); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkStart is the time from a call that is to be a task to the first line
// of its function.
func BenchmarkStart(b *testing.B) {
	begun := make(chan time.Time, 1)
	m := started(b, task.Options{Workers: 64, Runner: task.RunnerFunc(func(context.Context, *task.Run) (task.Outcome, error) {
		begun <- time.Now()
		return task.Outcome{Result: json.RawMessage(`1`)}, nil
	})})
	s := spec()
	s.Required, s.TTL = true, time.Minute
	var took []time.Duration
	for b.Loop() {
		called := time.Now()
		if _, err := m.Call(b.Context(), s); err != nil {
			b.Fatal(err)
		}
		took = append(took, (<-begun).Sub(called))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1e3, "µs-median")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1e3, "µs-p99")
}

// BenchmarkCreateToResult creates a task and waits for its result, one client
// after the other and many at once.
func BenchmarkCreateToResult(b *testing.B) {
	for _, size := range []int{1 << 10, 1 << 20} {
		result := slices.Concat([]byte(`"`), bytes.Repeat([]byte("x"), size-2), []byte(`"`))
		run := task.RunnerFunc(func(context.Context, *task.Run) (task.Outcome, error) {
			return task.Outcome{Result: result}, nil
		})
		for _, clients := range []int{1, 64} {
			b.Run(fmt.Sprintf("%dKiB/%dclients", size>>10, clients), func(b *testing.B) {
				m := started(b, task.Options{Workers: 64, SweepEvery: time.Second, Runner: run})
				s := spec(func(s *task.Spec) { s.TTL = 10 * time.Second })
				b.ReportAllocs()
				b.SetParallelism(clients)
				round := func() {
					r, err := m.Create(b.Context(), s)
					if err == nil {
						r, err = m.Wait(b.Context(), "ann", r.ID)
					}
					if err != nil || len(r.Result) != size {
						b.Errorf("%s, %v", r.Status, err)
					}
				}
				if clients == 1 {
					for b.Loop() {
						round()
					}
					return
				}
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						round()
					}
				})
			})
		}
	}
}

// BenchmarkGet polls a task in a store that has many.
func BenchmarkGet(b *testing.B) {
	m := started(b, task.Options{})
	var id string
	for range 10_000 {
		r, err := m.Create(b.Context(), spec())
		if err != nil {
			b.Fatal(err)
		}
		id = r.ID
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Get(b.Context(), "ann", id); err != nil {
			b.Fatal(err)
		}
	}
}
