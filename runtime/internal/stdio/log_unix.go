//go:build linux || darwin

package stdio

import (
	"os"
	"syscall"
)

// pipeRoom is how much a pipe takes at least if it takes anything.
const pipeRoom = 512

// logShare is how much of a pipe is for logs. The rest is for what tools print,
// which waits when there is no room.
const logShare = 64 << 10

// writeAtOnce writes text if that need not wait, and reports whether all of it is
// written. A long text may be cut.
func writeAtOnce(f *os.File, text []byte) bool {
	if unread(int(f.Fd())) > logShare {
		return false
	}
	for len(text) > 0 {
		n := min(len(text), pipeRoom)
		if !ready(int(f.Fd())) {
			return false
		}
		f.Write(text[:n]) // a client that is gone misses nothing
		text = text[n:]
	}
	return true
}

// ready reports whether pipeRoom bytes can be written without waiting. The
// descriptor has to be a small one.
func ready(fd int) bool {
	var files syscall.FdSet
	files.Bits[0] = 1 << fd
	syscall.Select(fd+1, nil, &files, nil, new(syscall.Timeval))
	return files.Bits[0] != 0
}
