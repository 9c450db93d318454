package scan_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mcpgen/mcpgen/gen/internal/model"
	"github.com/mcpgen/mcpgen/gen/internal/scan"
)

// fake stands in for the real runtime: scan goes by import path and name only, and
// tests that load no SDK are fast.
const fake = `
-- fake/go.mod --
module github.com/mcpgen/mcpgen

go 1.26
-- fake/runtime/runtime.go --
package runtime

type (
	Server   struct{}
	Progress struct{}
	Call     struct{}
	Result   struct{}
	Content  interface{ content() }
	Text     string
	Message  struct{}
)

type Info struct{ Name string }

func Main(info Info, register ...func(*Server)) {}
-- go.mod --
module example.com/app

go 1.26

require github.com/mcpgen/mcpgen v0.0.0

replace github.com/mcpgen/mcpgen => ./fake
`

// unpack writes a txtar archive, beside a module that has a runtime, and returns
// the folder.
func unpack(t *testing.T, archive string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{fake, archive} {
		for _, f := range txtar.Parse([]byte(text)).Files {
			path := filepath.Join(dir, filepath.FromSlash(f.Name))
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, f.Data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// load scans an archive.
func load(t *testing.T, archive string, patterns ...string) []*scan.Package {
	t.Helper()
	return loadDir(t, scan.Options{Dir: unpack(t, archive), Patterns: patterns})
}

func loadDir(t *testing.T, o scan.Options) []*scan.Package {
	t.Helper()
	pkgs, err := scan.Load(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return pkgs
}

// one scans an archive that holds one package without mistakes.
func one(t *testing.T, archive string) *model.Package {
	t.Helper()
	pkgs := load(t, archive)
	if len(pkgs) != 1 {
		t.Fatalf("got %d packages, want 1", len(pkgs))
	}
	if text := report(pkgs[0]); text != "" {
		t.Fatalf("unexpected diagnostics:\n%s", text)
	}
	return pkgs[0].Model
}

// report renders the diagnostics as a user sees them.
func report(p *scan.Package) string {
	var b strings.Builder
	for _, d := range p.Diags.Sorted() {
		b.WriteString(d.Text(p.Model.Dir) + "\n")
	}
	return b.String()
}
