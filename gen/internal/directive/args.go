package directive

import (
	"go/token"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

const blank = " \t"

// lexer cuts one comment line into arguments.
type lexer struct {
	line  string
	i     int
	start token.Position // of the line
	diags *diag.List
}

func (l *lexer) pos(i int) token.Position { return shift(l.start, i) }

func (l *lexer) rest() string { return l.line[l.i:] }

// skipBlank moves to the next argument and reports whether there is one: a
// comment after a blank ends the directive.
func (l *lexer) skipBlank() bool {
	l.i += len(l.rest()) - len(strings.TrimLeft(l.rest(), blank))
	return l.rest() != "" && !strings.HasPrefix(l.rest(), "//")
}

// word takes everything up to the next blank.
func (l *lexer) word() string {
	end := strings.IndexAny(l.rest(), blank)
	if end < 0 {
		end = len(l.rest())
	}
	word := l.rest()[:end]
	l.i += end
	return word
}

// args reads the arguments up to the end of the directive. What cannot be read is
// a diagnostic and left out.
func (l *lexer) args() []Arg {
	var all []Arg
	for l.skipBlank() {
		if a, ok := l.arg(); ok {
			all = append(all, a)
		}
	}
	return all
}

func (l *lexer) arg() (Arg, bool) {
	start := l.i
	end := strings.IndexAny(l.rest(), blank+"=\"`")
	if end < 0 {
		end = len(l.rest())
	}
	key := l.rest()[:end]
	l.i += end
	following := l.rest()
	switch {
	case key != "" && (following == "" || strings.ContainsRune(blank, rune(following[0]))):
		return Arg{Keyword: model.Keyword{Key: key, Pos: l.pos(start), ValuePos: l.pos(start)}}, true
	case key != "" && following[0] == '=':
		l.i++
		return l.value(key, start)
	case key == "" && following[0] == '=':
		l.word()
		l.diags.Addf(l.pos(start), "a value without a key").Suggest("write key=value, without spaces around the =")
	default:
		l.quotedWord(start)
	}
	return Arg{}, false
}

// quotedWord reports a quote where a key should be and moves behind it.
func (l *lexer) quotedWord(start int) {
	if n := literalEnd(l.rest()); n > 0 {
		l.i += n
		l.word()
	} else {
		l.i = len(l.line)
	}
	l.diags.Addf(l.pos(start), "a quote that belongs to no key").Suggest(`write key="value", with the quote right after the =`)
}

// value reads what follows the = of key.
func (l *lexer) value(key string, keyStart int) (Arg, bool) {
	a := Arg{Keyword: model.Keyword{Key: key, HasValue: true, Pos: l.pos(keyStart)}}
	start := l.i
	if l.rest() == "" || !strings.ContainsAny(l.rest()[:1], "\"`") {
		a.Value, a.ValuePos = l.word(), l.pos(start)
		a.at = offsets(0, len(a.Value))
		if a.Value == "" {
			l.diags.Addf(l.pos(start), "%s= has no value", key).Suggest("write %s=value, without spaces around the =", key)
		}
		return a, a.Value != ""
	}
	n := literalEnd(l.rest())
	if n == 0 {
		l.diags.Addf(l.pos(start), "the quote is not closed").Suggest("end the value with %s", l.rest()[:1])
		l.i = len(l.line)
		return a, false
	}
	value, at, ok := Unquote(l.rest()[:n])
	l.i += n
	if !ok {
		l.diags.Addf(l.pos(start), "%s is no Go string", l.line[start:l.i]).Suggest("write \\\\ for a backslash, or quote with `")
		l.word()
		return a, false
	}
	if trailing := l.i; l.word() != "" {
		l.diags.Addf(l.pos(trailing), "text right after the closing quote").Suggest(`write \" for a quote inside the value, or a space after it`)
	}
	a.Value, a.ValuePos, a.at = value, l.pos(start+1), at
	for i := range a.at {
		a.at[i]--
	}
	return a, true
}
