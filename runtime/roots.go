package runtime

//lint:file-ignore SA1019 the specification deprecates sampling and roots (SEP-2577), and clients have them

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// ErrNoRoots says that the client tells nobody what its user works on.
var ErrNoRoots = errors.New("this client offers no roots")

// Root is a folder or file that the user of the client works on.
type Root struct {
	URI  string // begins with file://
	Name string // for people, or ""
}

// Roots asks the client what its user works on. Like [Ask] it waits for clients of
// versions before 2026-07-28, and for the others returns [ErrInputRequired], after
// which the function runs again. [ErrNoRoots] says that the client offers none.
//
// The specification deprecates roots since 2026-07-28 (SEP-2577); clients go on
// offering them for at least a year. A path as an argument always works.
func (c *Call) Roots(ctx context.Context) ([]Root, error) {
	a, err := c.ask(ctx, question{"roots", &mcp.ListRootsParams{}})
	if err != nil {
		return nil, err
	}
	var result mcp.ListRootsResult
	if err := json.Unmarshal(a.Result, &result); err != nil {
		return nil, fmt.Errorf("the client's roots: %w", err)
	}
	roots := make([]Root, 0, len(result.Roots))
	for _, r := range result.Roots {
		if r != nil {
			roots = append(roots, Root{URI: r.URI, Name: r.Name})
		}
	}
	return roots, nil
}
