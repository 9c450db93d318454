// Package scan reads Go source into the model. It is the only place that knows
// go/types.
//
// Everything is loaded at once and without function bodies: what a tool looks like
// is in its declaration. The file that mcpgen generates is replaced by a stub, so
// that neither its absence nor its age is a type error.
package scan

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// fileName is the name of the generated file.
const fileName = "mcp_gen.go"

// runtimePath is the import path of the runtime.
const runtimePath = "github.com/mcpgen/mcpgen/runtime"

// codecPath is the import path of the package that declares what generated code and
// users share.
const codecPath = runtimePath + "/codec"

// Options say what to scan. The zero value scans the package of the working
// directory.
type Options struct {
	Dir      string   // "" is the working directory
	Patterns []string // as the go command takes them; none means "."
	Tags     string   // build tags, comma-separated
	Env      []string // nil is the environment of the process
}

// Package is one package with directives, or with a generated file that nothing
// in the package asks for any more; then its model is [model.Package.Empty].
type Package struct {
	Model *model.Package
	Diags *diag.List
	// Target tells packages that match the patterns from those that were only
	// read for their providers.
	Target bool
	// Generated tells that the folder holds a file that mcpgen wrote.
	Generated bool
	// Broken tells that the package does not compile, so that what it seems to
	// lack may be no mistake of its author.
	Broken bool
	// Incomplete tells that the package needs a row of a //mcp:types table that has a
	// mistake, which is reported where it stands.
	Incomplete bool
}

// Load scans all packages that the patterns match. Mistakes in their source are
// diagnostics of the packages, sorted by import path; the error is for what kept
// Load from looking.
func Load(ctx context.Context, o Options) ([]*Package, error) {
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, err
	}
	if o.Env == nil {
		o.Env = os.Environ()
	}
	patterns, err := newPatterns(dir, o.Patterns)
	if err != nil {
		return nil, err
	}
	env, err := newEnvironment(ctx, dir, o.Env, o.Tags)
	if err != nil {
		return nil, err
	}
	tree, err := walk(env, patterns)
	if err != nil {
		return nil, err
	}
	p, err := load(ctx, env, patterns, tree)
	if err != nil {
		return nil, err
	}
	return p.scan(), nil
}

// scan turns the loaded packages into models: first what each of them declares,
// then, as providers are shared, each model.
func (p *program) scan() []*Package {
	for _, u := range p.units {
		u.collect()
	}
	for _, u := range p.units {
		u.checkRows()
	}
	var all []*Package
	for _, u := range p.units {
		all = append(all, &Package{
			Model:      u.model(),
			Diags:      u.diags,
			Target:     u.target,
			Generated:  u.folder.generated,
			Broken:     u.broken,
			Incomplete: u.incomplete,
		})
	}
	slices.SortFunc(all, func(a, b *Package) int { return cmp.Compare(a.Model.Path, b.Model.Path) })
	return all
}
