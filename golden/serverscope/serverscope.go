// Package serverscope provides a value for the life of the server: opened when it
// starts, closed when it stops, shared by all calls.
package serverscope

import (
	"context"
	"log/slog"
	"sync/atomic"
)

// Cache remembers how often it was asked.
type Cache struct {
	hits atomic.Int64
}

// OpenCache fills the cache. It is closed when the server stops.
//
//mcp:provide scope=server
func OpenCache(_ context.Context, logger *slog.Logger) (*Cache, func() error, error) {
	logger.Debug("cache opened")
	return &Cache{}, func() error { return nil }, nil
}

// Hit asks the cache once more and says how often that was.
//
//mcp:tool
func Hit(cache *Cache) int64 { return cache.hits.Add(1) }

// Skip asks the cache several times.
//
//mcp:tool
func Skip(times int64, cache *Cache) int64 { return cache.hits.Add(times) }
