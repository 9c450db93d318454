// Package diag gathers what is wrong with a user's source, so that one run
// shows everything, sorted, at its exact place.
package diag

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Diagnostic is one finding: where, what, why and what to write instead.
type Diagnostic struct {
	Pos     token.Position
	Message string    // one line, lower case, no full stop
	Related []Related // the chain that led here, nearest first
	Fix     string    // what to write instead; may be empty
}

// Related is one link of the chain behind a [Diagnostic].
type Related struct {
	Pos     token.Position
	Message string // such as "needed by tool build_report"
}

// Needs adds a link to the chain and returns d.
func (d *Diagnostic) Needs(pos token.Position, format string, args ...any) *Diagnostic {
	d.Related = append(d.Related, Related{pos, line(fmt.Sprintf(format, args...))})
	return d
}

// Suggest sets what to write instead and returns d.
func (d *Diagnostic) Suggest(format string, args ...any) *Diagnostic {
	d.Fix = line(fmt.Sprintf(format, args...))
	return d
}

// List gathers diagnostics. The zero value is an empty list. It is not safe for
// concurrent use.
type List struct {
	all []*Diagnostic
}

// Addf appends a diagnostic at pos. The result may be completed with
// [Diagnostic.Needs] and [Diagnostic.Suggest].
func (l *List) Addf(pos token.Position, format string, args ...any) *Diagnostic {
	d := &Diagnostic{Pos: pos, Message: line(fmt.Sprintf(format, args...))}
	l.all = append(l.all, d)
	return d
}

// Append adds every diagnostic of other.
func (l *List) Append(other *List) { l.all = append(l.all, other.all...) }

// Len is the number of diagnostics, duplicates included.
func (l *List) Len() int { return len(l.all) }

// Sorted returns the diagnostics by file, line, column and message, without the
// ones that say the same of the same place.
func (l *List) Sorted() []*Diagnostic {
	sorted := slices.Clone(l.all)
	slices.SortStableFunc(sorted, func(a, b *Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Pos.Filename, b.Pos.Filename),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Column, b.Pos.Column),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(sorted, func(a, b *Diagnostic) bool {
		return a.Pos == b.Pos && a.Message == b.Message
	})
}

// Text renders d for a person, with paths relative to dir:
//
//	report.go:31:40: no provider for *DB
//		needed by tool build_report (report.go:31:6)
//		add //mcp:provide to a function returning *DB
func (d *Diagnostic) Text(dir string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", Position(dir, d.Pos), d.Message)
	for _, r := range d.Related {
		fmt.Fprintf(&b, "\n\t%s", r.Message)
		if r.Pos.IsValid() {
			fmt.Fprintf(&b, " (%s)", Position(dir, r.Pos))
		}
	}
	if d.Fix != "" {
		fmt.Fprintf(&b, "\n\t%s", d.Fix)
	}
	return b.String()
}

// Position renders pos as file:line:col with the file relative to dir, so that
// an editor started there jumps to it.
func Position(dir string, pos token.Position) string {
	pos.Filename = Relative(dir, pos.Filename)
	return pos.String()
}

// Relative is file as seen from dir, in slash form, or file itself where it
// lies outside every common root.
func Relative(dir, file string) string {
	if rel, err := filepath.Rel(dir, file); err == nil && file != "" {
		return filepath.ToSlash(rel)
	}
	return file
}

// jsonPlace and jsonDiagnostic are the shape of -json.
type jsonPlace struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

type jsonDiagnostic struct {
	jsonPlace
	Related []jsonPlace `json:"related,omitempty"`
	Fix     string      `json:"fix,omitempty"`
}

func place(dir string, pos token.Position, message string) jsonPlace {
	return jsonPlace{Relative(dir, pos.Filename), pos.Line, pos.Column, message}
}

// JSON renders all as one indented JSON array, for tools.
func JSON(dir string, all []*Diagnostic) ([]byte, error) {
	out := make([]jsonDiagnostic, 0, len(all))
	for _, d := range all {
		j := jsonDiagnostic{jsonPlace: place(dir, d.Pos, d.Message), Fix: d.Fix}
		for _, r := range d.Related {
			j.Related = append(j.Related, place(dir, r.Pos, r.Message))
		}
		out = append(out, j)
	}
	return json.MarshalIndent(out, "", "  ")
}

// line makes text safe for one line of a terminal: a message often quotes the
// user's source, which may hold anything.
func line(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strconv.IsGraphic(r) {
			b.WriteRune(r)
			continue
		}
		quoted := strconv.QuoteRune(r)
		b.WriteString(quoted[1 : len(quoted)-1])
	}
	return b.String()
}
