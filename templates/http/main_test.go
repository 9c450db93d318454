package main

import (
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/mcptest"
)

func TestNotes(t *testing.T) {
	client := mcptest.Start(t, Register)

	var posted Note
	client.Call("post_note", PostNoteInput{Topic: "lunch", Text: "Soup at noon."}).Decode(&posted)
	if want := (Note{ID: 1, Author: "somebody", Topic: "lunch", Text: "Soup at noon."}); posted != want {
		t.Errorf("post_note = %+v, want %+v", posted, want)
	}

	var notes []Note
	client.Read("notes://lunch").Decode(&notes)
	if len(notes) != 1 || notes[0] != posted {
		t.Errorf("the notes about lunch are %+v, want %+v", notes, posted)
	}

	client.Call("remove_note", map[string]any{"id": posted.ID})
	if got, want := client.CallError("remove_note", map[string]any{"id": posted.ID}), "there is no note 1"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
}

// TestRemoveNoteOfSomebodyElse replaces two dependencies: a board with a note of
// Ann, and Bob as the one who calls.
func TestRemoveNoteOfSomebodyElse(t *testing.T) {
	board := NewBoard()
	board.Post(Note{Author: "Ann", Topic: "lunch", Text: "Soup at noon."})
	client := mcptest.Start(t, Register, runtime.Replace(board), runtime.Replace(Author{Name: "Bob"}))

	got := client.CallError("remove_note", map[string]any{"id": 1})
	if want := "note 1 is by Ann, not by Bob"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
}

func TestPostNoteRefuses(t *testing.T) {
	client := mcptest.Start(t, Register)

	got := client.CallError("post_note", map[string]any{"topic": "lunch"})
	if want := "/text: missing"; !strings.Contains(got, want) {
		t.Errorf("error %q, want one with %q", got, want)
	}
}

func TestSummary(t *testing.T) {
	client := mcptest.Start(t, Register)

	client.Call("post_note", PostNoteInput{Topic: "lunch", Text: "Soup at noon."})
	got := client.Prompt("summary", map[string]string{"topic": "lunch"}).Text()
	if want := "somebody: Soup at noon."; !strings.Contains(got, want) {
		t.Errorf("summary = %q, want it to hold %q", got, want)
	}
}
