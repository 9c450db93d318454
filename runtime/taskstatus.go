package runtime

import (
	"context"

	"github.com/mcpgen/mcpgen/runtime/internal/notify"
	"github.com/mcpgen/mcpgen/runtime/task"
)

// report tells the legacy client of a session how the task goes on that it has
// created, as long as there are both. Clients do not rely on it.
func (ts *tasks) report(ctx context.Context, c *Call, created *task.Record) {
	send, session := notify.From(ctx), c.Session()
	if send == nil || session == nil {
		return
	}
	owner, id, seen := owner(c.request), created.ID, newLegacyTask(created)
	ts.reporting.Go(func() {
		ctx := ts.server.parting
		for record, err := range ts.manager.Watch(ctx, owner, id) {
			if err != nil {
				return
			}
			status := newLegacyStatus(&record)
			if status.Status == seen.Status && status.StatusMessage == seen.StatusMessage {
				continue
			}
			if seen = status.legacyTask; send.Send(ctx, session.ID(), "notifications/tasks/status", status) != nil {
				return
			}
		}
	})
}
