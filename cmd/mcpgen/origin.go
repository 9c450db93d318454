package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
)

// mcpgenModule is the module that scaffolds require, for its runtime and its tool.
const mcpgenModule = "github.com/mcpgen/mcpgen"

// origin says where this mcpgen comes from, and so where a scaffold finds its
// runtime: a version that the go command can download, or a folder.
type origin struct {
	version  string
	checkout string // absolute; "" for a released mcpgen
}

// findOrigin reads it from what the go command recorded in the binary. A module
// from the module cache has a checksum; a binary without one was built from a
// checkout, whose place the binary knows unless it was built with -trimpath.
func findOrigin() (origin, error) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return origin{}, errors.New("this mcpgen was built without module information; build it with the go command")
	}
	if info.Main.Path == mcpgenModule && info.Main.Sum != "" {
		return origin{version: info.Main.Version}, nil
	}
	if dir := sourceDir(); isCheckout(dir) {
		return origin{checkout: dir}, nil
	}
	if version := info.Main.Version; info.Main.Path == mcpgenModule && released(version) {
		return origin{version: version}, nil
	}
	return origin{}, errors.New("cannot tell which version of " + mcpgenModule +
		" this mcpgen belongs to; build it from a checkout without -trimpath, or install a release")
}

// released reports whether the go command can download version. What it stamps
// on a build of edited or unversioned source, it cannot.
func released(version string) bool {
	return semver.IsValid(version) && semver.Build(version) == ""
}

// sourceDir is the root of the source that this binary was compiled from, as the
// compiler saw it.
func sourceDir() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Dir(filepath.Dir(filepath.Dir(filepath.FromSlash(file)))) // .../cmd/mcpgen/origin.go
}

// isCheckout reports whether dir holds the source of our module.
func isCheckout(dir string) bool {
	if !filepath.IsAbs(dir) {
		return false
	}
	content, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	return err == nil && modfile.ModulePath(content) == mcpgenModule
}
