package stdio

import "os"

// Pipes are the standard input and output of the process, kept for the protocol
// alone: file descriptors that no child inherits and nothing else knows of. What
// is printed to standard output meanwhile, by Go, C or a child, goes to standard
// error, and standard input is empty.
type Pipes struct {
	In, Out *os.File

	restore func()
}

// Claim takes standard input and output for the protocol. If standard error leads
// to where standard output does, other than to a terminal, what is printed goes
// nowhere, since it would come between the messages.
//
// Before Claim is called things are as usual: a print of a package's init function
// reaches the client.
func Claim() (*Pipes, error) { return claim() }

// Release puts standard input and output back.
func (p *Pipes) Release() { p.restore() }

// shareOutput reports whether standard output and error are one file, such as the
// pipe to a client that was given 2>&1.
func shareOutput() bool {
	out, err := os.Stdout.Stat()
	if err != nil || out.Mode()&os.ModeCharDevice != 0 {
		return false
	}
	logs, err := os.Stderr.Stat()
	return err == nil && os.SameFile(out, logs)
}
