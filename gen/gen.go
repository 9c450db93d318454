// Package gen turns annotated Go packages into mcp_gen.go files. It reads source
// and returns values; only its caller writes files.
package gen

import (
	"context"
	"io"
	"path/filepath"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/directive"
	"github.com/mcpgen/mcpgen/gen/internal/emit"
	"github.com/mcpgen/mcpgen/gen/internal/model"
	"github.com/mcpgen/mcpgen/gen/internal/resolve"
	"github.com/mcpgen/mcpgen/gen/internal/scan"
	"github.com/mcpgen/mcpgen/gen/internal/schema"
)

// FileName is the name of the one file that is generated in a package's folder.
const FileName = "mcp_gen.go"

// Options say what to generate for.
type Options struct {
	// Dir is the folder that patterns are relative to; "" is the working directory.
	Dir string
	// Patterns are package patterns as the go command takes them; none means ".".
	Patterns []string
	// Tags are the build tags to scan with, comma-separated.
	Tags string
}

// File is one generated file.
type File struct {
	Path    string // absolute
	Content []byte // nil when the file is to be removed: its package holds no directives any more
}

// Diagnostic is one thing that is wrong with the scanned source.
type Diagnostic = diag.Diagnostic

// Package is what the generator knows of one package; see [Result].
type Package = model.Package

// Result is what [Run] found.
type Result struct {
	Packages    []*Package    // the packages that match the patterns and hold directives, by import path
	Files       []File        // for the packages without errors, by path; no file for the others
	Diagnostics []*Diagnostic // all of them, sorted by position
}

// Run scans the packages, resolves and checks them, and renders a file for each.
// Mistakes in the user's source are diagnostics of the result; the error is for
// what kept Run from looking, such as a folder without a module.
func Run(ctx context.Context, o Options) (*Result, error) {
	scanned, err := scan.Load(ctx, scan.Options{Dir: o.Dir, Patterns: o.Patterns, Tags: o.Tags})
	if err != nil {
		return nil, err
	}
	result := &Result{}
	var found, beside diag.List
	withheld := false // a file that should be there
	for _, p := range scanned {
		if !p.Target {
			beside.Append(p.Diags)
			continue
		}
		file, err := render(p)
		if err != nil {
			return nil, err
		}
		if file != nil {
			result.Files = append(result.Files, *file)
		}
		if !p.Model.Empty() {
			result.Packages = append(result.Packages, p.Model)
			withheld = withheld || file == nil
		}
		found.Append(p.Diags)
	}
	if withheld {
		// The reason may be a provider of a package that was not asked about. Its
		// other mistakes are nobody's business while all is well here.
		found.Append(&beside)
	}
	result.Diagnostics = found.Sorted()
	return result, nil
}

// render takes one package through the stages. It returns no file for a package
// with mistakes, nor for one that needs none and has none.
func render(p *scan.Package) (*File, error) {
	// A mistake at one stage does not keep the next from looking, so that one run
	// shows all of them; but what does not compile, or lacks a row of a table, would
	// only seem to have more.
	complete := false
	if !p.Broken && !p.Incomplete {
		complete = resolve.Package(p.Model, p.Diags)
		schema.Package(p.Model, p.Diags)
	}
	file := &File{Path: filepath.Join(p.Model.Dir, FileName)}
	switch {
	case p.Diags.Len() > 0, !complete:
		return nil, nil
	case !p.Model.Empty():
		content, err := emit.Package(p.Model)
		file.Content = content
		return file, err
	case p.Generated:
		return file, nil
	}
	return nil, nil
}

// DirectiveHelp writes the manual of all directives.
func DirectiveHelp(w io.Writer) { directive.Help(w) }

// DirectiveTable is the table of all directives in Markdown.
func DirectiveTable() string { return directive.Markdown() }

// IsGenerated reports whether content is a file that mcpgen wrote, and so one
// that it may replace or remove.
func IsGenerated(content []byte) bool { return scan.Generated(content) }

// LoadMode is what the generator asks of go/packages.
const LoadMode = scan.LoadMode
