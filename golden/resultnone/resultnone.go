// Package resultnone returns nothing: that the call came back is the answer.
package resultnone

import "log/slog"

// Ping checks that the server is there.
//
//mcp:tool
func Ping(logger *slog.Logger, note string) {
	logger.Debug("ping", "note", note)
}
