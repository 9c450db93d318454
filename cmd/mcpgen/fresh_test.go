package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/gen"
)

// TestFresh generates templates and examples in memory and compares them with
// what is committed. "make generate" brings them up to date.
func TestFresh(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{"check", "./templates/...", "./examples/..."}, sourceDir(), &stdout, &stderr)
	if code != fine {
		t.Errorf("exit status %d, want %d\n%s%s", code, fine, &stdout, &stderr)
	}
}

// The table of directives in REFERENCE.md stands between these lines.
const (
	tableBegins = "<!-- directives: written by make generate -->\n"
	tableEnds   = "<!-- end of directives -->\n"
)

func TestReferenceTable(t *testing.T) {
	t.Parallel()
	file := filepath.Join(sourceDir(), "REFERENCE.md")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(content), tableBegins)
	got, after, ends := strings.Cut(rest, tableEnds)
	if !begins || !ends {
		t.Fatalf("REFERENCE.md has no place for the table: it lacks %q or %q", tableBegins, tableEnds)
	}
	want := "\n" + gen.DirectiveTable() + "\n"
	if got == want {
		return
	}
	if !*update {
		t.Fatalf("the table of directives is stale; to fix: make generate\ngot\n%s\nwant\n%s", got, want)
	}
	if err := os.WriteFile(file, []byte(before+tableBegins+want+tableEnds+after), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Log("rewrote the table of directives in REFERENCE.md")
}
