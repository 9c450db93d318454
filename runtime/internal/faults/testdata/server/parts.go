package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	mcpgen "github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/internal/faults"
)

// client is the part of a client: it starts servers, has each do something, tells
// their process ids, and does nothing more. Its arguments are the number of
// servers, what they do, whether another process inherits the pipes, and the
// command of a server.
func client(arguments []string) error {
	n, err := strconv.Atoi(arguments[0])
	if err != nil {
		return err
	}
	what, leak, command := arguments[1], arguments[2] == "leak", arguments[3:]
	pids := make([]string, n)
	pipes := make([][]*os.File, n) // to be kept open
	errs := make(chan error, n)
	for i := range n {
		go func() {
			var err error
			pids[i], pipes[i], err = busyServer(what, leak, command)
			errs <- err
		}()
	}
	for range n {
		if err := <-errs; err != nil {
			return err
		}
	}
	fmt.Println(strings.Join(pids, " "))
	<-time.After(time.Hour)
	runtime.KeepAlive(pipes)
	return nil
}

// busyServer starts a server and returns its process id and our ends of its pipes
// once it is doing what it shall.
func busyServer(what string, leak bool, command []string) (pid string, pipes []*os.File, err error) {
	serverIn, in, err := os.Pipe()
	if err != nil {
		return "", nil, err
	}
	out, serverOut, err := os.Pipe()
	if err != nil {
		return "", nil, err
	}
	server := exec.Command(command[0], command[1:]...)
	server.Stdin, server.Stdout = serverIn, serverOut
	if err := server.Start(); err != nil {
		return "", nil, err
	}
	serverIn.Close()
	serverOut.Close()
	if leak {
		sibling := exec.Command("sleep", "5")
		sibling.ExtraFiles = []*os.File{in, out}
		if err := sibling.Start(); err != nil {
			return "", nil, err
		}
	}
	p := faults.NewPeer(in, out)
	if err := p.Initialize(); err != nil {
		return "", nil, err
	}
	answer, err := p.Call("1", "pid", "")
	if err != nil {
		return "", nil, err
	}
	if what != "idle" {
		if err := p.Begin("2", what, "10m"); err != nil {
			return "", nil, err
		}
	}
	_, rest, _ := strings.Cut(answer, `"text":"`)
	pid, _, _ = strings.Cut(rest, `"`)
	return pid, []*os.File{in, out}, nil
}

// proxy is the part of a wrapper that passes on everything but the end.
func proxy(command []string) error {
	server := exec.Command(command[0], command[1:]...)
	in, err := server.StdinPipe()
	if err != nil {
		return err
	}
	out, err := server.StdoutPipe()
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	go io.Copy(in, os.Stdin)
	go io.Copy(os.Stdout, out)
	select {}
}

// launcher is the part of a wrapper that exits once the server has started.
func launcher(command []string) error {
	server := exec.Command(command[0], command[1:]...)
	server.Stdin, server.Stdout = os.Stdin, os.Stdout
	return server.Start()
}

// thread is the part of a wrapper that starts the server from a thread that ends.
func thread(command []string) error {
	server := exec.Command(command[0], command[1:]...)
	server.Stdin, server.Stdout = os.Stdin, os.Stdout
	var started sync.WaitGroup
	var err error
	started.Go(func() {
		runtime.LockOSThread() // and never unlocks it
		err = server.Start()
	})
	started.Wait()
	if err != nil {
		return err
	}
	return server.Wait()
}

// library is the part of a program that serves a client and then goes on.
func library([]string) error {
	s := mcpgen.NewServer(mcpgen.Info{Name: "library"})
	register(s)
	if err := s.ServeStdio(context.Background()); err != nil {
		return err
	}
	fmt.Println("this goes to standard output")
	return nil
}
