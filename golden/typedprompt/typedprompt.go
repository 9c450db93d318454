// Package typedprompt takes typed arguments: clients send strings, and they are
// read as numbers, booleans, times, enums and lists.
package typedprompt

import (
	"errors"
	"fmt"
	"time"
)

// Tone is how a text should sound.
type Tone string

const (
	Formal Tone = "formal"
	Casual Tone = "casual"
)

// LetterInput says what to write.
type LetterInput struct {
	// Who gets the letter.
	To      string        `json:"to" jsonschema:"minLength=1"`
	Words   int           `json:"words,omitempty" jsonschema:"minimum=10,default=100"`
	Tone    Tone          `json:"tone,omitempty" jsonschema:"default=formal"`
	Urgent  bool          `json:"urgent,omitempty"`
	Due     time.Time     `json:"due,omitzero"`
	Pause   time.Duration `json:"pause,omitempty"`
	Enclose []string      `json:"enclose,omitempty"`
}

// Letter asks for a letter.
//
//mcp:prompt name=write-letter
func Letter(in LetterInput) (string, error) {
	if in.To == "nobody" {
		return "", errors.New("a letter needs a reader")
	}
	return fmt.Sprintf("Write a %s letter of %d words to %s, urgent %t, due %s, enclose %q.",
		in.Tone, in.Words, in.To, in.Urgent, in.Due.Format(time.DateOnly), in.Enclose), nil
}
