package child

import (
	"os/exec"
	"runtime"
	"sync"
	"syscall"
)

// Prepare makes the process one whose whole group is killed with it, and that is
// killed with ours.
func Prepare(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// starter starts processes in a thread that does not end before the process: what
// Linux takes for the parent's death is the end of the thread that has started the
// child. It begins with the first child and stays.
var starter = sync.OnceValue(func() chan<- func() {
	starts := make(chan func())
	go func() {
		runtime.LockOSThread()
		for start := range starts {
			start()
		}
	}()
	return starts
})

// Start starts the process.
func Start(cmd *exec.Cmd) error {
	started := make(chan error, 1)
	starter() <- func() { started <- cmd.Start() }
	return <-started
}
