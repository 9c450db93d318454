package scan

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/directive"
)

// tree is what a look at the files of the main modules shows before anything is
// loaded: where the directives are, and where generated files.
type tree struct {
	fset    *token.FileSet
	folders map[string]*folder    // by absolute path
	parsed  map[string]parsedFile // files with directives, so that they are parsed once
}

type parsedFile struct {
	file *ast.File
	err  error
}

// folder is one directory with directives or with a generated file.
type folder struct {
	dir       string
	name      string // of the package
	generated bool   // has a generated file of ours
	foreign   bool   // has a file of that name which is not ours
	count     int    // files with directives that are part of the build
	registers bool   // declares a tool, resource or prompt
	provides  bool   // declares a provider
	tables    bool   // declares a //mcp:types table
	deps      string // name of the //mcp:deps struct
	first     token.Position
	// Directives in files that build constraints leave out, because of cgo or not.
	cgo     []token.Position
	ignored bool
}

// walk looks through the main modules, and through the folders that patterns name,
// for files with directives.
func walk(env *environment, patterns patterns) (*tree, error) {
	t := &tree{fset: token.NewFileSet(), folders: map[string]*folder{}, parsed: map[string]parsedFile{}}
	roots := slices.Clone(env.modules)
	for _, p := range patterns {
		if p.local != "" && env.owns(p.local) {
			roots = append(roots, p.local)
		}
	}
	seen := map[string]bool{}
	for _, root := range roots {
		if err := t.walkRoot(env, root, seen); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *tree) walkRoot(env *environment, root string, seen map[string]bool) error {
	// The separator makes a link to a folder count as the folder.
	return filepath.WalkDir(root+string(filepath.Separator), func(path string, entry fs.DirEntry, err error) error {
		path = filepath.Clean(path)
		switch {
		case err != nil && path == root:
			// A pattern that names no folder: the go command says so.
			return fs.SkipAll
		case err != nil:
			return fs.SkipDir
		case !entry.IsDir():
			return nil
		case seen[path] || path != root && skipped(env, path):
			return fs.SkipDir
		}
		seen[path] = true
		return t.look(env, path)
	})
}

// skipped reports whether the go command keeps dir out of "./...".
func skipped(env *environment, dir string) bool {
	name := filepath.Base(dir)
	if name == "vendor" || name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
		return true
	}
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil && !slices.Contains(env.modules, dir)
}

// look reads the Go files of one directory.
func (t *tree) look(env *environment, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // the go command says so if it matters
	}
	f := &folder{dir: dir}
	var names []string
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			continue
		}
		if name == fileName && Generated(content) {
			f.generated = true
			continue
		}
		f.foreign = f.foreign || name == fileName
		names = append(names, name)
		if mayHoldDirective(content) {
			t.file(env, f, name, content)
		}
	}
	if f.count == 0 && len(f.cgo) == 0 && (!f.generated || f.ignored) {
		return nil
	}
	f.name = cmp.Or(f.name, packageName(env, dir, names))
	t.folders[dir] = f
	return nil
}

// mayHoldDirective reports whether a line of content starts as a directive might.
func mayHoldDirective(content []byte) bool {
	for _, prefix := range []string{"mcp:", "MCP:", "Mcp:"} {
		for rest := content; ; {
			i := bytes.Index(rest, []byte(prefix))
			if i < 0 {
				break
			}
			start := bytes.LastIndexByte(rest[:i], '\n') + 1
			if string(bytes.TrimSpace(rest[start:i])) == "//" {
				return true
			}
			end := bytes.IndexByte(rest[i:], '\n')
			if end < 0 {
				break
			}
			rest = rest[i+end:]
		}
	}
	return false
}

// file notes the directives of one file.
func (t *tree) file(env *environment, f *folder, name string, content []byte) {
	path := filepath.Join(f.dir, name)
	file, err := parseFile(t.fset, path, content)
	if file == nil {
		return
	}
	var found []token.Position
	for _, group := range file.Comments {
		for _, c := range group.List {
			word := directive.Word(c.Text)
			f.tables = f.tables || word == "types" // also where a syntax error hides what it is on
			if word != "" || strings.HasPrefix(c.Text, "//mcp:") {
				found = append(found, t.fset.PositionFor(c.Slash, false))
			}
		}
	}
	switch {
	case len(found) == 0:
		return
	case !env.builds(f.dir, name, content, false):
		if env.builds(f.dir, name, content, true) {
			f.name = file.Name.Name
			f.cgo = append(f.cgo, found...)
		}
		f.ignored = true
		return
	case importsC(file):
		f.name = file.Name.Name
		f.cgo = append(f.cgo, found...)
		f.ignored = true
		return
	}
	t.parsed[path] = parsedFile{file, err}
	if f.count++; f.count == 1 {
		f.first = found[0]
	}
	f.name = file.Name.Name
	f.declarations(file)
}

// declarations notes what decides about the stub.
func (f *folder) declarations(file *ast.File) {
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			for word := range directiveWords(decl.Doc) {
				f.registers = f.registers || word == "tool" || word == "resource" || word == "prompt"
				f.provides = f.provides || word == "provide"
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if spec, ok := spec.(*ast.TypeSpec); ok && directiveWords(typeDoc(decl, spec))["deps"] {
					f.deps = spec.Name.Name
				}
			}
		}
	}
}

func directiveWords(doc *ast.CommentGroup) map[string]bool {
	words := map[string]bool{}
	if doc == nil {
		return words
	}
	for _, c := range doc.List {
		if word := directive.Word(c.Text); word != "" {
			words[word] = true
		}
	}
	return words
}

// typeDoc is the doc comment of a type, which stands before the group when the
// group is none.
func typeDoc(decl *ast.GenDecl, spec *ast.TypeSpec) *ast.CommentGroup {
	if spec.Doc == nil && !decl.Lparen.IsValid() {
		return decl.Doc
	}
	return spec.Doc
}

// overlay are the stubs that stand in for generated files.
func (t *tree) overlay() map[string][]byte {
	files := map[string][]byte{}
	for _, f := range t.folders {
		if !f.foreign && (f.generated || f.registers) {
			files[filepath.Join(f.dir, fileName)] = f.stub()
		}
	}
	return files
}

// foreignFile reports a file of the user's where the generated one belongs.
func (f *folder) foreignFile(diags *diag.List) {
	if f.foreign && f.registers {
		pos := token.Position{Filename: filepath.Join(f.dir, fileName), Line: 1, Column: 1}
		diags.Addf(pos, "%s is not a file that mcpgen wrote; rename it", fileName)
	}
}
