package directive

import (
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
)

// instead completes a diagnostic: what to write, or all that is valid.
func instead(got string, valid []string, write func(string) string) string {
	if v := diag.Nearest(got, valid); v != "" {
		return "write " + write(v)
	}
	return "valid are " + strings.Join(valid, ", ")
}
