package scan_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/scan"
)

var update = flag.Bool("update", false, "write what the tests find into testdata")

// TestDiagnostics scans the archives of testdata, whose file "want" holds what is
// said about them. A line "patterns: ..." at the top says what to scan.
func TestDiagnostics(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var want []byte
			archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool {
				if f.Name == "want" {
					want = f.Data
				}
				return f.Name == "want"
			})
			got := diagnose(t, archive)
			if *update && got != string(want) {
				archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
				t.Logf("updated %s", path)
				return
			}
			if got != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func diagnose(t *testing.T, archive *txtar.Archive) string {
	dir := unpack(t, string(txtar.Format(archive)))
	o := scan.Options{Dir: dir}
	for line := range strings.Lines(string(archive.Comment)) {
		if patterns, ok := strings.CutPrefix(line, "patterns:"); ok {
			o.Patterns = strings.Fields(patterns)
		}
	}
	var all diag.List
	for _, p := range loadDir(t, o) {
		all.Append(p.Diags)
	}
	var b strings.Builder
	for _, d := range all.Sorted() {
		b.WriteString(strings.ReplaceAll(d.Text(dir), dir, "DIR") + "\n")
	}
	return b.String()
}
