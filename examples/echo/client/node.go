package client

import (
	"context"
	"os/exec"
	"path/filepath"
	"runtime"
)

// Script is a command that runs a script of a package which [Install] put into
// folder. The script is named from the packages on, as in "mcporter/dist/cli.js".
// It runs with the npm package node, which has to be one of those in folder: the
// Node on the PATH may be too old for it.
func Script(ctx context.Context, folder, script string, args ...string) *exec.Cmd {
	packages := filepath.Join(folder, "node_modules")
	node := filepath.Join(packages, "node", "bin", "node")
	if runtime.GOOS == "windows" {
		node += ".exe"
	}
	return exec.CommandContext(ctx, node, append([]string{filepath.Join(packages, filepath.FromSlash(script))}, args...)...)
}
