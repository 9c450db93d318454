package task_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/task/memstore"
)

// ids makes tasks in each way that there is, and returns their ids.
func ids(t *testing.T, each int) map[string][]string {
	t.Helper()
	children := make(chan string, each)
	store := memstore.New(memstore.Options{MaxTasks: 10 * each})
	t.Cleanup(func() { store.Close() })
	m := task.NewManager(store, task.Options{Kinds: []string{"child"}, Runner: task.RunnerFunc(func(ctx context.Context, r *task.Run) (task.Outcome, error) {
		child, err := r.Start(ctx, "the same name for each", task.Spec{Kind: "nobody's"})
		children <- child.ID
		return task.Outcome{Result: []byte(`1`)}, err
	})})
	m.Start()
	t.Cleanup(func() { m.Stop(t.Context()) })

	made := make(map[string][]string)
	for range each {
		created, err := m.Create(t.Context(), task.Spec{Owner: "ann", Kind: "other"})
		if err != nil {
			t.Fatal(err)
		}
		made["created"] = append(made["created"], created.ID)
		promoted, err := m.Call(t.Context(), task.Spec{Owner: "ann", Kind: "child"})
		if err != nil || promoted.Task == nil {
			t.Fatalf("answer = %+v, %v, want a task", promoted, err)
		}
		made["promoted"] = append(made["promoted"], promoted.Task.ID)
		made["child"] = append(made["child"], <-children)
	}
	return made
}

// TestT17IDsCannotBeGuessed holds what ids look like against what random ones do.
func TestT17IDsCannotBeGuessed(t *testing.T) {
	t.Parallel()
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	const bits = 5 // of each letter
	for how, made := range ids(t, 4000) {
		long := len(made[0])
		if long*bits < 128 {
			t.Errorf("%s: ids are %d letters, too short for 128 bits", how, long)
		}
		counts := make([]map[rune]int, long)
		for _, id := range made {
			if len(id) != long || strings.Trim(id, alphabet) != "" {
				t.Fatalf("%s: id %q, want %d letters of %s", how, id, long, alphabet)
			}
			for i, letter := range id {
				if counts[i] == nil {
					counts[i] = make(map[rune]int)
				}
				counts[i][letter]++
			}
		}
		// With 31 degrees of freedom, one of 10^9 random columns is above this.
		const unlikely = 105
		for i, count := range counts {
			expected := float64(len(made)) / float64(len(alphabet))
			chi := 0.0
			for _, letter := range alphabet {
				d := float64(count[letter]) - expected
				chi += d * d / expected
			}
			if chi > unlikely {
				t.Errorf("%s: letter %d is not random: chi-square = %.0f, want at most %d", how, i, chi, unlikely)
			}
		}
		slices.Sort(made)
		for i := range made[1:] {
			// Of 4,000 random ids, two share so much once in 10^8 times.
			if n := common(made[i], made[i+1]); n > 9 {
				t.Errorf("%s: %s and %s have the same first %d letters", how, made[i], made[i+1], n)
			}
		}
	}
}

// common is how many letters a and b begin with alike.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
