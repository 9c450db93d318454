package runtime

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"time"

	"github.com/mcpgen/mcpgen/runtime/internal/child"
)

// childGrace is how long a child's output is waited for after its end: a process
// that it has started may hold it open for ever.
const childGrace = 200 * time.Millisecond

// A Cmd is an [exec.Cmd] whose process ends with the server. Use the methods of
// Cmd itself to start it, and not the ones of the exec.Cmd within.
type Cmd struct{ *exec.Cmd }

// Command returns what runs a program for a tool: an [exec.Cmd] whose process does
// not outlive its use. When ctx ends the process is killed, except on Windows with
// all that it has started, and 200 ms later nobody waits for its output any more.
// When the server is killed, Linux kills the process, and Windows all that it has
// started, too; elsewhere it only sees the end of its pipes.
//
// The process is in a group of its own, so that Ctrl-C at a terminal reaches only
// the server. Like every child it inherits nothing of the connection with the
// client. To have it otherwise, set Cancel, WaitDelay or SysProcAttr before Start.
func Command(ctx context.Context, name string, arguments ...string) *Cmd {
	cmd := exec.CommandContext(ctx, name, arguments...)
	cmd.WaitDelay = childGrace
	child.Prepare(cmd)
	return &Cmd{cmd}
}

// Start is like [exec.Cmd.Start].
func (c *Cmd) Start() error { return child.Start(c.Cmd) }

// Run is like [exec.Cmd.Run].
func (c *Cmd) Run() error {
	if err := c.Start(); err != nil {
		return err
	}
	return c.Wait()
}

// Output is like [exec.Cmd.Output], but that an [exec.ExitError] does not hold what
// was printed to standard error.
func (c *Cmd) Output() ([]byte, error) {
	if c.Stdout != nil {
		return nil, errors.New("command: Stdout is set already")
	}
	var out bytes.Buffer
	c.Stdout = &out
	err := c.Run()
	return out.Bytes(), err
}

// CombinedOutput is like [exec.Cmd.CombinedOutput].
func (c *Cmd) CombinedOutput() ([]byte, error) {
	if c.Stderr != nil {
		return nil, errors.New("command: Stderr is set already")
	}
	var out bytes.Buffer
	if c.Stdout != nil {
		return nil, errors.New("command: Stdout is set already")
	}
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	return out.Bytes(), err
}
