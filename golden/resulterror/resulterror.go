// Package resulterror returns an error and nothing else.
package resulterror

import (
	"context"
	"fmt"
)

// Delete removes a file.
//
//mcp:tool
func Delete(_ context.Context, path string) error {
	if path == "/" {
		return fmt.Errorf("%s is too much to delete", path)
	}
	return nil
}
