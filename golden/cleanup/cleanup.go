// Package cleanup shows the order in which what was provided is undone: last
// opened, first closed, and always before the reply goes out.
package cleanup

import (
	"errors"
	"slices"
)

// Journal remembers what happened.
type Journal struct{ lines []string }

func (j *Journal) write(line string) { j.lines = append(j.lines, line) }

//mcp:provide scope=server
func newJournal() *Journal { return &Journal{} }

// Outer is opened before Inner, which needs it.
type Outer struct{}

//mcp:provide
func openOuter(j *Journal) (*Outer, func() error, error) {
	j.write("open outer")
	return &Outer{}, func() error { j.write("close outer"); return nil }, nil
}

// Inner is opened last.
type Inner struct{}

//mcp:provide
func openInner(j *Journal, _ *Outer) (*Inner, func(), error) {
	j.write("open inner")
	return &Inner{}, func() { j.write("close inner") }, nil
}

// Work does what it is asked to, and ends as it is told.
//
//mcp:tool
//mcp:param end enum=well enum=error enum=panic
func Work(end string, _ *Inner, j *Journal) error {
	j.write("work ends with " + end)
	switch end {
	case "error":
		return errors.New("no luck")
	case "panic":
		panic("no way")
	}
	return nil
}

// History tells what happened and forgets it.
//
//mcp:tool
func History(j *Journal) []string {
	lines := slices.Clone(j.lines)
	j.lines = nil
	return lines
}
