package task_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/task/memstore"
)

// A task asks its client a question, waits for the answer, and ends.
func Example() {
	greet := func(ctx context.Context, r *task.Run) (task.Outcome, error) {
		name := task.Question{Key: "name", Request: json.RawMessage(`"What is your name?"`)}
		answers, err := r.Ask(ctx, name)
		if err != nil {
			return task.Outcome{}, err
		}
		var who string
		if err := json.Unmarshal(answers["name"], &who); err != nil {
			return task.Outcome{}, err
		}
		result, err := json.Marshal("Hello, " + who + "!")
		return task.Outcome{Result: result}, err
	}
	store := memstore.New(memstore.Options{})
	defer store.Close()
	m := task.NewManager(store, task.Options{Runner: task.RunnerFunc(greet), Kinds: []string{"greet"}})
	m.Start()
	ctx := context.Background()
	defer m.Stop(ctx)

	answer, err := m.Call(ctx, task.Spec{Owner: "luca", Kind: "greet"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for r, err := range m.Watch(ctx, "luca", answer.Task.ID) {
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, q := range r.Open() {
			fmt.Println(string(q.Request))
			_, err := m.Answer(ctx, "luca", r.ID, map[string]json.RawMessage{q.Key: json.RawMessage(`"Luca"`)})
			if err != nil {
				fmt.Println(err)
			}
		}
		if r.Status.Terminal() {
			fmt.Println(r.Status, string(r.Result))
		}
	}

	// Output:
	// "What is your name?"
	// completed "Hello, Luca!"
}
