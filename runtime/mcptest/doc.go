// Package mcptest connects a test to a server in memory. What the test calls goes
// the whole way that a client's request goes: decoding, checking, providers,
// the function, the encoding of its result, clean-ups.
//
//	func TestAnalyze(t *testing.T) {
//		client := mcptest.Start(t, sales.Register, runtime.Replace[*sales.DB](fakeDB(t)))
//
//		var report sales.Report
//		client.Call("analyze", sales.AnalyzeInput{Query: "shoes"}).Decode(&report)
//		if len(report.Findings) != 2 {
//			t.Errorf("findings = %v, want two", report.Findings)
//		}
//	}
//
//	func TestAnalyzeWantsAQuery(t *testing.T) {
//		client := mcptest.Start(t, sales.Register)
//
//		got := client.CallError("analyze", nil)
//		if !strings.Contains(got, "/query: missing") {
//			t.Errorf("error = %q, want it to name the query", got)
//		}
//	}
//
// A tool that asks, with [runtime.Ask], needs somebody who answers. The answers are
// given before the call, in the order of the questions:
//
//	func TestBook(t *testing.T) {
//		client := mcptest.Start(t, travel.Register)
//
//		client.Answer(travel.Confirmation{Confirm: true})
//		if got, want := client.Call("book", travel.Trip{To: "Rome"}).Text(), "Booked."; got != want {
//			t.Errorf("book = %q, want %q", got, want)
//		}
//	}
//
// [Client.Speaking] returns a client of an earlier version of the protocol, for which
// the tool waits instead of running again.
//
// A tool that can run as a task is called like any other. A test that has something to
// do meanwhile begins it:
//
//	func TestTrainIsCancelled(t *testing.T) {
//		client := mcptest.Start(t, models.Register, runtime.WithTasks(nil, task.Options{Grace: -1}))
//
//		training := client.Begin("train", models.TrainInput{Data: "corpus"})
//		training.Until(func(s taskclient.Status) bool { return s.Progress.Done > 3 })
//		training.Cancel()
//		if got, want := training.WaitError(), "the task was cancelled"; got != want {
//			t.Errorf("train = %q, want %q", got, want)
//		}
//	}
//
// A dependency is replaced by its type; see [runtime.Replace]. What the server logs
// is in the output of the test.
package mcptest
