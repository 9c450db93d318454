// Package templatelists has the richer expressions of RFC 6570: paths, lists and
// query variables that may be left out.
package templatelists

import (
	"fmt"
	"strings"
)

// File is a file of the tree.
//
//mcp:resource uri=tree://files{/path*}
func File(path []string) string { return strings.Join(path, " > ") }

// Search looks for files.
//
//mcp:resource uri=tree://search{?text,limit,kinds*}
//mcp:param limit default=10
func Search(text string, limit int, kinds []string) string {
	return fmt.Sprintf("%q, at most %d of %q", text, limit, kinds)
}

// Raw is a file by its whole name, slashes included.
//
//mcp:resource uri=tree://raw/{+name}
func Raw(name string) string { return name }
