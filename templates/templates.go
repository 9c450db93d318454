// Package templates holds the programs that "mcpgen init" starts a new module
// with. They are ordinary packages of this module, compiled and tested with it.
package templates

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed all:stdio all:http
var programs embed.FS

// Program is what a copy of a template is made into.
type Program struct {
	Module string // module path
	Name   string // of the server and of its binary
}

// generated is written by go generate, in the copy as in the template.
const generated = "mcp_gen.go"

// Files returns the files of the named template, by slash-separated path, with
// the placeholders that the template goes by replaced by those of p. It has
// neither go.mod nor generated code.
func Files(template string, p Program) (map[string][]byte, error) {
	folder, err := fs.Sub(programs, template)
	if err != nil {
		return nil, err
	}
	// The path comes first: it ends in the name.
	placeholders := strings.NewReplacer("example.com/my-server", p.Module, "my-server", p.Name)

	files := map[string][]byte{}
	err = fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Base(name) == generated {
			return err
		}
		content, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		files[name] = []byte(placeholders.Replace(string(content)))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("template %s: %w", template, err)
	}
	return files, nil
}
