package scan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
)

// LoadMode is what is asked of go/packages.
const LoadMode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles |
	packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo |
	packages.NeedImports | packages.NeedDeps | packages.NeedModule

// program is everything that was loaded.
type program struct {
	fset    *token.FileSet
	dir     string
	all     map[*types.Package]*packages.Package
	units   []*unit // packages with directives or a generated file, by import path
	sources map[*types.Package]*source
	closed  map[*types.TypeName]*closed
}

// goCommand is what go/packages puts in front of what the go command says.
var goCommand = regexp.MustCompile(`^err: exit status \d+: stderr: (go: )?`)

// load type-checks what the patterns match, and the folders beside that they need.
func load(ctx context.Context, env *environment, patterns patterns, tree *tree) (*program, error) {
	config := &packages.Config{
		Context: ctx,
		Mode:    LoadMode,
		Dir:     env.dir,
		Env:     env.env,
		Fset:    tree.fset,
		Overlay: tree.overlay(),
		ParseFile: func(fset *token.FileSet, path string, content []byte) (*ast.File, error) {
			if done, ok := tree.parsed[path]; ok {
				return done.file, done.err
			}
			return parseFile(fset, path, content)
		},
	}
	if env.tags != "" {
		config.BuildFlags = []string{"-tags=" + env.tags}
	}
	roots, err := packages.Load(config, append(patterns.texts(), tree.beside(env, patterns)...)...)
	if err != nil {
		return nil, errors.New(oneLine(goCommand.ReplaceAllString(err.Error(), "")))
	}
	p := &program{fset: tree.fset, dir: env.dir,
		all: map[*types.Package]*packages.Package{}, sources: map[*types.Package]*source{},
		closed: map[*types.TypeName]*closed{}}
	if err := p.index(roots, patterns, tree); err != nil {
		return nil, err
	}
	return p, nil
}

// beside are the folders with providers or tables of types that no pattern matches,
// as patterns.
func (t *tree) beside(env *environment, patterns patterns) []string {
	var more []string
	for dir, f := range t.folders {
		if !f.provides && !f.tables || f.name == "main" || patterns.matches(dir, "") {
			continue
		}
		rel, err := filepath.Rel(env.dir, dir)
		if err != nil {
			continue
		}
		if rel = filepath.ToSlash(rel); !strings.HasPrefix(rel, "../") {
			rel = "./" + rel
		}
		more = append(more, rel)
	}
	slices.Sort(more)
	return more
}

// index finds the packages that are scanned among those that were loaded.
func (p *program) index(roots []*packages.Package, patterns patterns, tree *tree) error {
	found := map[string]bool{}
	matched := false
	packages.Visit(roots, nil, func(pkg *packages.Package) {
		if pkg.Types != nil {
			p.all[pkg.Types] = pkg
		}
	})
	for _, pkg := range roots {
		target := patterns.matches(pkg.Dir, pkg.PkgPath)
		if err := unmatched(pkg); err != nil && tree.folders[pkg.Dir] == nil {
			return err
		}
		matched = matched || target
		f := tree.folders[pkg.Dir]
		if f == nil || found[pkg.Dir] || !mainModule(pkg) {
			continue
		}
		found[pkg.Dir] = true
		p.units = append(p.units, p.unit(pkg, f, target))
	}
	for dir, f := range tree.folders {
		// Packages of which the go command sees nothing without cgo.
		if len(f.cgo) > 0 && !found[dir] && patterns.matches(dir, "") {
			matched = true
			pkg := &packages.Package{Name: f.name, PkgPath: f.name, Dir: dir, Types: types.NewPackage(f.name, f.name)}
			p.units = append(p.units, p.unit(pkg, f, true))
		}
	}
	if !matched {
		return fmt.Errorf("no packages match %s", strings.Join(patterns.texts(), " "))
	}
	slices.SortFunc(p.units, func(a, b *unit) int {
		return cmp.Or(cmp.Compare(a.pkg.PkgPath, b.pkg.PkgPath), cmp.Compare(a.pkg.Dir, b.pkg.Dir))
	})
	return nil
}

func (p *program) unit(pkg *packages.Package, f *folder, target bool) *unit {
	return &unit{program: p, pkg: pkg, folder: f, target: target, diags: new(diag.List)}
}

// unmatched is the error of a pattern that leads to no package.
func unmatched(pkg *packages.Package) error {
	if len(pkg.GoFiles)+len(pkg.OtherFiles) > 0 || len(pkg.Errors) == 0 || strings.Contains(pkg.Errors[0].Pos, ":") {
		return nil // an error with a position is one of a file
	}
	return errors.New(oneLine(pkg.Errors[0].Msg))
}

func mainModule(pkg *packages.Package) bool { return pkg.Module != nil && pkg.Module.Main }

// pos is where p stands in its file, whatever //line comments say.
func (p *program) pos(at token.Pos) token.Position {
	if !at.IsValid() {
		return token.Position{}
	}
	return p.fset.PositionFor(at, false)
}
