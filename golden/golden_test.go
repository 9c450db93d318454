package golden

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
	"golang.org/x/tools/txtar"

	"github.com/mcpgen/mcpgen/gen"
)

func TestGeneratedFiles(t *testing.T) {
	result, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	files, err := expected(result)
	if err != nil {
		t.Fatal(err)
	}
	for path, content := range files {
		compare(t, path, content)
	}
}

func TestGeneratorIsStable(t *testing.T) {
	t.Parallel()
	first, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	second, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(second.Files), len(first.Files); got != want {
		t.Fatalf("a second run made %d files, the first %d", got, want)
	}
	for i, f := range second.Files {
		if d := diff.Diff("first run", first.Files[i].Content, "second run", f.Content); d != nil {
			t.Errorf("%s differs from run to run:\n%s", f.Path, d)
		}
	}
}

func TestCasesAreComplete(t *testing.T) {
	t.Parallel()
	names, err := caseNames()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		for _, file := range []string{gen.FileName, "wire.txtar"} {
			if _, err := os.Stat(filepath.Join(name, file)); err != nil {
				t.Errorf("case %s: %v", name, err)
			}
		}
		if register(name) == nil {
			t.Errorf("case %s is neither in registry_test.go nor in deps_test.go", name)
		}
		archive, err := txtar.ParseFile(filepath.Join(name, "wire.txtar"))
		if err == nil && strings.TrimSpace(string(archive.Comment)) == "" {
			t.Errorf("%s/wire.txtar does not say what it shows", name)
		}
	}
}

func TestGeneratedCodeIsTidy(t *testing.T) {
	t.Parallel()
	result, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range result.Files {
		name := filepath.Base(filepath.Dir(f.Path))
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, f.Path, f.Content, parser.ParseComments)
		if err != nil {
			t.Errorf("case %s: %v", name, err)
			continue
		}
		if !ast.IsGenerated(file) {
			t.Errorf("case %s: the file does not look generated", name)
		}
		if formatted, err := format.Source(f.Content); err != nil || !bytes.Equal(formatted, f.Content) {
			t.Errorf("case %s: the file is not gofmt'd (%v)", name, err)
		}
		for _, spec := range file.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err != nil || !mayImport(name, path) {
				t.Errorf("case %s: import of %s", name, spec.Path.Value)
			}
		}
	}
}

// mayImport reports whether the generated file of a case may import a package:
// the standard library's, ours, those of the case itself, and those whose types a
// case is about.
func mayImport(name, path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") ||
		slices.Contains(foreign[name], path) ||
		path == modulePath+"/runtime" ||
		path == modulePath+"/runtime/codec" ||
		strings.HasPrefix(path, modulePath+"/golden/"+name+"/")
}

// foreign are the packages of other modules whose types cases are about.
var foreign = map[string][]string{
	"thirdparty": {"github.com/golang-sql/civil", "github.com/google/uuid", "github.com/shopspring/decimal", "golang.org/x/mod/module"},
	"typetable":  {"github.com/golang-sql/civil", "github.com/google/uuid", "github.com/shopspring/decimal"},
}

// compare reports how content differs from the file that was committed.
func compare(t *testing.T, path string, content []byte) {
	t.Helper()
	committed, err := os.ReadFile(path)
	if err != nil {
		t.Errorf("%v: run go test ./golden -update", err)
		return
	}
	if d := diff.Diff(path, committed, path+" (now)", content); d != nil {
		t.Errorf("run go test ./golden -update and judge the change:\n%s", d)
	}
}
