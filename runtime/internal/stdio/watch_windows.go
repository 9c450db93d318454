package stdio

import (
	"os"
	"syscall"
)

// observe watches the parent. There is no way to stop waiting for a process, so
// that the goroutine stays until the parent ends, with a handle as all it holds.
func (w *Watch) observe(*Pipes) (interrupt func()) {
	parent, err := os.FindProcess(os.Getppid())
	if err == nil && olderThanWe(parent) {
		go func() {
			parent.Wait()
			w.died(true)
		}()
	}
	return func() {}
}

// olderThanWe reports whether a process began before this one. If not, it has the
// process id of a parent that is gone.
func olderThanWe(p *os.Process) bool {
	ours, err := began(syscall.Handle(^uintptr(0))) // this process
	if err != nil {
		return false
	}
	var its int64
	if err := p.WithHandle(func(handle uintptr) { its, err = began(syscall.Handle(handle)) }); err != nil {
		return false
	}
	return err == nil && its <= ours
}

func began(process syscall.Handle) (int64, error) {
	var creation, exit, kernel, user syscall.Filetime
	err := syscall.GetProcessTimes(process, &creation, &exit, &kernel, &user)
	return creation.Nanoseconds(), err
}
