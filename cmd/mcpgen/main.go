// Mcpgen turns annotated Go functions into an MCP server.
//
// Run "mcpgen -h" for the manual and "mcpgen help directives" for the comments
// that it reads.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
)

// The exit codes.
const (
	fine     = 0 // nothing to report
	findings = 1 // a mistake in the scanned source, or a stale file
	trouble  = 2 // mcpgen could not do what it was asked for
)

// errFindings ends a command whose findings have been printed already.
var errFindings = errors.New("findings")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // so that a second interrupt ends the program at once

	// A run lasts about a second and frees nothing it could do without: collecting
	// garbage as eagerly as a server should would be a quarter of its work.
	debug.SetGCPercent(400)

	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mcpgen:", err)
		os.Exit(trouble)
	}
	os.Exit(run(ctx, os.Args[1:], dir, os.Stdout, os.Stderr))
}

// run is the whole program: it touches nothing but what it is handed and the
// files below dir. The result is the exit code.
func run(ctx context.Context, args []string, dir string, stdout, stderr io.Writer) int {
	e := &env{dir: dir, stdout: stdout, stderr: stderr}

	cmd, err := parse(args)
	if err == nil {
		err = cmd.run(ctx, e)
	}
	switch {
	case err == nil:
		return fine
	case errors.Is(err, errFindings):
		return findings
	default:
		for line := range strings.SplitSeq(err.Error(), "\n") {
			e.say("%s", line)
		}
		return trouble
	}
}
