package task_test

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestImports holds this package and its memory to the standard library: every
// server has them, and no protocol is to get into the rules.
func TestImports(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{"*.go", "memstore/*.go", "storetest/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no files, %v", pattern, err)
		}
		for _, name := range files {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, spec := range file.Imports {
				path := strings.Trim(spec.Path.Value, `"`)
				first, _, _ := strings.Cut(path, "/")
				if strings.Contains(first, ".") && !strings.HasPrefix(path, "github.com/mcpgen/mcpgen/runtime/task") {
					t.Errorf("%s imports %s", name, path)
				}
			}
		}
	}
}
