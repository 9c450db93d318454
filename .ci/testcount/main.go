// Testcount runs "go test -json" with the arguments it is given, prints what
// "go test" would print, and ends with a line for machines:
//
//	1234 passed, 0 failed
//
// and ", 5 skipped" behind it where tests were, whose reasons it prints. It counts
// every test and subtest. Its exit status is 1 if one of them failed, if a
// package did not compile or if nothing ran, so that a count never hides trouble.
package main

import (
	"fmt"
	"os"
	"os/exec"
)

func main() {
	c := &counter{out: os.Stdout}
	if err := run(c, os.Args[1:]); err != nil && c.failed == 0 {
		fmt.Fprintln(os.Stderr, "testcount:", err)
		c.failed = 1
	}
	fmt.Printf("%d passed, %d failed", c.passed, c.failed)
	if c.skipped > 0 {
		fmt.Printf(", %d skipped", c.skipped)
	}
	fmt.Println()
	if c.failed > 0 || c.passed == 0 {
		os.Exit(1)
	}
}

func run(c *counter, args []string) error {
	test := exec.Command("go", append([]string{"test", "-json"}, args...)...)
	test.Stderr = os.Stderr
	events, err := test.StdoutPipe()
	if err != nil {
		return err
	}
	if err := test.Start(); err != nil {
		return err
	}
	if err := c.read(events); err != nil {
		return err
	}
	return test.Wait()
}
