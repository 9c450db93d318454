package main

import (
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/gen"
)

// importRules say what packages of this module must never link, and why. Paths
// inside the module are written without its own; "x/..." is x and all below it.
var importRules = []struct {
	packages []string
	never    []string
	why      string
}{
	{
		packages: []string{"gen/..."},
		never:    []string{"runtime/...", "github.com/modelcontextprotocol/..."},
		why:      "the generator writes about the runtime, and never runs it",
	},
	{
		packages: []string{"gen/..."},
		never:    []string{"cmd/...", "templates/...", "github.com/alecthomas/kong"},
		why:      "the generator returns values; the command line is one of its callers",
	},
	{
		packages: []string{"gen/internal/scan"},
		never:    []string{"github.com/dave/jennifer/...", "github.com/invopop/jsonschema"},
		why:      "scan reads Go source; what becomes of it is for later stages to know",
	},
	{
		packages: []string{"gen/internal/model", "gen/internal/resolve", "gen/internal/schema", "gen/internal/emit"},
		never:    []string{"gen/internal/scan", "go/types", "golang.org/x/tools/..."},
		why:      "behind scan there are only plain data, so that a test of a stage is a literal",
	},
	{
		packages: []string{"gen/internal/model", "gen/internal/resolve", "gen/internal/schema"},
		never:    []string{"github.com/dave/jennifer/..."},
		why:      "only emit knows how generated code is spelled",
	},
	{
		packages: []string{"gen/internal/model", "gen/internal/resolve", "gen/internal/emit"},
		never:    []string{"github.com/invopop/jsonschema"},
		why:      "only schema knows how a schema is spelled",
	},
	{
		packages: []string{"runtime/codec"},
		never:    []string{"runtime", "github.com/modelcontextprotocol/...", "net/http"},
		why:      "the codec is below every call; it knows neither protocol nor transport",
	},
	{
		packages: []string{"runtime/...", "templates/stdio", "templates/http", "examples/..."},
		never:    []string{"gen/...", "cmd/...", "templates"},
		why:      "a server does not link its generator",
	},
	{
		packages: []string{"runtime/...", "templates/stdio", "templates/http", "examples/..."},
		never: []string{
			"github.com/alecthomas/kong", "github.com/dave/jennifer/...", "github.com/invopop/jsonschema",
			"github.com/rogpeppe/go-internal/...", "golang.org/x/mod/...", "golang.org/x/tools/...", "go/types",
		},
		why: "a server has no use for what only the generator needs",
	},
	{
		packages: []string{"runtime", "templates/stdio", "templates/http", "examples/echo", "examples/inject"},
		never:    []string{"runtime/taskclient"},
		why:      "a server is no client",
	},
	{
		packages: []string{"runtime", "runtime/codec", "runtime/mcptest", "templates/stdio", "templates/http", "examples/echo"},
		never:    []string{"database/sql", "modernc.org/..."},
		why:      "a server links no database that it did not ask for",
	},
	{
		packages: []string{"runtime", "runtime/codec", "runtime/mcptest", "templates/stdio", "templates/http", "examples/..."},
		never:    []string{"go.opentelemetry.io/...", "runtime/telemetry"},
		why:      "a server links the API of OpenTelemetry only if its main function asks for it",
	},
}

// commandImports is all that the command may import of this module.
var commandImports = []string{"gen", "templates"}

func TestImports(t *testing.T) {
	t.Parallel()
	all := listPackages(t)
	for _, rule := range importRules {
		for _, pattern := range rule.packages {
			matching := all.matching(pattern)
			if len(matching) == 0 {
				t.Errorf("no package matches %s: a rule about it holds nothing", pattern)
			}
			for _, p := range matching {
				for _, never := range rule.never {
					for _, linked := range p.Deps {
						if matches(never, linked) {
							t.Errorf("%s links %s, but %s", p.ImportPath, linked, rule.why)
						}
					}
				}
			}
		}
	}
	for _, p := range all.matching("cmd/mcpgen") {
		for _, imported := range p.Imports {
			if matches("...", imported) && !slices.Contains(commandImports, strings.TrimPrefix(imported, mcpgenModule+"/")) {
				t.Errorf("%s imports %s, but it may only know %v", p.ImportPath, imported, commandImports)
			}
		}
	}
}

// TestGeneratedImports holds that generated code brings nothing into a program
// but the runtime: all else is of the standard library, of the user's module, or
// imported by the package already.
func TestGeneratedImports(t *testing.T) {
	t.Parallel()
	checked := 0
	for _, p := range listPackages(t) {
		generated, err := imports(filepath.Join(p.Dir, gen.FileName))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Error(err)
			continue
		}
		checked++
		allowed := []string{mcpgenModule + "/runtime", mcpgenModule + "/runtime/codec"}
		for _, file := range p.GoFiles {
			if file != gen.FileName {
				own, err := imports(filepath.Join(p.Dir, file))
				if err != nil {
					t.Error(err)
				}
				allowed = append(allowed, own...)
			}
		}
		for _, imported := range generated {
			if !standard(imported) && !matches("golden/...", imported) && !matches("examples/...", imported) && !slices.Contains(allowed, imported) {
				t.Errorf("%s/%s imports %s", p.ImportPath, gen.FileName, imported)
			}
		}
	}
	if checked == 0 {
		t.Error("there is no generated file to check")
	}
}

// imports are the import paths of a Go file.
func imports(file string) ([]string, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, spec := range parsed.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}

func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// matches reports whether a pattern of importRules covers path.
func matches(pattern, path string) bool {
	first, _, _ := strings.Cut(strings.TrimSuffix(pattern, "/..."), "/")
	inside := slices.Contains([]string{"...", "bench", "cmd", "examples", "gen", "golden", "runtime", "templates"}, first)
	if inside {
		pattern = mcpgenModule + "/" + pattern
	}
	if folder, ok := strings.CutSuffix(pattern, "/..."); ok {
		return path == folder || strings.HasPrefix(path, folder+"/")
	}
	return path == pattern
}

// listed is a package as the go command lists it.
type listed struct {
	ImportPath, Dir        string
	GoFiles, Imports, Deps []string
}

type packageList []listed

func (all packageList) matching(pattern string) packageList {
	return slices.Collect(func(yield func(listed) bool) {
		for _, p := range all {
			if matches(pattern, p.ImportPath) && !yield(p) {
				return
			}
		}
	})
}

// listPackages lists the packages of this module, without their tests.
func listPackages(t *testing.T) packageList {
	t.Helper()
	out, err := goCommand(t.Context(), sourceDir(), "list", "-json=ImportPath,Dir,GoFiles,Imports,Deps", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all packageList
	for decoder := json.NewDecoder(strings.NewReader(string(out))); decoder.More(); {
		var p listed
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}
