// Package everything has one of each, as most servers do.
package everything

import (
	"errors"
	"slices"
)

// Notes keeps notes.
type Notes struct{ titles []string }

//mcp:provide scope=server
func openNotes() *Notes { return &Notes{titles: []string{"welcome"}} }

// AddNote adds a note.
//
//mcp:tool idempotent
func AddNote(title string, notes *Notes) error {
	if slices.Contains(notes.titles, title) {
		return errors.New("there is such a note")
	}
	notes.titles = append(notes.titles, title)
	return nil
}

// Titles are the titles of all notes.
//
//mcp:resource uri=notes://titles
func Titles(notes *Notes) []string { return slices.Clone(notes.titles) }

// Note is one note.
//
//mcp:resource uri=notes://note/{title}
func Note(notes *Notes, title string) (string, error) {
	if !slices.Contains(notes.titles, title) {
		return "", errors.New("no such note")
	}
	return "# " + title, nil
}

// Summarize asks for a summary of a note.
//
//mcp:prompt
func Summarize(notes *Notes, title string) string { return "Summarize the note " + title + "." }
