// Package task runs calls in the background: a client is given the id of a task
// at once and comes back for the result, maybe after a restart of either side.
//
// There are two protocols for this, the core tasks of MCP 2025-11-25 and the
// extension io.modelcontextprotocol/tasks of 2026-07-28. This package knows
// neither. A [Record] is a task in no era's words, and each era renders it. All
// rules that the eras share are here, and all rules are in one place, the
// [Manager]:
//
//	Manager   every rule: states, owners, time to live, retries, questions, limits
//	Runner    what a task does: decodes the payload and calls the function
//	Store     keeps bytes, compares versions, wakes who waits, lends work
//
// A whole server without a protocol:
//
//	store := memstore.New(memstore.Options{})
//	m := task.NewManager(store, task.Options{Runner: runner, Kinds: []string{"report"}})
//	m.Start()
//	answer, err := m.Call(ctx, task.Spec{Owner: owner, Kind: "report", Payload: arguments})
//	…
//	m.Stop(ctx)
//	store.Close()
//
// # The life of a task
//
// The statuses are those that clients know, and one table has all changes there
// are:
//
//	working ⇄ input_required      while questions are open, and after that
//	either  → completed, failed, cancelled, which never change
//
// A task that waits for a worker is working too. Its record says in [Work] what
// workers have to know: how often it was started, whose claim may write, whether
// it is parked.
//
// Every change is read, edit, write if nobody else did ([Manager.Cancel],
// [Manager.Answer] and all that workers do are such edits), so of a cancellation
// and a completion that race, one wins, and the other finds a terminal record.
//
// # What is promised
//
//   - Create returns after the task is durable, as durable as its store is. An
//     error may leave a task behind of which nobody knows the id; it runs and
//     expires like any other. Creating twice makes two tasks, unless [Spec].Once says
//     that it is the same wish.
//   - Ids have 128 random bits or more. A task is found by its owner and its id
//     together, and a wrong owner gets the same [ErrNotFound] as a wrong id.
//     Owners who are nobody in particular share one name, and the id is all that
//     protects their tasks. The id of a task with a Once follows from that, and such a
//     task always has an owner.
//   - A terminal task never changes, and has exactly one end.
//   - Each question takes one answer, and none that was accepted is lost.
//   - A task is started at most once, unless it is idempotent or has retries,
//     and at most three times in any case. A start counts before it is made, so
//     a task that kills its worker ends as failed. Being handed over to another
//     process at a shutdown does not count, and after questions were answered
//     that ended a start, counting begins anew.
//   - A task lives for its TTL, measured from its creation, and not longer: what
//     runs then is interrupted, who watches is told that it failed, and it cannot
//     be found any more. A sweep reclaims its space.
//
// What a task's end looks like:
//
//	the function returned a result          completed
//	… a tool's error                        completed, with ToolError
//	… an *Error                             failed, with that error
//	… another error, or panicked            failed, "internal error"; the log has it
//	the result is too large                 failed, with both sizes
//	it took longer than its Timeout         failed, "timed out after …"
//	its owner cancelled it                  cancelled
//	its process is gone, no start is left   failed, "worker lost: …"
//	its process was stopped, likewise       failed, "worker stopped: …"
//	its TTL is over                         not found; watchers get failed, "task expired: …"
//
// # Workers
//
// A worker claims a task from the store for a lease, 15 seconds, and extends it
// while it works. Each claim has a number that grows; the worker writes it into
// the record before anything else (the fence), and everyone changes only records
// with their own fence or an older one. So a process that was suspended beyond its
// lease cannot finish a task that somebody else has begun meanwhile, whatever the
// engine thinks of its claim. If nobody else has, the process claims its own task
// again and goes on with the function that still runs: a laptop that slept loses
// no work.
//
// When a worker is lost, all its tasks are, and nobody can tell which of them did
// it. A task that lost its worker twice in a row is under suspicion: a process
// starts one of those at a time, so that the culprit does not take the innocent
// along until they have no start left.
//
// Claims are fair between owners. A worker claims only kinds of task that it can
// run; give a new version of a tool's schema a new kind, and old and new workers
// each take their own.
//
// While the store is away, functions go on, and their ends are written as soon as
// it is back.
//
// # Questions
//
// A function that needs an answer from the client has two ways. [Run.Ask] waits
// in place, without occupying the worker's limit; if the process dies meanwhile
// the start is lost. A [Runner] that returns [Outcome.Questions] ends its start,
// and the task is parked: no process has it, until the last answer arrives, which
// queues it in the same write. It then starts from the beginning and finds the
// answers in [Run.Answers]. Both ways ask by key, and the same key is the same
// question forever. A task that awaits another asks the other's questions as its own.
//
// # Straight answers
//
// [Manager.Call] runs the work at once and hopes that it ends within the grace;
// then there never was a task. Otherwise the store is given an entry that is
// claimed from the beginning, and the call returns the new task while the same
// function goes on.
//
// # Clients who ask
//
// [Manager.Poll] answers clients as often as they like, and reads the store only as
// often as is good for it. [Manager.Watch] tells of changes.
//
// # For authors of drivers
//
// [Store] has the contract, method by method, and package storetest has it as
// tests; a driver is done when they pass. Nothing of what a Manager does depends
// on the clock of its own machine, except that it measures durations. The large
// bytes of an entry, its payload and result, are written once. The state is
// written often, is small, and is opaque: a Store that encrypts all three wraps
// one that does not. How an engine may do it:
//
//   - One transaction each, in a database: a row with the version, the owner, the
//     kind, when it is ready, until when it is lent and to which attempt. Payload
//     and result are in tables of their own.
//   - A key-value store with revisions, beside a work queue with acknowledgement
//     and redelivery: Create and Update with Ready put the message into the queue
//     before the entry is written, and Claim puts back what it finds unready.
//     Done and Release are the acknowledgements. Attempt is the number of the
//     delivery among all of the queue. CreateClaimed is a delivery to itself.
package task
