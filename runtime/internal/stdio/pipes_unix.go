//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package stdio

import (
	"errors"
	"os"
	"syscall"
)

// claim moves descriptors, not variables, so that it holds for everybody.
func claim() (*Pipes, error) {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer null.Close()
	p := &Pipes{In: private(0, "stdin"), Out: private(1, "stdout")}
	logs := private(2, "stderr")
	if p.In == nil || p.Out == nil || logs == nil {
		return nil, errors.New("standard input, output or error is closed")
	}
	from := [3]int{int(null.Fd()), 2, 2}
	if shareOutput() {
		from = [3]int{int(null.Fd()), int(null.Fd()), int(null.Fd())}
	}
	p.restore = func() {
		for fd, file := range []*os.File{p.In, p.Out, logs} {
			dup2(int(file.Fd()), fd)
		}
		p.In.Close() // once nobody reads it any more
		p.Out.Close()
		logs.Close()
	}
	for fd, source := range from {
		if source == fd {
			continue
		}
		if err := dup2(source, fd); err != nil {
			p.restore()
			return nil, err
		}
	}
	enlarge(2)
	return p, nil
}

// private returns a copy of a descriptor that children do not inherit, or nil.
func private(fd int, name string) *os.File {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	copied, err := syscall.Dup(fd)
	if err != nil {
		return nil
	}
	syscall.CloseOnExec(copied)
	return os.NewFile(uintptr(copied), name)
}
