package scan

import (
	"go/ast"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mcpgen/mcpgen/gen/internal/directive"
)

// description is the doc comment of f as a client reads it: without directives
// and without the name that Go asks for at the start.
func (f *function) description() string {
	return unnamed(prose(f.decl.Doc), f.name())
}

// unnamed is text without the name that a Go comment starts with, where a verb
// follows it, and without an "is": "Analyze runs a query" tells a client "Runs a
// query", and "Limit is the largest number" "The largest number". Nothing is taken
// from "Search books by title" or "Month of the year".
func unnamed(text, name string) string {
	rest, ok := strings.CutPrefix(text, name+" ")
	if !ok {
		return text
	}
	verb, object, _ := strings.Cut(rest, " ")
	switch {
	case verb == "is" || verb == "are":
		rest = object
	case !isVerb(verb, name, object):
		return text
	}
	first, size := utf8.DecodeRuneInString(rest)
	return string(unicode.ToUpper(first)) + rest[size:]
}

// isVerb reports whether word, behind the name and before object, is a verb in the
// third person rather than a noun in the plural: it takes up the name, something
// follows that only a verb can have, or it is well known.
func isVerb(word, name, object string) bool {
	if !strings.HasSuffix(word, "s") {
		return false
	}
	next, _, _ := strings.Cut(object, " ")
	stem := strings.ToLower(name[:min(3, len(name))])
	return strings.HasPrefix(word, stem) || objects[strings.Trim(next, ".,;:")] || verbs[word]
}

// objects are the words that an object starts with.
var objects = set("a an the all any both each every its it what which who whether how where when why one two three four " +
	"some this that these those such no another up nothing something everything")

// verbs are common ones that need no such object, or that no noun looks like.
var verbs = set("adds applies asks belongs carries computes converts creates deletes fails fetches finds gets gives goes keeps " +
	"lets listens looks makes parses puts removes renders replies responds returns says sends takes tells tries waits")

func set(words string) map[string]bool {
	s := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		s[word] = true
	}
	return s
}

// listItem starts a line that stays a line of its own.
var listItem = regexp.MustCompile(`^([-*+•]|[0-9]+[.)]) `)

// prose is the text of a comment. Lines of a paragraph become one line, as where
// a comment is wrapped says nothing; lists, code and headings stay as they are.
func prose(group *ast.CommentGroup) string {
	if group == nil {
		return ""
	}
	var lines []string
	open := false // the line before may be continued
	for line := range strings.Lines(withoutDirectives(group).Text()) {
		line = strings.TrimRight(line, " \t\n")
		indented := strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")
		item, heading := listItem.MatchString(line), strings.HasPrefix(line, "# ")
		if open && line != "" && !indented && !item && !heading {
			lines[len(lines)-1] += " " + line
			continue
		}
		lines = append(lines, line)
		open = line != "" && !indented && !heading
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// withoutDirectives drops the misspelt directives, which go/ast takes for text.
func withoutDirectives(group *ast.CommentGroup) *ast.CommentGroup {
	kept := &ast.CommentGroup{}
	for _, c := range group.List {
		if directive.Word(c.Text) == "" {
			kept.List = append(kept.List, c)
		}
	}
	return kept
}
