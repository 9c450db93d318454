//go:build linux

package faults

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// strays are what tools do to the process that they are in.
var strays = []fault{
	{"S21", "standard error closed, then logging", reply, errorClosed},
	{"S22", "200 kB to a standard error that nobody reads", reply, errorUnread},
	{"S23", "output and error are one pipe", reply, oneOutput},
	{"S24", "prints to standard output, by Go and a child", reply, prints},
	{"S24", "prints after ServeStdio has returned", idle, printsAfter},
	{"S25", "a tool reads standard input", reply, readsInput},
	{"S26", "a tool's child lives on with our files", idle, childLivesOn},
	{"S27", "a tool's grandchild keeps its output open", 400 * time.Millisecond, grandchild},
	{"S28", "server killed, its child by Command", idle, childEnds},
	{"S29", "the server's process group is its parent's", reply, processGroup},
	{"S46", "a tool panics", reply, panics},
	{"S47", "a tool's goroutine panics", idle, dies("gopanic", 2, "panic: oops in a goroutine")},
	{"S47", "a tool exits", idle, dies("exit", 1, "the last words")},
}

func errorClosed(t *testing.T) time.Duration {
	r, w := pipe(t)
	p := serving(t, func(cmd *exec.Cmd) { cmd.Stderr = w })
	r.Close()
	w.Close()
	d := took(func() { p.answer("1", "log", "1000", "logged") })
	p.probe()
	return d
}

func errorUnread(t *testing.T) time.Duration {
	_, w := pipe(t)
	p := serving(t, func(cmd *exec.Cmd) { cmd.Stderr = w })
	d := took(func() { p.answer("1", "log", "200000", "logged") })
	p.probe()
	p.in.Close()
	p.exit(0)
	return d
}

func oneOutput(t *testing.T) time.Duration {
	p := serving(t, nil, "sh", "-c", `exec "$0" 2>&1`, binary)
	d := took(func() { p.answer("1", "print", "", "printed") })
	p.answer("2", "log", "1000", "logged")
	p.in.Close()
	if rest := p.readAll(); rest != "" {
		t.Errorf("between the messages came %s", rest)
	}
	return d
}

func prints(t *testing.T) time.Duration {
	p := serving(t, nil)
	var line string
	d := took(func() {
		p.Send("%s", CallLine("1", "print", "", ""))
		var err error
		line, err = p.Out.ReadString('\n')
		must(t, err)
	})
	if !strings.HasPrefix(line, `{"jsonrpc":"2.0","id":1,`) {
		t.Errorf("the answer is %s", line)
	}
	p.in.Close()
	p.exit(0)
	if want := "no newline!descriptor 1\nto stderr\nchild\n"; !strings.Contains(p.stderr.String(), want) {
		t.Errorf("standard error is %q, want %q in it", p.stderr, want)
	}
	return d
}

func printsAfter(t *testing.T) time.Duration {
	p := serving(t, nil, binary, "library")
	p.answer("1", "print", "", "printed")
	return took(func() {
		p.in.Close()
		if got, want := p.readAll(), "this goes to standard output\n"; got != want {
			t.Errorf("after the end came %q, want %q", got, want)
		}
		p.exit(0)
	})
}

func readsInput(t *testing.T) time.Duration {
	p := serving(t, nil)
	return took(func() { p.answer("1", "read", "", `"text":"0"`) })
}

// childLivesOn wants the client to see the end of the output although a child of
// the server has inherited its standard files.
func childLivesOn(t *testing.T) time.Duration {
	p := serving(t, func(cmd *exec.Cmd) { cmd.Stderr = nil })
	pid, err := strconv.Atoi(text(p.answer("1", "child", "8")))
	must(t, err)
	child := watch(t, pid)
	d := took(func() {
		p.in.Close()
		p.readAll()
	})
	p.exit(0)
	if child.gone(0) {
		t.Error("the child is gone too, so that this shows nothing")
	}
	return d
}

func grandchild(t *testing.T) time.Duration {
	p := serving(t, nil)
	return took(func() { p.answer("1", "output", "8", "returned") })
}

func childEnds(t *testing.T) time.Duration {
	p := serving(t, nil)
	pid, err := strconv.Atoi(text(p.answer("1", "helper", "8")))
	must(t, err)
	child := watch(t, pid)
	return took(func() {
		p.cmd.Process.Kill()
		allGone(t, []*watched{child})
	})
}

func processGroup(t *testing.T) time.Duration {
	p := serving(t, nil)
	return took(func() { p.answer("1", "group", "", `"text":"`+strconv.Itoa(syscall.Getpgrp())+`"`) })
}

func panics(t *testing.T) time.Duration {
	p := serving(t, nil)
	must(t, p.Begin("1", "sleep", "100ms"))
	d := took(func() { p.answer("2", "panic", "", `"isError":true`) })
	_, err := p.Until(`"id":1`, "slept")
	must(t, err)
	if got := p.stderr.String(); !strings.Contains(got, "oops") {
		t.Errorf("standard error has no panic: %s", got)
	}
	return d
}

// dies wants the last words of a process that ends at once.
func dies(what string, status int, words string) func(*testing.T) time.Duration {
	return func(t *testing.T) time.Duration {
		p := serving(t, nil)
		d := took(func() {
			p.Send("%s", CallLine("1", what, "", ""))
			p.exit(status)
		})
		if got := p.stderr.String(); !strings.Contains(got, words) {
			t.Errorf("standard error is %q, want %q in it", got, words)
		}
		return d
	}
}
