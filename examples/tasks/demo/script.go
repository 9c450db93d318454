package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mcpgen/mcpgen/runtime/taskclient"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// script is what is called, and how long people take.
type script struct {
	acts  []act
	think time.Duration // about each question
	sleep time.Duration // until the sleeper is woken
}

// act is a call of a tool.
type act struct {
	tool      string
	arguments map[string]any
	end       string // a word for how it should end
}

// Words for the end of a task.
const (
	completed = "completed"
	failed    = "failed"
	cancelled = "cancelled"
)

// sleeper is the tool that has no end of its own.
const sleeper = "sleep"

var theScript = script{
	acts: []act{
		{"crunch", map[string]any{"seconds": 10}, completed},
		{"plan_trip", map[string]any{"destination": "Lisbon"}, completed},
		{"book_trip", map[string]any{"destination": "Lisbon"}, completed},
		{"break_down", map[string]any{"after": 4}, failed},
		{sleeper, nil, cancelled},
	},
	think: 1500 * time.Millisecond,
	sleep: 7 * time.Second,
}

// answers are what the forms are filled in with.
var answers = map[string]any{"nights": 4, "vehicle": "train", "name": "Ada", "agreed": true}

// player plays a script.
type player struct {
	*board
	script

	mu   sync.Mutex
	rows map[string]*row // by the id of the task
}

// play plays all acts at once and returns what was not as it should be.
func (p *player) play(ctx context.Context, session *taskclient.Session) (surprises []string) {
	begin := time.Now()
	var playing sync.WaitGroup
	ends := make([]string, len(p.acts))
	for i, a := range p.acts {
		r := p.add(a.tool)
		playing.Go(func() { ends[i] = p.perform(ctx, session, a, r) })
	}
	playing.Wait()
	count := make(map[string]int)
	for i, a := range p.acts {
		if count[ends[i]]++; ends[i] != a.end {
			surprises = append(surprises, fmt.Sprintf("%s has %s, and should have %s", a.tool, ends[i], a.end))
		}
	}
	var words []string
	for _, end := range slices.Sorted(maps.Keys(count)) {
		words = append(words, fmt.Sprintf("%d %s", count[end], end))
	}
	p.finish(fmt.Sprintf("%d tasks at once, %.1f s: %s", len(p.acts), time.Since(begin).Seconds(), strings.Join(words, ", ")))
	return surprises
}

// perform plays one act in its row, and returns how it ended.
func (p *player) perform(ctx context.Context, session *taskclient.Session, a act, r *row) (end string) {
	task, err := session.Start(ctx, &mcp.CallToolParams{Name: a.tool, Arguments: a.arguments}, nil)
	if err != nil {
		p.end(r, failed, err.Error())
		return failed
	}
	p.mu.Lock()
	p.rows[task.ID()] = r
	p.mu.Unlock()
	if a.tool == sleeper {
		defer time.AfterFunc(p.sleep, func() { task.Cancel(ctx) }).Stop()
	}
	for status := range task.Watch(ctx) {
		if !status.State.Terminal() {
			p.update(r, status)
		}
	}
	end, text := outcome(task.Wait(ctx))
	p.end(r, end, text)
	return end
}

// outcome is how a task ended, in a word and in its own words.
func outcome(result *mcp.CallToolResult, err error) (end, text string) {
	switch {
	case errors.Is(err, taskclient.ErrCancelled):
		return cancelled, "was cancelled while it ran"
	case err != nil:
		return failed, err.Error()
	}
	for _, c := range result.Content {
		if t, ok := c.(*mcp.TextContent); ok {
			text += t.Text
		}
	}
	if result.IsError {
		return failed, text
	}
	return completed, text
}

// answer is the person who answers what the tasks ask.
func (p *player) answer(ctx context.Context, r *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
	select {
	case <-time.After(p.think):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	content := make(map[string]any)
	var words []string
	form, _ := r.Params.RequestedSchema.(map[string]any)
	fields, _ := form["properties"].(map[string]any)
	for name := range fields {
		content[name] = answers[name]
		words = append(words, fmt.Sprint(name, ": ", answers[name]))
	}
	related, _ := r.Params.Meta["io.modelcontextprotocol/related-task"].(map[string]any)
	id, _ := related["taskId"].(string)
	p.mu.Lock()
	asking := p.rows[id]
	p.mu.Unlock()
	p.ask(asking, r.Params.Message, strings.Join(words, ", "))
	return &mcp.ElicitResult{Action: "accept", Content: content}, nil
}
