package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// event is one line of "go test -json"; see "go doc cmd/test2json".
type event struct {
	Action  string
	Package string
	Test    string // "" for what concerns the package as a whole
	Output  string
}

// counter follows the events of a run. It keeps what a test prints until it is
// known to matter.
type counter struct {
	out            io.Writer
	passed, failed int
	skipped        int
	packages       map[string]*progress
}

// progress is what is known of a package whose tests are running.
type progress struct {
	failed bool                // a test of it has
	tests  []string            // with output, in order of appearance
	output map[string][]string // by test
}

func (c *counter) read(events io.Reader) error {
	lines := bufio.NewReader(events)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			c.line(line)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (c *counter) line(line []byte) {
	var e event
	if json.Unmarshal(line, &e) != nil {
		fmt.Fprintf(c.out, "%s", line) // not about a test: go test itself has something to say
		return
	}
	switch e.Action {
	case "build-output":
		fmt.Fprint(c.out, e.Output)
	case "output":
		if e.Output != "PASS\n" {
			c.progress(e.Package).keep(e.Test, e.Output)
		}
	case "pass", "skip", "fail":
		if e.Test == "" {
			c.endPackage(e)
		} else {
			c.endTest(e)
		}
	}
}

func (c *counter) endTest(e event) {
	p := c.progress(e.Package)
	switch e.Action {
	case "pass":
		c.passed++
	case "skip":
		c.skipped++
		p.print(c.out, e.Test) // with its reason: nothing is left out in silence
	case "fail":
		c.failed++
		p.failed = true
		p.print(c.out, e.Test)
	}
	delete(p.output, e.Test)
}

// endPackage prints the summary of a package. Where that is a failure, tests which
// have not ended were cut off by a crash or a time-out, and their output tells why.
func (c *counter) endPackage(e event) {
	p := c.progress(e.Package)
	if e.Action == "fail" {
		if !p.failed {
			c.failed++
		}
		for _, test := range p.tests {
			if test != "" {
				p.print(c.out, test)
			}
		}
	}
	p.print(c.out, "")
	delete(c.packages, e.Package)
}

func (c *counter) progress(pkg string) *progress {
	if c.packages == nil {
		c.packages = map[string]*progress{}
	}
	if c.packages[pkg] == nil {
		c.packages[pkg] = &progress{output: map[string][]string{}}
	}
	return c.packages[pkg]
}

func (p *progress) keep(test, output string) {
	if p.output[test] == nil {
		p.tests = append(p.tests, test)
	}
	p.output[test] = append(p.output[test], output)
}

func (p *progress) print(w io.Writer, test string) {
	for _, output := range p.output[test] {
		fmt.Fprint(w, output)
	}
}
