//go:build linux

package faults

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// endings are the ways in which a client goes.
var endings = []fault{
	{"S1", "client killed, idle", idle, killed("idle", "", "")},
	{"S2", "client killed, tool that obeys", dead, killed("sleep", "", "")},
	{"S3", "client killed, tool that ignores its context", dead, killed("deaf", "", "")},
	{"S3", "client killed, tool that spins", dead, killed("spin", "", "")},
	{"S4", "client killed, sibling has its pipes, idle", dead, killed("idle", "leak", "")},
	{"S4", "client killed, sibling has its pipes, deaf tool", dead, killed("deaf", "leak", "")},
	{"S5", "client killed, shell between", dead, killed("sleep", "", `"$0"; true`)},
	{"S6", "wrapper alone is killed", dead, wrapperEnds(syscall.SIGKILL)},
	{"S6", "wrapper alone is terminated", dead, wrapperEnds(syscall.SIGTERM)},
	{"S7", "client killed, wrapper keeps the input open", dead, killed("sleep", "", `(cat; sleep 5) | "$0"`)},
	{"S7", "client killed, proxy keeps both ends open, idle", dead, killed("idle", "", `"$0" proxy "$0"`)},
	{"S7", "client killed, proxy keeps both ends open, deaf tool", dead, killed("deaf", "", `"$0" proxy "$0"`)},
	{"S8", "the thread that started the server ends", idle, staysWith("thread")},
	{"S9", "the client is killed under a subreaper", dead, subreaper},
	{"S9", "a launcher exits by design", idle, staysWith("launcher")},
	{"S10", "input ends, idle", idle, inputEnds("", "", 0)},
	{"S11", "input ends, tool that is soon done", drained, inputEnds("sleep", "300ms", 0)},
	{"S11", "input ends, tool that obeys", drained, inputEnds("sleep", "10m", 0)},
	{"S11", "input ends, tool that reports progress for ever", drained, inputEnds("progress", "", 0)},
	{"S12", "input ends, tool that ignores its context", drained, inputEnds("deaf", "", 0)},
	{"S12", "input ends, tool that spins", drained, inputEnds("spin", "", 0)},
	{"S13", "input ends, nobody reads an answer of 50 MB", drained, unread},
	{"S14", "requests from a shell pipe", 2 * time.Second, halfClosed},
	{"S15", "processor time after the end, idle", 50 * time.Millisecond, processorTime},
	{"S16", "SIGTERM, idle", signal1, signalled(syscall.SIGTERM, "", 0)},
	{"S16", "SIGTERM, tool that obeys", signal1, signalled(syscall.SIGTERM, "sleep", 0)},
	{"S16", "SIGTERM, tool that ignores its context", signal1, signalled(syscall.SIGTERM, "deaf", 0)},
	{"S16", "SIGTERM, tool that spins", signal1, signalled(syscall.SIGTERM, "spin", 0)},
	{"S16", "SIGINT, tool that obeys", signal1, signalled(syscall.SIGINT, "sleep", 0)},
	{"S16", "SIGHUP, tool that obeys", signal1, signalled(syscall.SIGHUP, "sleep", 0)},
	{"S17", "a second signal", signal2, secondSignal},
	{"S18", "Ctrl-C at a terminal, once, without Enter", signal1, controlC},
	{"S20", "output closed by the client, idle", dead, outputClosed("")},
	{"S20", "output closed by the client, deaf tool", dead, outputClosed("deaf")},
	{"S21", "output closed, then a request", dead, outputClosedThenCall},
	{"S45", "SIGTERM with a subscription", signal1, subscribed},
	{"S48", "a client that forgets its server, -idle-exit", 300 * time.Millisecond, forgotten},
	{"S51", "started without input, output and error", idle, withoutFiles},
	{"S52", "SIGTERM while stopped", signal1, stopped},
	{"100", "100 servers, idle, client killed", 2 * time.Second, hundred("idle", "")},
	{"100", "100 servers, tools of 10 minutes, client killed", 2 * time.Second, hundred("sleep", "")},
	{"100", "100 servers, wrappers that keep the input open, client killed", 2 * time.Second, hundred("sleep", `(cat; sleep 5) | "$0"`)},
	{"100", "100 servers, proxies that keep both ends open, client killed", 2 * time.Second, hundred("sleep", `"$0" proxy "$0"`)},
}

// wrapped is the command of a server, run by a shell script if there is one.
func wrapped(script string) []string {
	if script == "" {
		return []string{binary}
	}
	return []string{"sh", "-c", script, binary}
}

