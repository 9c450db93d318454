package runtime

import (
	"context"

	"github.com/mcpgen/mcpgen/runtime/internal/notify"
	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// report tells the legacy client of a session how the task goes on that it has
// created, as long as there are both. Clients do not rely on it. If the client asked
// for the progress of its call, it is told that too: the token stays good as long as
// the task lives.
func (ts *tasks) report(ctx context.Context, c *Call, created *task.Record) {
	send, session := notify.From(ctx), c.Session()
	if send == nil || session == nil {
		return
	}
	owner, token := owner(c.request), c.progressToken()
	ts.reporting.Go(func() {
		ctx := ts.server.parting
		tell := func(method string, params any) bool { return send.Send(ctx, session.ID(), method, params) == nil }
		seen, told := *created, ascent{}
		for record, err := range ts.manager.Watch(ctx, owner, created.ID) {
			if err != nil {
				return
			}
			before, status := newLegacyTask(&seen), newLegacyStatus(&record)
			if status.Status != before.Status || status.StatusMessage != before.StatusMessage {
				if !tell("notifications/tasks/status", status) {
					return
				}
			}
			if p := taskProgress(&seen, &record); p != nil && token != nil {
				p.ProgressToken, p.Progress = token, told.next(p.Progress)
				if !tell("notifications/progress", p) {
					return
				}
			}
			seen = record
		}
	})
}

// taskProgress is what a task has reported since it was seen, nil if that is nothing,
// or if it has ended.
func taskProgress(seen, now *task.Record) *mcp.ProgressNotificationParams {
	if now.Status.Terminal() || now.Progress == seen.Progress && now.Message == seen.Message {
		return nil
	}
	return &mcp.ProgressNotificationParams{
		Meta:     relatedTask(now.ID),
		Progress: now.Progress.Done, Total: now.Progress.Total, Message: now.Message,
	}
}
