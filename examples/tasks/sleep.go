package main

import (
	"context"
	"sync/atomic"

	"github.com/mcpgen/mcpgen/runtime"
)

// Dormitory knows how many are asleep.
type Dormitory struct{ sleepers atomic.Int64 }

// OpenDormitory opens an empty dormitory when the server starts.
//
//mcp:provide scope=server
func OpenDormitory() *Dormitory { return new(Dormitory) }

// Sleep sleeps until it is woken by being cancelled, for eight hours at most.
//
//mcp:tool task=true timeout=8h ttl=9h
func Sleep(ctx context.Context, dormitory *Dormitory, progress runtime.Progress) error {
	// What is deferred is done however the task ends. So are the clean-ups of providers.
	dormitory.sleepers.Add(1)
	defer dormitory.sleepers.Add(-1)
	progress.Report(1, 0, "asleep")
	<-ctx.Done()
	return context.Cause(ctx)
}

// Sleepers tells how many are asleep.
//
//mcp:resource uri=dormitory://sleepers
func Sleepers(dormitory *Dormitory) int64 { return dormitory.sleepers.Load() }
