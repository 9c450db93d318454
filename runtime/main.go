package runtime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	goruntime "runtime"
	"syscall"
	"time"

	"github.com/mcpgen/mcpgen/runtime/internal/stdio"
)

// Main is the main function of a server: it serves stdio as [Server.ServeStdio]
// does, or HTTP with the flag -http, until the client goes or a signal comes, and
// exits, whatever calls are doing. The flag -h prints a manual page.
//
// The exit status is 0 if the server was ended by its client or by one SIGINT,
// SIGTERM or SIGHUP, 1 if it could not start, failed, or was told a second time to
// stop, and 2 for flags that it does not know.
func Main(info Info, register ...func(*Server)) {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // as nohup makes it
		signal.Notify(signals, syscall.SIGHUP)
	}
	surviveBrokenPipes()
	terminal := isTerminal(os.Stdin)
	pipes, err := stdio.Claim() // for good: whatever prints must not reach the client
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitFailed)
	}
	p := &program{
		args:     os.Args[1:],
		stdin:    pipes.In,
		stdout:   pipes.Out,
		stderr:   new(stdio.Log),
		signals:  signals,
		terminal: terminal,
		watch:    func() *stdio.Watch { return stdio.NewWatch(pipes) },
	}
	os.Exit(p.run(info, register))
}

// isTerminal reports whether a person is likely to be typing.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// program is what Main is told by the operating system.
type program struct {
	args     []string // without the program's name
	stdin    io.Reader
	stdout   io.Writer
	stderr   io.Writer
	signals  <-chan os.Signal
	terminal bool                // stdin is one
	watch    func() *stdio.Watch // over the client on stdin and stdout; may be nil
}

// Exit statuses.
const (
	exitFine   = 0
	exitFailed = 1
	exitUsage  = 2
)

// run is Main, but for the exit.
func (p *program) run(info Info, register []func(*Server)) int {
	name := info.or(builtInfo()).Name
	flags, err := parseFlags(p.args)
	if err != nil {
		fmt.Fprintf(p.stderr, "%s: %v\n%s\n", name, err, usage(name))
		return exitUsage
	}
	log := slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: flags.logLevel}))
	options := []Option{WithLogger(log)}
	if flags.check {
		options = append(options, CheckResults())
	}
	if flags.keyFile != "" {
		secrets, err := readStateKeys(flags.keyFile)
		if err != nil {
			return p.fail(name, err)
		}
		options = append(options, StateKeys(secrets[0], secrets[1:]...))
	}
	s := NewServer(info, options...)
	if err := s.register(register); err != nil {
		return p.fail(name, err)
	}
	info = s.info.or(builtInfo())
	switch {
	case flags.help:
		writeManual(p.stdout, info)
		return exitFine
	case flags.version:
		fmt.Fprintf(p.stdout, "%s %s (%s)\n", info.Name, info.Version, goruntime.Version())
		return exitFine
	}
	return p.serve(s, info.Name, flags)
}

// fail reports why the program ends.
func (p *program) fail(name string, err error) int {
	fmt.Fprintf(p.stderr, "%s: %v\n", name, err)
	return exitFailed
}

// stopLimit is when a program that was told to stop exits even if something does
// not: later than everything that has a limit of its own.
const stopLimit = unwindGrace + sessionGrace + cleanUpGrace + 250*time.Millisecond

// serve serves until the client goes or a signal comes.
func (p *program) serve(s *Server, name string, flags flags) int {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	limit := stopLimit
	c := client{in: p.stdin, out: p.stdout, idle: flags.idle}
	serve := func() error { return s.serveClient(ctx, c) }
	var gone <-chan struct{}
	if flags.http != "" {
		s.http = flags.over(s.http)
		limit += httpGrace
		serve = func() error {
			return s.listenAndServe(ctx, flags.http, func(url string) {
				fmt.Fprintf(p.stderr, "%s: listening on %s\n", name, url)
			})
		}
	} else if p.watch != nil {
		c.watch = p.watch()
		gone = c.watch.Gone
	}
	if flags.http == "" && p.terminal {
		fmt.Fprintf(p.stderr, "%s: this MCP server is waiting for a client on standard input; "+
			"try %s -h to see how to add it to one, or -http :8080\n", name, executableName())
	}
	ended := make(chan error, 1)
	go func() { ended <- serve() }()

	select {
	case err := <-ended:
		return p.status(name, err)
	case <-p.signals:
		stop()
	case <-gone:
		stop()
	}
	select {
	case err := <-ended:
		if errors.Is(err, context.Canceled) { // while starting
			err = nil
		}
		return p.status(name, err)
	case <-p.signals:
		return p.fail(name, errors.New("stopped at once by a second signal"))
	case <-time.After(limit):
		return p.fail(name, fmt.Errorf("something does not stop; giving up after %v", limit))
	}
}

func (p *program) status(name string, err error) int {
	if err != nil {
		return p.fail(name, err)
	}
	return exitFine
}
