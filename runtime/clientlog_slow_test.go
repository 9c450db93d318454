//lint:file-ignore SA1019 logging is deprecated since 2026-07-28, and what earlier clients have

package runtime

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// A client that reads nothing delays a call by no more than the bound.
func TestClientLogOfASlowClient(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := &clientLog{queue: make(chan *mcp.LoggingMessageParams, clientLogQueue), written: make(chan struct{})}
		c := &Call{log: slog.New(slog.DiscardHandler)}
		log.start(context.Background())
		began := time.Now()
		for range clientLogQueue + 10 {
			log.send(c, &mcp.LoggingMessageParams{})
		}
		log.stop(c)
		if took := time.Since(began); took != clientLogGrace {
			t.Errorf("the call took %v longer, want %v", took, clientLogGrace)
		}
		if log.lost != 10 {
			t.Errorf("%d messages are lost, want 10", log.lost)
		}
		log.send(c, &mcp.LoggingMessageParams{}) // does nothing any more
	})
}
