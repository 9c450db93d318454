// Package toolcalls has tools that call other tools. In a task, those that can be tasks
// are its children.
package toolcalls

import (
	"context"
	"fmt"
	"strings"

	"github.com/mcpgen/mcpgen/runtime"
)

// Album makes a page of small pictures, all at a time.
//
//mcp:tool task=true poll=100ms
func Album(ctx context.Context, call *runtime.Call, names []string) ([]Picture, error) {
	pictures := make([]Picture, len(names))
	failed := make(chan error, len(names))
	for i, name := range names {
		runtime.Go(ctx, func(ctx context.Context) (err error) {
			defer func() { failed <- err }()
			pictures[i], err = runtime.CallTool[Picture](ctx, call, "shrink", map[string]any{"name": name, "width": 100})
			return err
		})
	}
	for range names {
		if err := <-failed; err != nil {
			return nil, err
		}
	}
	return pictures, nil
}

// Picture is one of them.
type Picture struct {
	Name  string `json:"name"`
	Width int    `json:"width"`
	Title string `json:"title"`
}

// Shrink makes a picture small.
//
//mcp:tool task=true
func Shrink(ctx context.Context, call *runtime.Call, name string, width int) (Picture, error) {
	if name == "" {
		return Picture{}, fmt.Errorf("a picture needs a name")
	}
	title, err := runtime.CallTool[string](ctx, call, "title", map[string]any{"of": name})
	return Picture{name, width, title}, err
}

// Title is for people. It is never a task, and simply called.
//
//mcp:tool
func Title(of string) string { return strings.ToUpper(of) }

// Count counts down by calling itself, which has an end.
//
//mcp:tool task=true poll=100ms
func Count(ctx context.Context, call *runtime.Call, from int) (int, error) {
	if from == 0 {
		return 0, nil
	}
	below, err := runtime.CallTool[int](ctx, call, "count", map[string]any{"from": from - 1})
	return below + 1, err
}
