package runtime

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/mcpgen/mcpgen/runtime/internal/wait"
)

// A client that does not read holds up nobody for more than the bound, and what
// happens meanwhile is one message.
func TestUpdatesAreJoined(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var u updates
		sent := 0
		send := func() { time.Sleep(time.Minute); sent++ }
		first := u.tell("a", send)
		synctest.Wait()
		for range 5 {
			u.tell("a", send)
		}
		if wait.For(first, updateGrace) {
			t.Error("the first message is through at once")
		}
		last := u.tell("a", send)
		<-last
		if sent != 2 {
			t.Errorf("%d messages, want 2", sent)
		}
		synctest.Wait()
		if len(u.rounds) != 0 {
			t.Errorf("%d rounds are left", len(u.rounds))
		}
	})
}
