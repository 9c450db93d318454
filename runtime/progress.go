package runtime

import (
	"context"
	"math"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Progress reports how far a call is. The zero value is usable and reports to
// nobody, which is convenient in tests. It is safe for concurrent use.
type Progress struct {
	call *Call
}

// Report tells the client that done of total is done; the unit is yours, and a
// total of 0 means that it is not known. The message is for people and may be
// empty. If done has not grown since the last report, only the message is news. So
// what has no numbers to tell says
//
//	progress.Report(0, 0, "waiting for the printer")
//
// In a direct call each report is sent to the client. In a task the last one is the
// status of the task, which is written no more often than [task.Options] says.
//
// Report never fails: nothing is sent if the client did not ask for progress, if
// there is no news, if done or total is no finite number, or if the call has ended.
func (p Progress) Report(done, total float64, message string) {
	if p.call == nil || !finite(done) || !finite(total) {
		return
	}
	p.call.progress.report(mcp.ProgressNotificationParams{Progress: done, Total: total, Message: message})
}

// progressState is what a call has reported so far.
type progressState struct {
	mu       sync.Mutex
	send     func(mcp.ProgressNotificationParams) error // nil if nobody wants reports, or no more
	reported bool
	last     mcp.ProgressNotificationParams
}

// start lets reports through, if somebody asked for them. The context is that of
// the request: it tells the SDK to which one a report belongs.
func (s *progressState) start(ctx context.Context, c *Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.run != nil {
		s.send = c.run.report
		return
	}
	token, session := c.progressToken(), c.Session()
	if session == nil || token == nil {
		return
	}
	var told ascent
	s.send = func(p mcp.ProgressNotificationParams) error {
		p.ProgressToken, p.Progress = token, told.next(p.Progress)
		return session.NotifyProgress(ctx, &p)
	}
}

// progressToken is what the client wants to have in reports, nil if it wants none.
func (c *Call) progressToken() any {
	params, ok := c.request.GetParams().(mcp.RequestParams)
	if !ok {
		return nil
	}
	return params.GetProgressToken()
}

// stop lets no more reports through: after the answer they would be for nothing.
func (s *progressState) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.send = nil
}

// report sends one report. It holds the lock while it does, so that reports
// arrive in their order.
func (s *progressState) report(params mcp.ProgressNotificationParams) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.send == nil {
		return
	}
	if s.reported && params.Progress <= s.last.Progress {
		if params.Message == "" || params.Message == s.last.Message {
			return
		}
		params.Progress, params.Total = s.last.Progress, s.last.Total
	}
	s.reported, s.last = true, params
	if err := s.send(params); err != nil {
		s.send = nil // the client is gone, or cannot be told
	}
}

// ascent is a progress as clients are told of it. The specification demands that it
// grows each time (basic/utilities/progress), even if only the message is news: then
// it grows by a billionth.
type ascent struct {
	begun bool
	last  float64
}

func (a *ascent) next(progress float64) float64 {
	if a.begun && progress <= a.last {
		progress = a.last + max(math.Abs(a.last), 1)*1e-9
	}
	a.begun, a.last = true, progress
	return progress
}

func finite(f float64) bool {
	return !math.IsNaN(f) && !math.IsInf(f, 0)
}
