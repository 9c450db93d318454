package directive

import (
	"go/token"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// Source says where a directive and its arguments stand in a file.
type Source struct {
	Word string         // without "mcp:"
	Pos  token.Position // of the //
	Args []Arg
}

// Origin implements [Directive].
func (s *Source) Origin() *Source { return s }

// Arg is one argument as written.
type Arg struct {
	model.Keyword
	at []int // the column offset of every byte of Value from ValuePos
}

// Byte is the position of the i-th byte of the argument's value, whatever the
// escapes before it.
func (a Arg) Byte(i int) token.Position {
	if len(a.at) == 0 {
		return a.ValuePos
	}
	return shift(a.ValuePos, a.at[min(i, len(a.at)-1)])
}

// Arg finds an argument by its key.
func (s *Source) Arg(key string) (Arg, bool) {
	for _, a := range s.Args {
		if a.Key == key {
			return a, true
		}
	}
	return Arg{}, false
}

// ValuePos is where the value of key is written, and otherwise the given position.
func (s *Source) ValuePos(key string, otherwise token.Position) token.Position {
	if a, ok := s.Arg(key); ok {
		return a.ValuePos
	}
	return otherwise
}

// shift moves pos along its line.
func shift(pos token.Position, n int) token.Position {
	pos.Offset += n
	pos.Column += n
	return pos
}
