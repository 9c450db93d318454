package stdio

import (
	"syscall"
	"unsafe"
)

func dup2(from, to int) error { return syscall.Dup3(from, to, 0) }

const (
	setPipeSize = 1031 // F_SETPIPE_SZ
	// logPipeSize is four times what pipes have, and little of the 64 MiB that all
	// pipes of a user may have.
	logPipeSize = 256 << 10
)

// enlarge lets a pipe hold more, for a client that does not read our standard
// error: what user code prints there waits for it. It does nothing to other files.
func enlarge(fd int) {
	syscall.Syscall(syscall.SYS_FCNTL, uintptr(fd), setPipeSize, logPipeSize)
}

// unread is how many bytes of what was written to a pipe nobody has read.
func unread(fd int) int {
	var n int32
	syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), syscall.TIOCINQ, uintptr(unsafe.Pointer(&n)))
	return int(n)
}
