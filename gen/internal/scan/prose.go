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

// unnamed is text without the name that a Go comment starts with, and without the
// "is" behind it: "Limit is the largest number" tells a client "The largest number".
func unnamed(text, name string) string {
	rest, ok := strings.CutPrefix(text, name+" ")
	if !ok {
		return text
	}
	for _, verb := range []string{"is ", "are "} {
		rest = strings.TrimPrefix(rest, verb)
	}
	first, size := utf8.DecodeRuneInString(rest)
	return string(unicode.ToUpper(first)) + rest[size:]
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