// killed measures how long a server survives its client.
func killed(what, leak, script string) func(*testing.T) time.Duration {
	return func(t *testing.T) time.Duration {
		client, servers := clients(t, 1, what, leak, wrapped(script)...)
		return took(func() {
			client.Process.Kill()
			allGone(t, servers)
		})
	}
}

func hundred(what, script string) func(*testing.T) time.Duration {
	return func(t *testing.T) time.Duration {
		client, servers := clients(t, 100, what, "", wrapped(script)...)
		return took(func() {
			client.Process.Kill()
			allGone(t, servers)
		})
	}
}

// wrapperEnds signals the wrapper of a server whose client lives on.
func wrapperEnds(s syscall.Signal) func(*testing.T) time.Duration {
	return func(t *testing.T) time.Duration {
		p := serving(t, nil, "sh", "-c", `"$0"; true`, binary)
		pid, err := strconv.Atoi(text(p.answer("1", "pid", "")))
		must(t, err)
		server := watch(t, pid)
		return took(func() {
			p.cmd.Process.Signal(s)
			allGone(t, []*watched{server})
		})
	}
}

// staysWith starts a server by a part that must not end it, and measures the end of
// the input instead.
func staysWith(part string) func(*testing.T) time.Duration {
	return func(t *testing.T) time.Duration {
		p := start(t, nil, binary, part, binary)
		if part == "launcher" {
			p.exit(0)
		}
		must(t, p.Initialize())
		pid, err := strconv.Atoi(text(p.answer("1", "pid", "")))
		must(t, err)
		server := watch(t, pid)
		if server.gone(1200 * time.Millisecond) { // longer than a server waits for a first message
			t.Fatal("the server is gone")
		}
		p.probe()
		return took(func() {
			p.in.Close()
			allGone(t, []*watched{server})
		})
	}
}

// subreaper kills a client whose orphans do not go to the first process.
func subreaper(t *testing.T) time.Duration {
	const set = 36 // PR_SET_CHILD_SUBREAPER
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if _, _, err := syscall.Syscall(syscall.SYS_PRCTL, set, 1, 0); err != 0 {
		t.Fatal(err)
	}
	defer syscall.Syscall(syscall.SYS_PRCTL, set, 0, 0)
	return killed("deaf", "leak", "")(t)
}

// inputEnds closes the input while a tool runs.
func inputEnds(what, with string, status int) func(*testing.T) time.Duration {
	return func(t *testing.T) time.Duration {
		p := serving(t, nil)
		if what != "" {
			must(t, p.Begin("1", what, with))
		}
		d := took(func() {
			p.in.Close()
			go p.readAll()
			p.exit(status)
		})
		return d
	}
}

func unread(t *testing.T) time.Duration {
	p := serving(t, nil)
	p.Send("%s", CallLine("1", "big", "50000000", ""))
	if _, err := p.Out.Peek(1); err != nil { // the answer has begun
		t.Fatal(err)
	}
	return took(func() {
		p.in.Close()
		p.exit(0)
	})
}

// halfClosed writes its requests and closes the input, and wants all answers.
func halfClosed(t *testing.T) time.Duration {
	p := start(t, nil)
	var input strings.Builder
	input.WriteString(`{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"sh","version":"1"}}}` + "\n")
	for i := range 5 {
		input.WriteString(CallLine(strconv.Itoa(i), "echo", "fast", "") + "\n")
	}
	input.WriteString(CallLine(`"slow"`, "sleep", "300ms", "") + "\n")
	input.WriteString(CallLine(`"modern"`, "echo", "fast", Modern) + "\n")
	var output string
	d := took(func() {
		p.in.WriteString(input.String())
		p.in.Close()
		output = p.readAll()
		p.exit(0)
	})
	for _, id := range []string{`"init"`, "0", "1", "2", "3", "4", `"slow"`, `"modern"`} {
		if !strings.Contains(output, `"id":`+id+`,"result"`) {
			t.Errorf("no answer to %s:\n%s", id, output)
		}
	}
	return d
}

func processorTime(t *testing.T) time.Duration {
	p := serving(t, nil)
	used := func(state *os.ProcessState) time.Duration { return state.UserTime() + state.SystemTime() }
	p.in.Close()
	p.exit(0)
	return used(p.cmd.ProcessState)
}

