//go:build unix && !linux

package child

import (
	"os/exec"
	"syscall"
)

// Prepare makes the process one whose whole group is killed with it.
func Prepare(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// Start starts the process.
func Start(cmd *exec.Cmd) error { return cmd.Start() }
