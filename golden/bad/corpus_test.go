package bad

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
	"golang.org/x/tools/txtar"

	"github.com/mcpgen/mcpgen/gen"
)

const (
	module   = "example.com/bad" // of every archive, as its files say
	checkout = "../.."
)

// corpus is the module in which all archives lie side by side: type-checking what
// every package imports takes longer than everything else, and so happens once.
// Each archive is in a folder of its own called internal, which nothing outside
// may import, so that none sees the providers of another.
type corpus struct {
	dir      string
	mistakes []*mistake
}

// mistake is one archive.
type mistake struct {
	name    string
	dir     string // the folder of its files
	archive *txtar.Archive
}

func extract(t *testing.T) *corpus {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir()) // as the go command names it
	if err != nil {
		t.Fatal(err)
	}
	c := &corpus{dir: dir}
	c.write(t, "go.mod", goMod(t))
	c.write(t, "go.sum", read(t, filepath.Join(checkout, "go.sum")))
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archives {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		m := &mistake{name: name, dir: filepath.Join(dir, name, "internal"), archive: txtar.Parse(read(t, file))}
		c.mistakes = append(c.mistakes, m)
		for _, f := range m.sources() {
			c.write(t, path.Join(name, "internal", f.Name), m.moved(f.Data))
		}
	}
	return c
}

// moved is source with the imports of the archive's own packages as they are
// called in the corpus, and original the opposite.
func (m *mistake) moved(source []byte) []byte {
	return []byte(strings.ReplaceAll(string(source), `"`+module+"/", `"`+m.path()+"/"))
}

func (m *mistake) original(text string) string { return strings.ReplaceAll(text, m.path(), module) }

func (m *mistake) path() string { return path.Join(module, m.name, "internal") }

func (m *mistake) goFiles() []txtar.File {
	return slices.DeleteFunc(slices.Clone(m.archive.Files), func(f txtar.File) bool { return path.Ext(f.Name) != ".go" })
}

// sources are the files in which mistakes can be.
func (m *mistake) sources() []txtar.File {
	return slices.DeleteFunc(slices.Clone(m.archive.Files), func(f txtar.File) bool {
		return path.Ext(f.Name) != ".go" && path.Ext(f.Name) != ".json"
	})
}

func (m *mistake) section(name string) []byte {
	for _, f := range m.archive.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

// relative is a file of the corpus as the archive calls it.
func (m *mistake) relative(file string) string {
	return filepath.ToSlash(strings.TrimPrefix(file, m.dir+string(filepath.Separator)))
}

// packages are the patterns of all packages, each once.
func (c *corpus) packages() []string {
	var all []string
	for _, m := range c.mistakes {
		for _, f := range m.goFiles() {
			all = append(all, "./"+path.Join(m.name, "internal", path.Dir(f.Name)))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (c *corpus) run(t *testing.T, patterns ...string) *gen.Result {
	t.Helper()
	result, err := gen.Run(t.Context(), gen.Options{Dir: c.dir, Patterns: patterns})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func (c *corpus) write(t *testing.T, name string, data []byte) {
	t.Helper()
	file := filepath.Join(c.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// goMod is a go.mod that uses the checkout. It requires what the checkout requires,
// so that nothing is looked up or downloaded.
func goMod(t *testing.T) []byte {
	t.Helper()
	f, err := modfile.Parse("go.mod", read(t, filepath.Join(checkout, "go.mod")), nil)
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs(checkout)
	if err != nil {
		t.Fatal(err)
	}
	own := f.Module.Mod.Path
	for _, tool := range slices.Clone(f.Tool) {
		if err := f.DropTool(tool.Path); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.AddModuleStmt(module); err != nil {
		t.Fatal(err)
	}
	f.AddNewRequire(own, "v0.0.0", false)
	if err := f.AddReplace(own, "", root, ""); err != nil {
		t.Fatal(err)
	}
	f.Cleanup()
	data, err := f.Format()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
