package scan

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// parseMode is how all source is parsed. Comments are the contract, also those of
// dependencies, whose fields may need a description.
const parseMode = parser.ParseComments | parser.SkipObjectResolution

// builds reports whether build constraints let the file in.
func (e *environment) builds(dir, name string, content []byte, cgo bool) bool {
	c := e.build
	c.CgoEnabled = cgo
	c.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }
	ok, err := c.MatchFile(dir, name)
	return ok || err != nil
}

func importsC(file *ast.File) bool {
	return slices.ContainsFunc(file.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == `"C"` })
}

// packageName is the package of the first file that is part of the build, or of
// the generated file when it is the last one left.
func packageName(env *environment, dir string, names []string) string {
	for _, name := range append(names, fileName) {
		path := filepath.Join(dir, name)
		content, err := os.ReadFile(path)
		if err != nil || !env.builds(dir, name, content, false) {
			continue
		}
		if file, err := parser.ParseFile(token.NewFileSet(), path, content, parser.PackageClauseOnly); err == nil {
			return file.Name.Name
		}
	}
	return "main"
}

// parseFile parses a file and drops the bodies of functions: they are most of the
// work of a type checker, and nothing of them is needed.
func parseFile(fset *token.FileSet, path string, content []byte) (*ast.File, error) {
	file, err := parser.ParseFile(fset, path, content, parseMode)
	if file != nil {
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok {
				f.Body = nil
			}
		}
	}
	return file, err
}
