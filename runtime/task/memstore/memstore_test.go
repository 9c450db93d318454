package memstore_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/task/memstore"
	"github.com/mcpgen/mcpgen/runtime/task/storetest"
)

func TestStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, storetest.Harness{
		New: func(*testing.T) func() task.Store {
			s := memstore.New(memstore.Options{})
			return func() task.Store { return s }
		},
		Unit:   time.Second,
		Bubble: true,
		Shared: true,
	})
}

func newEntry(id string, size int) task.NewEntry {
	return task.NewEntry{Key: task.Key{ID: id}, Kind: "k", TTL: time.Minute, Payload: make([]byte, size)}
}

func TestFullOfTasks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := memstore.New(memstore.Options{MaxTasks: 3})
		for i := range 3 {
			if _, err := s.Create(t.Context(), newEntry(fmt.Sprint(i), 0)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Create(t.Context(), newEntry("more", 0)); !errors.Is(err, task.ErrFull) {
			t.Errorf("error %v, want ErrFull", err)
		}
		time.Sleep(time.Minute)
		if _, err := s.Create(t.Context(), newEntry("more", 0)); err != nil {
			t.Errorf("error %v though all others have expired", err)
		}
		if got := s.Len(); got != 1 {
			t.Errorf("%d tasks are left, want 1", got)
		}
		s.Close()
	})
}

func TestFullOfBytes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := memstore.New(memstore.Options{MaxBytes: 1000})
		e, err := s.Create(t.Context(), newEntry("a", 600))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Create(t.Context(), newEntry("b", 600)); !errors.Is(err, task.ErrFull) {
			t.Errorf("Create: error %v, want ErrFull", err)
		}
		change := task.Change{Key: e.Key, Version: e.Version, State: []byte("s"), Result: make([]byte, 600)}
		if _, err := s.Update(t.Context(), change); !errors.Is(err, task.ErrFull) {
			t.Errorf("Update: error %v, want ErrFull", err)
		}
		if got, err := s.Get(t.Context(), e.Key, task.WithResult); err != nil || got.Version != e.Version || got.Result != nil {
			t.Errorf("a refused change left %+v, %v", got, err)
		}
		change.Result = bytes.Repeat([]byte("r"), 300)
		if _, err := s.Update(t.Context(), change); err != nil {
			t.Errorf("Update: %v", err)
		}
		s.Close()
	})
}

func TestClockIsInjected(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ahead := func() time.Time { return time.Now().Add(10 * time.Minute) }
		s := memstore.New(memstore.Options{Now: ahead})
		e, err := s.Create(t.Context(), newEntry("a", 0))
		if err != nil {
			t.Fatal(err)
		}
		if want := ahead(); !e.Created.Equal(want) {
			t.Errorf("created %v, want %v", e.Created, want)
		}
		s.Close()
	})
}
