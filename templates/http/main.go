// Command my-server is a notice board that many MCP clients share.
//
// The comments that begin with //mcp: make functions into tools, resources and
// prompts. "go generate" reads them and writes mcp_gen.go, which holds the function
// Register; run it whenever a comment or a parameter has changed.
package main

//go:generate go tool mcpgen

import (
	"fmt"
	"strings"

	"github.com/mcpgen/mcpgen/runtime"
)

func main() {
	runtime.Main(runtime.Info{Name: "my-server", Version: "0.1.0"}, Register)
}

// PostNote pins a note to the board.
//
//mcp:tool
func PostNote(in PostNoteInput, board *Board, author Author) Note {
	return board.Post(Note{Author: author.Name, Topic: in.Topic, Text: in.Text})
}

// PostNoteInput is what a client sends to post_note. The comments and tags of its
// fields become the schema of the tool.
type PostNoteInput struct {
	// What the note is about, in a word.
	Topic string `json:"topic" jsonschema:"minLength=1,maxLength=40"`
	// The note itself.
	Text string `json:"text" jsonschema:"minLength=1,maxLength=1000"`
}

// RemoveNote takes a note off the board. Only its author may do so.
//
//mcp:tool destructive idempotent
//mcp:param id description="Number of the note." minimum=1
func RemoveNote(id int, board *Board, author Author) error {
	return board.Remove(id, author.Name)
}

// Notes are the notes about a topic.
//
//mcp:resource uri=notes://{topic} mime=application/json
func Notes(topic string, board *Board) []Note {
	return board.About(topic)
}

// Summary asks for a summary of the notes about a topic.
//
//mcp:prompt
//mcp:param topic description="What the notes are about."
func Summary(topic string, board *Board) string {
	var b strings.Builder
	b.WriteString("Summarise these notes in three sentences:\n")
	for _, note := range board.About(topic) {
		fmt.Fprintf(&b, "\n%s: %s", note.Author, note.Text)
	}
	return b.String()
}
