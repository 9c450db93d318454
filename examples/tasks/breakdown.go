package main

import (
	"context"
	"errors"

	"github.com/mcpgen/mcpgen/runtime"
)

// BreakDownInput says when and how to fail.
type BreakDownInput struct {
	// How long all goes well, in seconds.
	After float64 `json:"after,omitempty" jsonschema:"minimum=0,maximum=3600,default=2"`
	// How it ends.
	How Breakage `json:"how,omitempty" jsonschema:"default=error"`
}

// Breakage is a way to fail.
type Breakage string

// The ways to fail.
const (
	Smoke     Breakage = "error"          // a model reads of it, and may try again
	Recall    Breakage = "protocol_error" // a program sees its code
	Explosion Breakage = "panic"          // the server survives it, and tells nobody more
)

// BreakDown fails after a while.
//
//mcp:tool task=true
func BreakDown(ctx context.Context, in BreakDownInput, progress runtime.Progress) error {
	progress.Report(1, 2, "all is well")
	if err := work(ctx, in.After); err != nil {
		return err
	}
	switch in.How {
	case Smoke:
		return errors.New("the engine is smoking; let it cool down and try again")
	case Recall:
		return &runtime.ProtocolError{Code: engineRecalled, Message: "all engines of this kind were recalled"}
	case Explosion:
		panic("the engine exploded")
	}
	return nil
}

// engineRecalled is an error code of this server, outside of those that JSON-RPC
// reserves, -32768 to -32000.
const engineRecalled = 1001
