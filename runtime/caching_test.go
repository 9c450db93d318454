package runtime_test

import (
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func TestListsInPagesWithCaching(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			s := startedServer(t, func(s *runtime.Server) {
				for _, name := range []string{"a", "b", "c"} {
					addTool(s, name, nothing)
				}
			}, runtime.PageSize(2), runtime.CacheLists(runtime.Caching{MaxAge: time.Minute}))
			session := connect(t, s.SDK(), era)
			first, err := session.ListTools(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			second, err := session.ListTools(t.Context(), &mcp.ListToolsParams{Cursor: first.NextCursor})
			if err != nil {
				t.Fatal(err)
			}
			if len(first.Tools) != 2 || len(second.Tools) != 1 || second.NextCursor != "" {
				t.Errorf("pages of %d and %d, want 2 and 1", len(first.Tools), len(second.Tools))
			}
			if first.TTLMs != 60_000 || first.CacheScope != "private" {
				t.Errorf("caching for %d ms, %s, want 60000 ms, private", first.TTLMs, first.CacheScope)
			}
		})
	}
}
