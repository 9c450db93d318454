package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/mod/module"

	"github.com/mcpgen/mcpgen/templates"
)

// initCommand is "mcpgen init [-t stdio|http] MODULE [DIR]".
type initCommand struct {
	Template string `short:"t" default:"stdio" enum:"stdio,http"`
	Module   string `arg:""`
	Dir      string `arg:"" optional:""`
}

func (c *initCommand) run(ctx context.Context, e *env) error {
	if err := module.CheckImportPath(c.Module); err != nil {
		return err
	}
	from, err := findOrigin()
	if err != nil {
		return err
	}
	name := programName(c.Module)
	files, err := c.files(name, from)
	if err != nil {
		return err
	}
	folder := cmp.Or(c.Dir, name)
	dir := e.abs(folder)
	if err := writeScaffold(dir, files); err != nil {
		return fmt.Errorf("%s: %w", folder, err)
	}
	if from.checkout != "" {
		e.say("this mcpgen was built from a checkout, so go.mod replaces %s by %s", mcpgenModule, from.checkout)
	}
	if err := completeModule(ctx, dir); err != nil {
		return fmt.Errorf("the files are in %s, but the go command cannot complete go.mod; run \"go mod tidy\" there: %w", folder, err)
	}
	c.next(ctx, e, folder, name)
	return nil
}

// programName is what the new program is called: the last part of the module's
// path that is not a major version.
func programName(modulePath string) string {
	prefix, _, ok := module.SplitPathVersion(modulePath)
	if !ok || prefix == "" {
		prefix = modulePath
	}
	return path.Base(prefix)
}

// files are the scaffold's files by name.
func (c *initCommand) files(name string, from origin) (map[string][]byte, error) {
	files, err := templates.Files(c.Template, templates.Program{Module: c.Module, Name: name})
	if err != nil {
		return nil, err
	}
	mod, err := moduleFiles(c.Module, from)
	maps.Copy(files, mod)
	return files, err
}

// next prints what to do with the new module.
func (c *initCommand) next(ctx context.Context, e *env, folder, name string) {
	dir := e.abs(folder)
	var steps []string
	if dir != e.dir {
		steps = append(steps, shell("cd", folder))
	}
	if workspace(ctx, dir) != "" {
		steps = append(steps, "go work use .")
	}
	steps = append(steps, "go generate ./...", "go test ./...", shell("go", "build", "-o", name, "."))

	e.print("%s is in %s. Next:\n\n\t%s\n", c.Module, folder, strings.Join(steps, "\n\t"))
	e.print("Then let a client use it, as README.md there says:\n\n\t%s", c.connect(name, filepath.Join(dir, name)))
}

// connect is how Claude Code gets to know the program.
func (c *initCommand) connect(name, binary string) string {
	if c.Template == "http" {
		return shell("./"+name, "-http", "localhost:8080") + "\n\t" +
			shell("claude", "mcp", "add", "--transport", "http", name, "http://localhost:8080/mcp")
	}
	return shell("claude", "mcp", "add", name, "--", binary)
}
