// Package clientlog writes log messages to the client, beside the log of the
// operators.
package clientlog

import (
	"fmt"
	"log/slog"

	"github.com/mcpgen/mcpgen/runtime"
)

// Import imports rows.
//
//mcp:tool
func Import(rows int, client runtime.ClientLogger, operators *slog.Logger) (string, error) {
	client.Debug("looking for the file")
	client.Info("importing", "rows", rows)
	operators.Info("an import")
	if rows > 10 {
		client.WithGroup("table").With("name", "sales").Error("too many rows", slog.Group("limit", "rows", 10))
		return "", fmt.Errorf("%d rows are too many", rows)
	}
	return "done", nil
}
