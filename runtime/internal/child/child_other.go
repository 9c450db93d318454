//go:build !unix && !windows

package child

import "os/exec"

// Prepare leaves the process as it is.
func Prepare(*exec.Cmd) {}

// Start starts the process.
func Start(cmd *exec.Cmd) error { return cmd.Start() }
