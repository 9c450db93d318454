package main

import (
	"context"
	"fmt"
	"time"

	"github.com/mcpgen/mcpgen/runtime"
)

// CrunchInput says how long to crunch.
type CrunchInput struct {
	// How long it takes, in seconds.
	Seconds float64 `json:"seconds,omitempty" jsonschema:"minimum=0,maximum=3600,default=10"`
}

// Crunch crunches numbers, and tells all the while how far it is.
//
//mcp:tool task=true readonly idempotent openworld=false
func Crunch(ctx context.Context, in CrunchInput, progress runtime.Progress) (string, error) {
	const parts = 100
	for done := range parts {
		if err := work(ctx, in.Seconds/parts); err != nil {
			return "", err
		}
		progress.Report(float64(done+1), parts, fmt.Sprintf("crunched %d of %d numbers", done+1, parts))
	}
	return fmt.Sprintf("crunched %d numbers in %v seconds", parts, in.Seconds), nil
}

// work stands for something that takes long. Like anything that does, it heeds its
// context, which ends when the task is cancelled.
func work(ctx context.Context, seconds float64) error {
	select {
	case <-time.After(time.Duration(seconds * float64(time.Second))):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
