package stdio

import (
	"testing"
	"testing/synctest"
	"time"
)

// newTestWatch returns a watch that no system tells of anything.
func newTestWatch() *Watch {
	w := new(Watch)
	w.Gone, w.gone = event()
	w.heardFirst, w.heard = event()
	w.stopped, w.stop = event()
	w.interrupt = func() {}
	return w
}

func TestWhoIsMissed(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		happen func(w *Watch)
		gone   time.Duration // after which the client is gone; 0 for never
	}{
		{"launcher with somebody behind it, early", func(w *Watch) { w.died(false) }, 0},
		{"the same, and then a message", func(w *Watch) { w.died(false); w.Heard() }, 0},
		{"launcher with somebody behind it, late", func(w *Watch) { w.Heard(); w.died(false) }, time.Nanosecond},
		{"the last one, early", func(w *Watch) { w.died(true) }, launchGrace},
		{"the last one, and then a message", func(w *Watch) { w.died(true); w.Heard() }, 0},
		{"the last one, late", func(w *Watch) { w.Heard(); w.died(true) }, time.Nanosecond},
		{"after the watch", func(w *Watch) { w.died(true); w.Stop() }, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newTestWatch()
				row.happen(w)
				limit := row.gone
				if limit == 0 {
					limit = time.Hour
				}
				select {
				case <-w.Gone:
					if row.gone == 0 {
						t.Error("the client is gone")
					}
				case <-time.After(limit + time.Nanosecond):
					if row.gone != 0 {
						t.Errorf("the client is not gone after %v", limit)
					}
				}
			})
		})
	}
}
