// Package taskclient calls the tools of any MCP server, also those that take so long
// that the server makes them a task. It knows the tasks of both eras of the protocol:
// the extension io.modelcontextprotocol/tasks of 2026-07-28, and the tasks that are
// part of 2025-11-25.
//
// It is the client of the official Go SDK, and one line differs from what one writes
// with that:
//
//	client := taskclient.NewClient(&mcp.Implementation{Name: "trainer"}, nil)
//	session, err := client.Connect(ctx, &mcp.CommandTransport{Command: exec.Command("server")}, nil)
//	if err != nil {
//		return err
//	}
//	defer session.Close()
//
//	call := &mcp.CallToolParams{Name: "train", Arguments: map[string]any{"data": "corpus"}}
//	result, err := session.Call(ctx, call, nil)
//
// [Session.Call] returns the final result, however the server gets there. For those
// who do not want to wait, [Session.Start] returns a [Task]:
//
//	task, err := session.Start(ctx, call, nil)
//	if err != nil {
//		return err
//	}
//	store(task.ID())
//	for status, err := range task.Watch(ctx) {
//		fmt.Println(status.State, status.Message, err)
//	}
//	result, err := task.Wait(ctx)
//
// [Session.Resume] returns the task with an id that was stored, in another session,
// process or year. What came of a task is told by the error of [Task.Wait].
//
// # Questions
//
// A server may ask the user, or borrow the model, before a call becomes a task and
// while the task runs. The handlers of the client, [mcp.ClientOptions], answer both.
// In their requests the member io.modelcontextprotocol/related-task of _meta names
// the task that asks, in either era. With [Options].ByHand the questions of a task
// are in its [Status], for [Task.Answer].
//
// # How it learns what happens
//
// In the modern era a task is listened to, with subscriptions/listen; in the legacy
// era the request for its result is left open, and notifications are heeded. A
// server that tells nothing that way is asked every so often: as often as it allows,
// and somewhat less often than that at random, so that many clients do not ask in
// step.
package taskclient
