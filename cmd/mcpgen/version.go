package main

import (
	"cmp"
	"context"
	"runtime"
	"runtime/debug"
)

// versionCommand is "mcpgen version".
type versionCommand struct{}

func (c *versionCommand) run(_ context.Context, e *env) error {
	var version string
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
	}
	e.print("mcpgen %s (%s %s/%s)", cmp.Or(version, "(devel)"), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}
