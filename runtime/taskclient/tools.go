package taskclient

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// tools are what a legacy server says of its tools and tasks.
type tools struct {
	any bool // there are tasks at all

	mu      sync.Mutex
	support map[string]string // by name: "required", "optional" or "forbidden"; nil if not known
}

func newTools(version string, begun json.RawMessage) *tools {
	return &tools{any: tasksOf(version, begun)}
}

// tasksOf reads from the answer to initialize whether tools can be called as tasks,
// which the SDK has no field for.
func tasksOf(version string, begun json.RawMessage) bool {
	var result struct {
		Capabilities struct {
			Tasks struct {
				Requests struct {
					Tools struct {
						Call json.RawMessage
					}
				}
			}
		}
	}
	return version == frame.Legacy && json.Unmarshal(begun, &result) == nil && result.Capabilities.Tasks.Requests.Tools.Call != nil
}

// forget has the server asked again.
func (t *tools) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.support = nil
}

// takesTasks reports whether a tool is to be called as a task by a legacy client. A
// tool that was not there when the server was asked last has it asked again.
func (s *Session) takesTasks(ctx context.Context, name string) (bool, error) {
	if !s.tools.any {
		return false, nil
	}
	s.tools.mu.Lock()
	defer s.tools.mu.Unlock()
	if _, known := s.tools.support[name]; !known {
		support, err := s.listSupport(ctx)
		if err != nil {
			return false, err
		}
		s.tools.support = support
	}
	support := s.tools.support[name]
	return support == "optional" || support == "required", nil
}

// listSupport lists the tools with what the SDK has no field for.
func (s *Session) listSupport(ctx context.Context) (map[string]string, error) {
	support := make(map[string]string)
	for cursor := ""; ; {
		e := newExchange()
		list, err := s.ListTools(e.with(ctx), &mcp.ListToolsParams{Cursor: cursor})
		s.tap.forget(e)
		text := e.close()
		if err != nil {
			return nil, err
		}
		var page struct {
			Tools []struct {
				Name      string
				Execution struct{ TaskSupport string }
			}
		}
		if err := json.Unmarshal(text, &page); err != nil {
			return nil, err
		}
		for _, t := range page.Tools {
			support[t.Name] = t.Execution.TaskSupport
		}
		if cursor = list.NextCursor; cursor == "" {
			return support, nil
		}
	}
}
