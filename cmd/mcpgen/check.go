package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"github.com/rogpeppe/go-internal/diff"
)

// checkCommand is "mcpgen check [packages]".
type checkCommand struct {
	scan
}

func (c *checkCommand) run(ctx context.Context, e *env) error {
	result, err := c.load(ctx, e)
	if err != nil {
		return err
	}
	changes, err := compare(e, result.Files)
	if err != nil {
		return err
	}
	stale := c.show(e, changes)
	if len(stale) > 0 {
		e.say("%s out of date; to fix: %s", count(len(stale), "file"), c.fix(stale))
		err = errFindings
	}
	return errors.Join(err, report(e, result.Diagnostics))
}

// show prints what generating would change, as a patch for "patch -p1" and
// "git apply". It returns the changes.
func (c *checkCommand) show(e *env, changes []change) []change {
	var stale []change
	for _, change := range changes {
		if change.action == keep {
			continue
		}
		stale = append(stale, change)
		before, after := "a/"+e.path(change.Path), "b/"+e.path(change.Path)
		if change.old == nil {
			before = "/dev/null"
		}
		if change.action == remove {
			after = "/dev/null"
		}
		_, _ = e.stdout.Write(diff.Diff(before, change.old, after, change.Content))
	}
	return stale
}

// fix is the command that brings the stale files up to date: go generate where
// every one of their packages has a line for it, mcpgen itself otherwise.
func (c *checkCommand) fix(stale []change) string {
	words := []string{"go", "generate"}
	for _, change := range stale {
		if !generates(filepath.Dir(change.Path)) {
			words = []string{"mcpgen"}
			break
		}
	}
	if c.Dir != "." {
		words = append(words, "-C", c.Dir)
	}
	if c.Tags != "" {
		words = append(words, "-tags", c.Tags)
	}
	return shell(append(words, c.patterns()...)...)
}

// generates reports whether a file in dir has a go:generate line that runs mcpgen.
func generates(dir string) bool {
	entries, _ := os.ReadDir(dir) // an unreadable folder has no such line
	return slices.ContainsFunc(entries, func(entry os.DirEntry) bool {
		if filepath.Ext(entry.Name()) != ".go" {
			return false
		}
		content, _ := os.ReadFile(filepath.Join(dir, entry.Name()))
		for line := range bytes.Lines(content) {
			command, ok := bytes.CutPrefix(line, []byte("//go:generate "))
			if ok && bytes.Contains(command, []byte("mcpgen")) {
				return true
			}
		}
		return false
	})
}
