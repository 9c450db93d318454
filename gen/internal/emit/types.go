package emit

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// typ writes a type as Go source.
func (e *emitter) typ(id model.TypeID) *jen.Statement {
	t := e.pkg.Types[id]
	if t.PkgPath != "" {
		s := jen.Qual(t.PkgPath, t.Name)
		if len(t.Args) == 0 {
			return s
		}
		args := make([]jen.Code, len(t.Args))
		for i, arg := range t.Args {
			args[i] = e.typ(arg)
		}
		return s.Types(args...)
	}
	switch t.Kind {
	case model.Slice:
		return jen.Index().Add(e.typ(t.Elem))
	case model.Array:
		return jen.Index(jen.Lit(int(t.Len))).Add(e.typ(t.Elem))
	case model.Map:
		return jen.Map(e.typ(t.Key)).Add(e.typ(t.Elem))
	case model.Pointer:
		return jen.Op("*").Add(e.typ(t.Elem))
	case model.Bytes:
		return jen.Index().Byte()
	case model.Any:
		return jen.Any()
	case model.Logger:
		return jen.Op("*").Qual("log/slog", "Logger")
	}
	if t.Source != "" {
		return e.source(t)
	}
	return jen.Id(string(id))
}

// word is what a type's text has to be read for: a tag, or a name with its package.
var word = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|([\pL_][\pL\d_]*)\.([\pL_][\pL\d_]*)`)

// source writes an unnamed struct or interface from its Go text, with the
// packages that it names imported.
func (e *emitter) source(t *model.Type) *jen.Statement {
	paths := map[string]string{}
	for _, other := range e.pkg.Types {
		if other.PkgPath != "" && other.PkgPath != e.pkg.Path {
			paths[other.PkgName] = other.PkgPath
		}
	}
	s, end := jen.Null(), 0
	for _, at := range word.FindAllStringSubmatchIndex(t.Source, -1) {
		s.Op(t.Source[end:at[0]])
		end = at[1]
		if at[2] >= 0 {
			s.Qual(paths[t.Source[at[2]:at[3]]], t.Source[at[4]:at[5]])
			continue
		}
		tag, err := strconv.Unquote(t.Source[at[0]:at[1]])
		if err != nil {
			tag = t.Source[at[0]:at[1]] // cannot be: go/types wrote it
		}
		s.Add(text(tag))
	}
	return s.Op(t.Source[end:])
}

// text writes a string constant: raw where every character shows as it is,
// quoted otherwise, a line each, so that no text can end the literal or hide in it.
func text(s string) *jen.Statement {
	if strings.ContainsAny(s, "\n\"\\") && !strings.ContainsFunc(s, hidden) {
		return jen.Op("`" + s + "`")
	}
	lines := slices.Collect(strings.Lines(s))
	if len(lines) < 2 {
		return jen.Lit(s)
	}
	quoted := jen.Lit(lines[0])
	for _, line := range lines[1:] {
		quoted.Op("+").Line().Lit(line)
	}
	return quoted
}

// rawJSON is a raw string literal of JSON, in which every character can be written
// as ones that show.
func rawJSON(s string) string {
	if !strings.ContainsFunc(s, hidden) {
		return "`" + s + "`"
	}
	var b strings.Builder
	for _, r := range s {
		if !hidden(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return "`" + b.String() + "`"
}

// hidden reports whether r cannot be in a raw string literal, or does not show there.
func hidden(r rune) bool {
	return r == '`' || r == utf8.RuneError || r != '\n' && r != '\t' && !unicode.IsPrint(r)
}
