package stdio

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// parentInterval is how often a system without process handles is asked for the
// parent.
const parentInterval = 250 * time.Millisecond

// What an event is about, beside the index of an ancestor.
const (
	aboutOutput = -1 - iota
	aboutInput
	aboutStop
)

// eyes wait in one thread for whatever is watched.
type eyes struct {
	watch     *Watch
	epoll     int
	input     int           // descriptor
	ancestors []*os.Process // from the parent on
	parent    int           // to be asked for, 0 if there are process handles
}

// observe watches until interrupt is called. Of what the system does not offer the
// watch does without.
func (w *Watch) observe(p *Pipes) (interrupt func()) {
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return func() {}
	}
	var stop [2]int
	if err := syscall.Pipe2(stop[:], syscall.O_CLOEXEC); err != nil {
		syscall.Close(epoll)
		return func() {}
	}
	e := &eyes{watch: w, epoll: epoll, input: int(p.In.Fd())}
	// That the other end is closed is told without being asked for.
	e.add(stop[0], 0, aboutStop)
	e.add(int(p.Out.Fd()), 0, aboutOutput)
	e.add(e.input, syscall.EPOLLRDHUP, aboutInput)
	e.addAncestors()
	go func() {
		e.run()
		syscall.Close(stop[0])
		syscall.Close(epoll)
	}()
	return sync.OnceFunc(func() { syscall.Close(stop[1]) })
}

// add watches a descriptor, unless it is one that cannot be waited for.
func (e *eyes) add(fd int, events uint32, about int) {
	syscall.EpollCtl(e.epoll, syscall.EPOLL_CTL_ADD, fd, &syscall.EpollEvent{Events: events, Fd: int32(about)})
}

// forget does not watch a descriptor any more.
func (e *eyes) forget(fd int) { syscall.EpollCtl(e.epoll, syscall.EPOLL_CTL_DEL, fd, nil) }

// addAncestors watches those who have started the server.
func (e *eyes) addAncestors() {
	child, pid := os.Getpid(), os.Getppid()
	for pid > 1 { // the first process does not die before us
		ancestor, err := os.FindProcess(pid)
		if err != nil {
			return
		}
		about := len(e.ancestors)
		err = ancestor.WithHandle(func(handle uintptr) { e.add(int(handle), syscall.EPOLLIN, about) })
		if err != nil {
			if about == 0 {
				e.parent = pid
			}
			return
		}
		e.ancestors = append(e.ancestors, ancestor) // which keeps the handle open
		if parentOf(child) != pid || !passesOn(pid) {
			return
		}
		child, pid = pid, parentOf(pid)
	}
}

// run tells the watch of events until it is stopped.
func (e *eyes) run() {
	events := make([]syscall.EpollEvent, 8)
	timeout := -1
	if e.parent != 0 {
		timeout = int(parentInterval / time.Millisecond)
	}
	for {
		n, err := syscall.EpollWait(e.epoll, events, timeout)
		if err != nil && err != syscall.EINTR {
			return
		}
		for _, event := range events[:max(n, 0)] {
			if !e.tell(int(event.Fd)) {
				return
			}
		}
		if e.parent != 0 && os.Getppid() != e.parent {
			e.parent, timeout = 0, -1
			e.watch.died(true)
		}
	}
}

// tell tells the watch of one event, and reports whether to go on.
func (e *eyes) tell(about int) bool {
	switch about {
	case aboutStop:
		return false
	case aboutOutput:
		e.watch.gone()
		return false
	case aboutInput:
		e.watch.hangup()
		e.forget(e.input)
	default:
		e.ancestors[about].WithHandle(func(handle uintptr) { e.forget(int(handle)) })
		e.watch.died(about == len(e.ancestors)-1)
	}
	return true
}

// parentOf returns the parent of a process, 0 if it cannot be told.
func parentOf(pid int) int {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0
	}
	// The second field is a name in parentheses, in which anything may be.
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	if len(fields) < 2 {
		return 0
	}
	parent, err := strconv.Atoi(string(fields[1]))
	if err != nil {
		return 0
	}
	return parent
}

// passesOn reports whether a process may be passing on what somebody else says to
// it: whether its own standard input and output are pipes or sockets.
func passesOn(pid int) bool {
	for _, fd := range []string{"0", "1"} {
		target, err := os.Readlink("/proc/" + strconv.Itoa(pid) + "/fd/" + fd)
		if err != nil || !strings.HasPrefix(target, "pipe:") && !strings.HasPrefix(target, "socket:") {
			return false
		}
	}
	return true
}
