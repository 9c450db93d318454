// Command generate compares the whole-process time of mcpgen on packages of 100,
// 1,000 and 10,000 tools with that of a bare load of the same packages. The two
// take turns, so that a machine that slows down slows both, and the ratio is that
// of the medians.
//
//	go run ./generate [-runs N]
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("generate: ")
	runs := flag.Int("runs", 5, "measured runs of each command, behind one that is not counted")
	flag.Parse()
	if err := run(os.Stdout, *runs); err != nil {
		log.Fatal(err)
	}
}

func run(out io.Writer, runs int) error {
	dir, err := os.MkdirTemp("", "mcpgen-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	checkout, err := filepath.Abs("..")
	if err != nil {
		return err
	}
	mcpgen, bare := filepath.Join(dir, "mcpgen"), filepath.Join(dir, "bareload")
	for _, program := range []struct{ dir, pkg, binary string }{
		{checkout, "./cmd/mcpgen", mcpgen},
		{".", "./bareload", bare},
	} {
		if err := command(program.dir, "go", "build", "-o", program.binary, program.pkg).Run(); err != nil {
			return fmt.Errorf("build %s: %w", program.pkg, err)
		}
	}

	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\tfirst run, no file yet\t\t\tsecond run, file is fresh\t\t\t\t")
	fmt.Fprintln(table, "tools\tbare load\tmcpgen\tratio\tbare load\tmcpgen\tratio\tgenerated\t")
	for _, tools := range []int{100, 1_000, 10_000} {
		row, err := measure(filepath.Join(dir, fmt.Sprint(tools)), checkout, mcpgen, bare, tools, runs)
		if err != nil {
			return err
		}
		fmt.Fprintf(table, "%d\t%v\t%v\t%.2f\t%v\t%v\t%.2f\t%.1f MB\t\n", tools,
			row.bare, row.first, ratio(row.first, row.bare),
			row.bareAgain, row.again, ratio(row.again, row.bareAgain), float64(row.size)/1e6)
	}
	return table.Flush()
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

// row holds medians for one size: of a bare load and of mcpgen while there is no
// generated file, and of both once there is one, which a bare load checks as well.
type row struct {
	bare, first, bareAgain, again time.Duration
	size                          int64
}

func measure(dir, checkout, mcpgen, bare string, tools, runs int) (row, error) {
	if err := module(dir, checkout, tools); err != nil {
		return row{}, err
	}
	generated := filepath.Join(dir, "mcp_gen.go")
	var bares, firsts, bareAgains, agains []time.Duration
	var size int64
	for i := range runs + 1 {
		if err := os.Remove(generated); err != nil && !errors.Is(err, os.ErrNotExist) {
			return row{}, err
		}
		b, err := timed(dir, bare)
		if err != nil {
			return row{}, err
		}
		first, err := timed(dir, mcpgen)
		if err != nil {
			return row{}, err
		}
		bareAgain, err := timed(dir, bare)
		if err != nil {
			return row{}, err
		}
		again, err := timed(dir, mcpgen)
		if err != nil {
			return row{}, err
		}
		info, err := os.Stat(generated)
		if err != nil {
			return row{}, err
		}
		size = info.Size()
		if i > 0 {
			bares, firsts = append(bares, b), append(firsts, first)
			bareAgains, agains = append(bareAgains, bareAgain), append(agains, again)
		}
	}
	return row{median(bares), median(firsts), median(bareAgains), median(agains), size}, nil
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2].Round(time.Millisecond)
}

// timed runs a command in dir and returns how long the whole process took.
func timed(dir, name string) (time.Duration, error) {
	start := time.Now()
	err := command(dir, name).Run()
	return time.Since(start), err
}

func command(dir, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	return cmd
}

// module writes a module whose one package has the given number of tools.
func module(dir, checkout string, tools int) error {
	sum, err := os.ReadFile(filepath.Join(checkout, "go.sum"))
	if err != nil {
		return err
	}
	mod, err := os.ReadFile(filepath.Join(checkout, "go.mod"))
	if err != nil {
		return err
	}
	// The checkout's own requirements, so that nothing has to be resolved or fetched.
	_, requirements, _ := strings.Cut(string(mod), "\n")
	files := map[string]string{
		"go.mod": "module example.com/many\n" + requirements +
			"\nrequire github.com/mcpgen/mcpgen v0.0.0\n\nreplace github.com/mcpgen/mcpgen => " + checkout + "\n",
		"go.sum":  string(sum),
		"many.go": source(tools),
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// source is a package of tools that look like ordinary ones: a struct of
// arguments with constraints, a dependency, a structured result.
func source(tools int) string {
	var b strings.Builder
	b.WriteString(`// Package many has many tools.
package many

import (
	"context"

	"github.com/mcpgen/mcpgen/runtime"
)

// DB is what every tool needs.
type DB struct{}

// OpenDB opens it.
//
//mcp:provide scope=server
func OpenDB(ctx context.Context) (*DB, func() error, error) {
	return &DB{}, func() error { return nil }, nil
}
`)
	for i := range tools {
		fmt.Fprintf(&b, `
// Query%[1]d holds the arguments of Find%[1]d.
type Query%[1]d struct {
	// What to look for, in plain words.
	Text string `+"`json:\"text\" jsonschema:\"minLength=1\"`"+`
	// How many records at most.
	Limit int `+"`json:\"limit,omitempty\" jsonschema:\"minimum=1,maximum=100,default=10\"`"+`
	// Only records with all of these labels.
	Labels []string `+"`json:\"labels,omitempty\"`"+`
}

// Answer%[1]d is what Find%[1]d returns.
type Answer%[1]d struct {
	// How many records there are in all.
	Total int `+"`json:\"total\"`"+`
	// The first of them, by name.
	Names []string `+"`json:\"names\"`"+`
}

// Find%[1]d looks for the records of collection %[1]d.
//
//mcp:tool readonly
func Find%[1]d(ctx context.Context, in Query%[1]d, db *DB, progress runtime.Progress) (Answer%[1]d, error) {
	progress.Report(1, 1, "done")
	return Answer%[1]d{Total: in.Limit, Names: in.Labels}, ctx.Err()
}
`, i)
	}
	return b.String()
}
