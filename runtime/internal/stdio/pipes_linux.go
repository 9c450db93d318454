package stdio

import "syscall"

func dup2(from, to int) error { return syscall.Dup3(from, to, 0) }

const (
	setPipeSize = 1031    // F_SETPIPE_SZ
	logPipeSize = 1 << 20 // what an unprivileged process may have
)

// enlarge lets a pipe hold more, for a client that does not read our standard
// error: what user code prints there waits for it. It does nothing to other files.
func enlarge(fd int) {
	syscall.Syscall(syscall.SYS_FCNTL, uintptr(fd), setPipeSize, logPipeSize)
}
