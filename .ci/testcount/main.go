// Testcount runs "go test -json" with the arguments it is given, prints what
// "go test" would print, and ends with a line for machines:
//
//	1234 passed, 0 failed
//
// and ", 5 skipped" behind it where tests were, whose reasons it prints. It counts
// every test and subtest. Behind "--" stand the arguments of another "go test",
// which runs when the first has ended: for what must not run beside other things. Its exit status is 1 if one of them failed, if a
// package did not compile or if nothing ran, so that a count never hides trouble.
package main

import (
	"fmt"
	"iter"
	"os"
	"os/exec"
	"slices"
)

func main() {
	c := &counter{out: os.Stdout}
	for args := range runs(os.Args[1:]) {
		failed := c.failed
		if err := run(c, args); err != nil && c.failed == failed {
			fmt.Fprintln(os.Stderr, "testcount:", err)
			c.failed++
		}
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

// runs yields what stands between each "--".
func runs(args []string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for {
			i := slices.Index(args, "--")
			if i < 0 {
				yield(args)
				return
			}
			if !yield(args[:i]) {
				return
			}
			args = args[i+1:]
		}
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
