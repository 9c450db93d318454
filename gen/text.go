package gen

import "github.com/mcpgen/mcpgen/gen/internal/diag"

// DiagnosticsJSON renders diagnostics for programs: one indented JSON array, with
// paths relative to dir.
func DiagnosticsJSON(dir string, all []*Diagnostic) ([]byte, error) { return diag.JSON(dir, all) }
