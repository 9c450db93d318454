package directive

import (
	"go/token"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// Word is the word of the directive that a line comment holds: "tool" for
// //mcp:tool. It is also found where the directive is misspelt in a way that
// [Parse] reports, as in "// mcp:tool", and "" for any other comment.
func Word(comment string) string {
	return strings.ToLower(recognize(comment).word)
}

// heading is how a comment starts out as a directive.
type heading struct {
	word    string // as written
	end     int    // of the word in the comment
	exact   bool   // starts with //mcp: to the letter
	spaced  bool   // a space after the //
	present bool
}

func recognize(comment string) heading {
	const prefix = "mcp:"
	text, ok := strings.CutPrefix(comment, "//")
	if !ok {
		return heading{}
	}
	trimmed := strings.TrimLeft(text, blank)
	if len(trimmed) < len(prefix) || !strings.EqualFold(trimmed[:len(prefix)], prefix) {
		return heading{}
	}
	l := lexer{line: comment, i: len(comment) - len(trimmed) + len(prefix)}
	h := heading{word: l.word(), end: l.i, exact: strings.HasPrefix(text, prefix), spaced: len(trimmed) < len(text)}
	h.present = h.exact || h.meant(comment)
	if !h.present {
		return heading{}
	}
	return h
}

// meant tells a misspelt directive from prose about directives, as in
// "mcp:tool marks a function".
func (h heading) meant(comment string) bool {
	k, ok := kindOf(strings.ToLower(h.word))
	if !ok {
		return false
	}
	l := lexer{line: comment, i: h.end, diags: new(diag.List)}
	switch {
	case !h.spaced, !l.skipBlank(),
		k.word == "param" && strings.Contains(l.rest(), "="),
		k.word == "oneof" && token.IsExported(strings.TrimPrefix(l.rest(), "*")):
		return true
	}
	key, _, hasValue := strings.Cut(l.word(), "=")
	_, known := shapeOf(k.make()).key(key)
	return hasValue || known
}

// Parse reads a line comment, whose // is at pos. It returns nil when the comment
// is no directive, or none that is known. Arguments with mistakes are left out of
// the result; the mistakes go to diags.
func Parse(comment string, pos token.Position, diags *diag.List) Directive {
	comment = strings.TrimRight(comment, "\r")
	h := recognize(comment)
	if !h.present {
		return nil
	}
	k, ok := kindOf(strings.ToLower(h.word))
	if !ok {
		unknown(h, pos, diags)
		return nil
	}
	switch {
	case h.spaced:
		diags.Addf(pos, "a directive has no space after the //").Suggest("write //mcp:%s without the space", k.word)
	case !h.exact || h.word != k.word:
		diags.Addf(pos, "a directive is written in lower case").Suggest("write //mcp:%s", k.word)
	}
	d := k.make()
	d.Origin().Word, d.Origin().Pos = k.word, pos
	shapeOf(d).read(&lexer{line: comment, i: h.end, start: pos, diags: diags})
	return d
}

func unknown(h heading, pos token.Position, diags *diag.List) {
	if h.word == "" {
		diags.Addf(pos, "//mcp: names no directive").Suggest("valid are %s", strings.Join(words(), ", "))
		return
	}
	at := shift(pos, h.end-len(h.word))
	diags.Addf(at, "unknown directive //mcp:%s", h.word).
		Suggest("%s", instead(h.word, words(), func(w string) string { return "//mcp:" + w }))
}

// read fills the directive from its line.
func (s shape) read(l *lexer) {
	origin := s.directive.Origin()
	switch d := s.directive.(type) {
	case *Skip:
		if l.skipBlank() {
			d.Reason = strings.TrimSpace(untilComment(l.rest()))
		}
		if d.Reason == "" {
			l.diags.Addf(l.pos(l.i), "//mcp:skip without a reason").Suggest("write //mcp:skip and why the method is not exposed")
		}
	case *Param:
		d.NamePos = l.pos(l.i)
		if l.skipBlank() {
			d.NamePos, d.Name = l.pos(l.i), l.word()
		}
		if d.Name == "" || strings.Contains(d.Name, "=") {
			l.diags.Addf(d.NamePos, "//mcp:param without the name of a parameter").Suggest(`write //mcp:param NAME description="..."`)
			d.Name = ""
			return
		}
		origin.Args = l.args()
		d.Keywords = keywords(origin.Args, l.diags)
	case *OneOf:
		for _, a := range l.args() {
			if _, ok := s.key(a.Key); ok {
				origin.Args = append(origin.Args, a)
			} else {
				d.Variants = append(d.Variants, a)
			}
		}
		s.assign(l)
	default:
		origin.Args = l.args()
		s.assign(l)
	}
}

// untilComment cuts a comment off free text.
func untilComment(text string) string {
	for i := 1; i+1 < len(text); i++ {
		if text[i:i+2] == "//" && strings.ContainsRune(blank, rune(text[i-1])) {
			return text[:i]
		}
	}
	return text
}

// keywords are the arguments of //mcp:param that are words of the tag grammar.
func keywords(args []Arg, diags *diag.List) []model.Keyword {
	var known []model.Keyword
	for _, a := range args {
		if !model.IsKeyword(a.Key) {
			diags.Addf(a.Pos, "unknown keyword %q of //mcp:param", a.Key).
				Suggest("%s", instead(a.Key, model.Keywords(), func(k string) string { return k }))
			continue
		}
		known = append(known, a.Keyword)
	}
	return known
}
