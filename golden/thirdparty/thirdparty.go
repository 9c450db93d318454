// Package thirdparty takes a type of somebody else's that reads and writes JSON
// itself.
package thirdparty

import "log/slog"

// Sink is where logs go.
type Sink struct {
	// A level such as DEBUG or INFO+2.
	Level slog.Level `json:"level" jsonschema:"default=INFO"`
	// Levels of single packages.
	Packages map[string]slog.Level `json:"packages,omitempty"`
}

// OpenSink opens a sink.
//
//mcp:tool
func OpenSink(in Sink) Sink { return in }