// signalled sends a signal while a tool runs, and checks that the server's values
// were closed.
func signalled(s syscall.Signal, what string, status int) func(*testing.T) time.Duration {
	return func(t *testing.T) time.Duration {
		marker := filepath.Join(t.TempDir(), "marker")
		p := serving(t, func(cmd *exec.Cmd) { cmd.Env = append(os.Environ(), "MARKER="+marker) })
		if what != "" {
			must(t, p.Begin("1", what, "10m"))
		}
		d := took(func() {
			p.cmd.Process.Signal(s)
			p.exit(status)
		})
		if _, err := os.Stat(marker); err != nil {
			t.Errorf("the clean-up did not run: %v", err)
		}
		if what == "sleep" && !strings.Contains(p.readAll(), "the server is shutting down") {
			t.Error("the call was not answered")
		}
		return d
	}
}

func secondSignal(t *testing.T) time.Duration {
	p := serving(t, nil)
	must(t, p.Begin("1", "deaf", ""))
	p.Send(`{"jsonrpc":"2.0","id":"listen","method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},"_meta":{%s}}}`, Modern)
	_, err := p.Until("acknowledged")
	must(t, err)
	p.cmd.Process.Signal(syscall.SIGTERM)
	_, err = p.Until(`"id":"listen"`) // the first signal has been heard
	must(t, err)
	return took(func() {
		p.cmd.Process.Signal(syscall.SIGTERM)
		p.exit(1)
	})
}

// controlC presses Ctrl-C at the terminal of a server.
func controlC(t *testing.T) time.Duration {
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	must(t, err)
	defer master.Close()
	var unlock, number int32
	for request, argument := range map[uintptr]*int32{syscall.TIOCSPTLCK: &unlock, syscall.TIOCGPTN: &number} {
		if _, _, err := syscall.Syscall(syscall.SYS_IOCTL, master.Fd(), request, uintptr(unsafe.Pointer(argument))); err != 0 {
			t.Fatal(err)
		}
	}
	terminal, err := os.OpenFile("/dev/pts/"+strconv.Itoa(int(number)), os.O_RDWR|syscall.O_NOCTTY, 0)
	must(t, err)
	defer terminal.Close()
	p := start(t, func(cmd *exec.Cmd) {
		cmd.Stdin, cmd.Stdout, cmd.Stderr = terminal, terminal, terminal
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	})
	_, err = NewPeer(nil, master).Until("waiting for a client")
	must(t, err)
	return took(func() {
		master.Write([]byte{3})
		p.exit(0)
	})
}

func outputClosed(what string) func(*testing.T) time.Duration {
	return func(t *testing.T) time.Duration {
		p := serving(t, nil)
		if what != "" {
			must(t, p.Begin("1", what, ""))
		}
		return took(func() {
			p.out.Close()
			p.exit(0)
		})
	}
}

func outputClosedThenCall(t *testing.T) time.Duration {
	p := serving(t, nil)
	return took(func() {
		p.out.Close()
		p.Send("%s", CallLine("1", "echo", "", ""))
		p.exit(0)
	})
}

// subscribed wants the result of a subscription at the end.
func subscribed(t *testing.T) time.Duration {
	p := serving(t, nil)
	p.Send(`{"jsonrpc":"2.0","id":7,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},"_meta":{%s}}}`, Modern)
	_, err := p.Until("notifications/subscriptions/acknowledged")
	must(t, err)
	return took(func() {
		p.cmd.Process.Signal(syscall.SIGTERM)
		_, err := p.Until(`"id":7`, `"result"`, `"resultType":"complete"`)
		must(t, err)
		p.exit(0)
	})
}

func forgotten(t *testing.T) time.Duration {
	p := serving(t, nil, binary, "-idle-exit", "100ms")
	p.answer("1", "sleep", "300ms", "slept") // which is no idleness
	return took(func() { p.exit(0) })
}

func withoutFiles(t *testing.T) time.Duration {
	p := start(t, nil, "sh", "-c", `exec "$0" <&- >&- 2>&-`, binary)
	return took(func() { p.exit(0) })
}

func stopped(t *testing.T) time.Duration {
	p := serving(t, nil)
	p.cmd.Process.Signal(syscall.SIGSTOP)
	var status syscall.WaitStatus
	for !status.Stopped() {
		if _, err := syscall.Wait4(p.cmd.Process.Pid, &status, syscall.WUNTRACED|syscall.WNOHANG, nil); err != nil {
			t.Fatal(err)
		}
	}
	p.cmd.Process.Signal(syscall.SIGTERM)
	return took(func() {
		p.cmd.Process.Signal(syscall.SIGCONT)
		p.exit(0)
	})
}
