package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/modfile"
)

// goVersion is the oldest Go that the runtime compiles with, as in our own go.mod.
const goVersion = "1.26.0"

// moduleFiles are the go.mod and go.sum of a new module, by name. The go command
// completes them; see [completeModule].
func moduleFiles(module string, from origin) (map[string][]byte, error) {
	content, err := goMod(module, from)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{"go.mod": content}
	if from.checkout != "" {
		// With the checkout's checksums, the go command need not ask for any.
		files["go.sum"], err = os.ReadFile(filepath.Join(from.checkout, "go.sum"))
	}
	return files, err
}

func goMod(module string, from origin) ([]byte, error) {
	f := new(modfile.File)
	err := errors.Join(
		f.AddModuleStmt(module),
		f.AddGoStmt(goVersion),
		f.AddTool(mcpgenModule+"/cmd/mcpgen"),
		f.AddRequire(mcpgenModule, cmp.Or(from.version, "v0.0.0")),
	)
	if from.checkout != "" {
		err = errors.Join(err, f.AddReplace(mcpgenModule, "", from.checkout, ""))
	}
	if err != nil {
		return nil, err
	}
	return f.Format()
}

// completeModule lets the go command add to go.mod and go.sum what the new
// module in dir needs. It is "go mod tidy" without the tests of dependencies, so
// that after building a checkout it works without a network.
func completeModule(ctx context.Context, dir string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()

	list := goCommand(ctx, dir, "list", "-mod=mod", "-buildvcs=false", "-deps", "-test", "./...", "tool")
	list.Env = append(os.Environ(), "GOWORK=off") // a workspace does not know the new module yet
	var output strings.Builder
	list.Stderr = &output
	if err := list.Run(); err != nil {
		return fmt.Errorf("%w\n%s", err, strings.TrimSpace(output.String()))
	}
	return nil
}

// workspace is the go.work file that the go command uses in dir, or "".
func workspace(ctx context.Context, dir string) string {
	out, err := goCommand(ctx, dir, "env", "GOWORK").Output()
	if file := strings.TrimSpace(string(out)); err == nil && file != "off" {
		return file
	}
	return ""
}

func goCommand(ctx context.Context, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	return cmd
}
