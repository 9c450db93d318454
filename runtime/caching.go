package runtime

import (
	"context"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Caching says how long and for whom an answer may be kept, as HTTP's
// Cache-Control does. The zero value is that of an answer which is stale at once
// and for nobody but who asked. It is a hint: what has changed before is told by
// [Catalog], and clients that know nothing of caching ignore it.
type Caching struct {
	// MaxAge is how long the answer is fresh.
	MaxAge time.Duration
	// Public lets a cache that many users share give the answer to all of them.
	Public bool
}

// wire is c as the SDK has it.
func (c Caching) wire() mcp.Cacheable {
	cacheable := mcp.Cacheable{TTLMs: int(max(0, c.MaxAge).Milliseconds()), CacheScope: "private"}
	if c.Public {
		cacheable.CacheScope = "public"
	}
	return cacheable
}

// SetCaching replaces, for this answer, what the resource declares. It has no
// effect on tools and prompts, whose answers are not cached.
func (c *Call) SetCaching(caching Caching) { c.caching.Store(&caching) }

// PageSize has lists of tools, prompts and resources come in pages of n. By default
// a page has 1000.
func PageSize(n int) Option { return func(s *Server) { s.pageSize = n } }

// CacheLists tells clients how long they may keep the lists of tools, prompts and
// resources, and what the server says of itself. By default that is not at all.
func CacheLists(caching Caching) Option { return func(s *Server) { s.listCaching = &caching } }

// cacheable is asked by the SDK about every result that could be cached.
func (s *Server) cacheable(_ context.Context, request mcp.Request, c *mcp.Cacheable) {
	if _, read := request.(*mcp.ReadResourceRequest); !read && s.listCaching != nil {
		*c = s.listCaching.wire()
	}
}
