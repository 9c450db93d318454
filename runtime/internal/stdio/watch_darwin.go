package stdio

import (
	"os"
	"sync"
	"syscall"
)

// observe watches the output and the parent until interrupt is called.
func (w *Watch) observe(p *Pipes) (interrupt func()) {
	queue, err := syscall.Kqueue()
	if err != nil {
		return func() {}
	}
	syscall.CloseOnExec(queue)
	stop, stopped, err := os.Pipe()
	if err != nil {
		syscall.Close(queue)
		return func() {}
	}
	output, parent := int(p.Out.Fd()), os.Getppid()
	watch(queue, int(stop.Fd()), syscall.EVFILT_READ, 0)
	watch(queue, output, syscall.EVFILT_WRITE, 0)
	if parent > 1 {
		watch(queue, parent, syscall.EVFILT_PROC, syscall.NOTE_EXIT)
	}
	go func() {
		defer stop.Close()
		defer syscall.Close(queue)
		events := make([]syscall.Kevent_t, 4)
		for {
			n, err := syscall.Kevent(queue, nil, events, nil)
			if err != nil && err != syscall.EINTR {
				return
			}
			for _, event := range events[:max(n, 0)] {
				switch {
				case event.Filter == syscall.EVFILT_PROC:
					w.died(true)
				case event.Filter == syscall.EVFILT_READ:
					return
				case event.Flags&syscall.EV_EOF != 0:
					w.gone()
					return
				}
			}
		}
	}()
	return sync.OnceFunc(func() { stopped.Close() })
}

// watch adds to a queue, unless it is something that cannot be waited for.
func watch(queue, ident, filter int, notes uint32) {
	var change syscall.Kevent_t
	syscall.SetKevent(&change, ident, filter, syscall.EV_ADD|syscall.EV_CLEAR)
	change.Fflags = notes
	syscall.Kevent(queue, []syscall.Kevent_t{change}, nil, nil)
}
