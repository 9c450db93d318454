package task_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
)

// TestTransitions holds the table against the specifications, which both have the
// same list.
func TestTransitions(t *testing.T) {
	t.Parallel()
	all := []task.Status{task.Working, task.InputRequired, task.Completed, task.Failed, task.Cancelled}
	allowed := map[task.Status][]task.Status{
		task.Working:       all,
		task.InputRequired: all,
	}
	for _, from := range all {
		if from.Terminal() != (allowed[from] == nil) {
			t.Errorf("%s: Terminal is %t", from, from.Terminal())
		}
		for _, to := range all {
			if got, want := from.CanBecome(to), slices.Contains(allowed[from], to); got != want {
				t.Errorf("%s to %s: %t, want %t", from, to, got, want)
			}
		}
	}
	for from, tos := range task.Transition {
		if slices.Contains(tos, from) {
			t.Errorf("%s is said to become itself", from)
		}
	}
}

// FuzzState reads what anybody may have written into a store, and checks that
// what is accepted comes back the same.
func FuzzState(f *testing.F) {
	question := task.Question{Key: "a", Request: json.RawMessage(`{"x":1}`)}
	for _, r := range []task.Record{
		{Status: task.Working, TTL: time.Hour, Work: task.Work{MaxStarts: 3, Starts: 1, Fence: 7}},
		{Status: task.InputRequired, Inputs: []task.Input{{Question: question}}},
		{Status: task.Working, Inputs: []task.Input{{Question: question, Answer: json.RawMessage(`1`)}, {Question: question, Withdrawn: true}}},
		{Status: task.Completed, ToolError: true, Progress: task.Progress{Done: 1, Total: 2}},
		{Status: task.Failed, Error: &task.Error{Code: 1, Message: "m", Data: json.RawMessage(`[]`)}, Children: []string{"c"}, Parent: "p"},
	} {
		state, err := task.Encode(r)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(state, r.Status.Terminal())
	}
	f.Fuzz(func(t *testing.T, state []byte, terminal bool) {
		entry := task.Entry{State: state, Terminal: terminal}
		first, err := task.Decode(entry)
		if err != nil {
			return
		}
		if entry.State, err = task.Encode(first); err != nil {
			return // too large
		}
		second, err := task.Decode(entry)
		if err != nil {
			t.Fatalf("%s was accepted, and is not as %s: %v", state, entry.State, err)
		}
		again, err := task.Encode(second)
		if err != nil || !reflect.DeepEqual(again, entry.State) {
			t.Errorf("%s became %s, %v", entry.State, again, err)
		}
	})
}
