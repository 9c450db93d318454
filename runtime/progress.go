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
// empty.
//
// Report never fails: nothing is sent if the client did not ask for progress, if
// done has not grown since the last report (the specification demands that it
// does, see basic/utilities/progress), if done or total is no finite number, or
// if the call has ended.
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
	last     float64
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
	params, ok := c.request.GetParams().(mcp.RequestParams)
	session := c.Session()
	if !ok || session == nil || params.GetProgressToken() == nil {
		return
	}
	token := params.GetProgressToken()
	s.send = func(p mcp.ProgressNotificationParams) error {
		p.ProgressToken = token
		return session.NotifyProgress(ctx, &p)
	}
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
	if s.send == nil || s.reported && params.Progress <= s.last {
		return
	}
	s.reported, s.last = true, params.Progress
	if err := s.send(params); err != nil {
		s.send = nil // the client is gone, or cannot be told
	}
}

func finite(f float64) bool {
	return !math.IsNaN(f) && !math.IsInf(f, 0)
}
