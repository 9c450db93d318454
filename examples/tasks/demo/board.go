package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/mcpgen/mcpgen/runtime/taskclient"
)

// board shows a row for each task. On a terminal the rows stay where they are, and
// what is said appears above them; elsewhere each change is a line.
type board struct {
	out      io.Writer
	terminal bool
	coloured bool
	width    int // of a line

	mu    sync.Mutex
	rows  []*row
	drawn int // rows that the cursor is below
}

// row is a task.
type row struct {
	name  string
	mark  string // how it ended, "" while it runs
	text  string
	done  float64
	total float64 // 0 if it is not known
}

func newBoard(out *os.File) *board {
	info, err := out.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
	width, err := strconv.Atoi(os.Getenv("COLUMNS"))
	switch {
	case !terminal:
		width = 1000
	case err != nil || width < 60:
		width = 80
	}
	return &board{out: out, terminal: terminal, coloured: terminal && os.Getenv("NO_COLOR") == "", width: width}
}

// add adds a row.
func (b *board) add(name string) *row {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := &row{name: name, text: "called"}
	b.rows = append(b.rows, r)
	b.draw()
	return r
}

// say shows a line of its own.
func (b *board) say(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.line(b.paint(dim, fit(text, b.width)))
}

// ask shows a question of a task, which may be none of those on the board, and the
// answer.
func (b *board) ask(r *row, question, answer string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	name := "?"
	if r != nil {
		name = r.name
	}
	b.line(fmt.Sprintf("  %s %s %s", b.paint(cyan, pad(name)), question, b.paint(bold, answer)))
}

// update shows how a task goes on.
func (b *board) update(r *row, s taskclient.Status) {
	b.mu.Lock()
	defer b.mu.Unlock()
	text := s.Message
	if s.State == taskclient.InputRequired {
		text = "waits for an answer"
	}
	if text == r.text && s.Progress.Done == r.done || text == "" && s.Progress.Done == 0 {
		return
	}
	r.text, r.done, r.total = text, s.Progress.Done, s.Progress.Total
	b.change(r)
}

// end shows how a task has ended.
func (b *board) end(r *row, end, text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r.mark, r.text = end, text
	b.change(r)
}

// finish shows a last line.
func (b *board) finish(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.drawn = 0
	fmt.Fprintf(b.out, "\n%s\n", b.paint(bold, text))
}

// change shows a row that has changed.
func (b *board) change(r *row) {
	if b.terminal {
		b.draw()
		return
	}
	fmt.Fprintln(b.out, b.render(r))
}

// line shows a line above the rows.
func (b *board) line(text string) {
	b.erase()
	fmt.Fprintln(b.out, text)
	b.draw()
}

// erase takes the rows off the terminal.
func (b *board) erase() {
	if b.drawn > 0 {
		fmt.Fprintf(b.out, "\x1b[%dA\x1b[J", b.drawn)
	}
	b.drawn = 0
}

// draw draws the rows, over those that are there.
func (b *board) draw() {
	if !b.terminal {
		return
	}
	b.erase()
	for _, r := range b.rows {
		fmt.Fprintln(b.out, b.render(r))
	}
	b.drawn = len(b.rows)
}

// Columns of a row.
const (
	nameWidth = 11
	barWidth  = 24
)

// pad is a name as wide as its column.
func pad(name string) string { return fmt.Sprintf("%-*s", nameWidth, name) }

// render is a row as a line: "✓ crunch     ████████████████████████ crunched it".
func (b *board) render(r *row) string {
	text := fit(r.text, b.width-nameWidth-barWidth-4)
	return fmt.Sprintf("%s %s %s %s", b.mark(r.mark), b.paint(cyan, pad(r.name)), r.bar(), text)
}

// mark is a sign for how a task ended.
func (b *board) mark(end string) string {
	switch end {
	case completed:
		return b.paint(green, "✓")
	case failed:
		return b.paint(red, "✗")
	case cancelled:
		return b.paint(red, "■")
	}
	return " "
}

// bar is how far a task is.
func (r *row) bar() string {
	filled := 0
	switch {
	case r.mark == completed:
		filled = barWidth
	case r.total > 0:
		filled = int(min(max(r.done/r.total, 0), 1) * barWidth)
	}
	return strings.Repeat("█", filled) + strings.Repeat("░", barWidth-filled)
}

// Styles of a terminal.
const (
	bold  = 1
	dim   = 2
	red   = 31
	green = 32
	cyan  = 36
)

func (b *board) paint(style int, text string) string {
	if !b.coloured {
		return text
	}
	return fmt.Sprintf("\x1b[%dm%s\x1b[0m", style, text)
}

// fit is the first line of text, cut to a width, so that no row takes two lines.
func fit(text string, width int) string {
	text, _, _ = strings.Cut(text, "\n")
	letters := []rune(text)
	if len(letters) <= width {
		return text
	}
	return string(letters[:width-1]) + "…"
}
