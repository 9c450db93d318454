package main

import (
	"fmt"
	"slices"
	"sync"
)

// Note is what somebody pinned to the board.
type Note struct {
	ID     int    `json:"id"`
	Author string `json:"author"`
	Topic  string `json:"topic"`
	Text   string `json:"text"`
}

// Board keeps notes in memory. The calls of all clients run at the same time, so
// it guards them with a lock.
type Board struct {
	mu    sync.Mutex
	last  int
	notes []Note
}

// NewBoard returns an empty board. A provider is called for every function that
// has a parameter of its type; no client sees that parameter. The value of this
// one is shared by all calls, from the start of the server to its end.
//
//mcp:provide scope=server
func NewBoard() *Board { return &Board{} }

// Post adds a note and gives it a number.
func (b *Board) Post(note Note) Note {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last++
	note.ID = b.last
	b.notes = append(b.notes, note)
	return note
}

// Remove removes a note of the author. A client shows the error to its model, so
// the error says what is wrong.
func (b *Board) Remove(id int, author string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	i := slices.IndexFunc(b.notes, func(n Note) bool { return n.ID == id })
	if i < 0 {
		return fmt.Errorf("there is no note %d", id)
	}
	if b.notes[i].Author != author {
		return fmt.Errorf("note %d is by %s, not by %s", id, b.notes[i].Author, author)
	}
	b.notes = slices.Delete(b.notes, i, i+1)
	return nil
}

// About returns the notes about a topic, oldest first.
func (b *Board) About(topic string) []Note {
	b.mu.Lock()
	defer b.mu.Unlock()
	var notes []Note
	for _, note := range b.notes {
		if note.Topic == topic {
			notes = append(notes, note)
		}
	}
	return notes
}
