package scan

import (
	"go/token"
	"go/types"
	"strings"
	"unicode"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/directive"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// fieldTags are the parts of a struct tag that mean something here.
type fieldTags struct {
	json     string
	inject   bool
	keywords []model.Keyword
}

// tags reads the tag of a field. Mistakes are reported in the user's own modules
// only: those of a dependency are not theirs to mend.
func (t *typer) tags(f *types.Var, tag string) fieldTags {
	if tag == "" {
		return fieldTags{}
	}
	pairs, ok := cutPairs(tag, t.tagPositions(f, tag))
	own := t.own(f.Pkg())
	if !ok && own {
		t.diags.Addf(t.tagPos(f), "bad struct tag %s", tag).Suggest("write key:\"value\" pairs with one space between them")
	}
	var tags fieldTags
	seen := map[string]bool{}
	for _, p := range pairs {
		if seen[p.key] {
			continue // as package reflect: the first one counts
		}
		seen[p.key] = true
		switch p.key {
		case "json":
			tags.json = p.value
			if own {
				t.jsonOptions(p)
			}
		case "mcp":
			tags.inject = p.value == "inject"
			if !tags.inject && own {
				t.diags.Addf(p.pos(0), "unknown option %q of the mcp tag", p.value).Suggest(`write mcp:"inject"`)
			}
		default:
			tags.keywords = append(tags.keywords, p.keywords()...)
		}
	}
	return tags
}

// keywords are what one key of a tag says of the schema.
func (p tagPair) keywords() []model.Keyword {
	switch p.key {
	case "jsonschema":
		return tagKeywords(p.value, p.pos)
	case "jsonschema_description":
		return []model.Keyword{{Key: "description", Value: p.value, HasValue: true, Pos: p.keyPos, ValuePos: p.pos(0)}}
	case "jsonschema_extras":
		all := splitTag(p.value, p.pos, func(string, string) bool { return true })
		for i := range all {
			all[i].Key = "extras:" + all[i].Key
		}
		return all
	}
	return nil
}

// jsonOptions reports misspelt options. What is unlike any of them may be meant for
// another package that reads the tag.
func (t *typer) jsonOptions(tag tagPair) {
	start := strings.IndexByte(tag.value, ',') + 1
	for start > 0 && start < len(tag.value) {
		option, _, more := strings.Cut(tag.value[start:], ",")
		if near := diag.Nearest(option, []string{"omitempty", "omitzero", "string"}); near != "" && near != option {
			t.diags.Addf(tag.pos(start), "unknown option %q of the json tag", option).Suggest("write %s", near)
		}
		if !more {
			return
		}
		start += len(option) + 1
	}
}

// own reports whether a package belongs to a main module.
func (t *typer) own(pkg *types.Package) bool {
	loaded := t.program.all[pkg]
	return loaded != nil && mainModule(loaded)
}

func (t *typer) tagPos(f *types.Var) token.Position {
	if syntax := t.syntax(f); syntax != nil && syntax.Tag != nil {
		return t.program.pos(syntax.Tag.Pos())
	}
	return t.program.pos(f.Pos())
}

// tagPair is one key:"value" of a struct tag.
type tagPair struct {
	key, value string
	keyPos     token.Position
	pos        func(i int) token.Position // of a byte of the value
}

// cutPairs cuts a struct tag as package reflect does. It is not ok from where
// reflect would stop reading, or where go vet would complain.
func cutPairs(tag string, pos func(int) token.Position) (pairs []tagPair, ok bool) {
	for i := skipSpaces(tag, 0); i < len(tag); i = skipSpaces(tag, i) {
		start := i
		for i < len(tag) && tag[i] > ' ' && tag[i] != ':' && tag[i] != '"' && tag[i] != 0x7f {
			i++
		}
		if i == start || i+1 >= len(tag) || tag[i:i+2] != `:"` {
			return pairs, false
		}
		key := tag[start:i]
		open := i + 1
		end := closingQuote(tag, open)
		if end < 0 {
			return pairs, false
		}
		value, at, valid := directive.Unquote(tag[open:end])
		if !valid || end < len(tag) && tag[end] != ' ' {
			return pairs, false
		}
		pairs = append(pairs, tagPair{key, value, pos(start), func(k int) token.Position { return pos(open + at[k]) }})
		i = end
	}
	return pairs, true
}

func skipSpaces(s string, i int) int {
	for i < len(s) && s[i] == ' ' {
		i++
	}
	return i
}

// closingQuote is the index after the string literal that opens at i, or -1.
func closingQuote(s string, i int) int {
	for i++; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// tagPositions says where each byte of a field's tag is written.
func (t *typer) tagPositions(f *types.Var, tag string) func(int) token.Position {
	syntax := t.syntax(f)
	if syntax == nil || syntax.Tag == nil {
		return func(int) token.Position { return t.program.pos(f.Pos()) }
	}
	start := t.program.pos(syntax.Tag.Pos())
	value, at, ok := directive.Unquote(syntax.Tag.Value)
	if !ok || value != tag {
		return func(int) token.Position { return start }
	}
	return func(i int) token.Position {
		pos := start
		pos.Column += at[i]
		pos.Offset += at[i]
		return pos
	}
}

// tagKeywords reads a jsonschema tag. As descriptions and patterns hold commas, what
// follows one of theirs is a keyword only if it looks like one; otherwise it belongs
// to the value before, comma and all. A comma after a backslash never separates.
func tagKeywords(raw string, pos func(int) token.Position) []model.Keyword {
	return splitTag(raw, pos, func(before, piece string) bool {
		return !isProse(before) || looksLikeKeyword(piece)
	})
}

// isProse reports whether the value of a keyword is free text, or whether it is a
// text where a keyword should be.
func isProse(keyword string) bool {
	key, _, hasValue := strings.Cut(keyword, "=")
	switch key = strings.TrimSpace(key); key {
	case "title", "description", "pattern", "example":
		return true
	}
	return !hasValue && !model.IsFlag(key)
}

func looksLikeKeyword(piece string) bool {
	key, _, hasValue := strings.Cut(piece, "=")
	key = strings.TrimSpace(key)
	if !hasValue {
		return model.IsFlag(key)
	}
	if model.IsKeyword(key) {
		return true
	}
	near := diag.Nearest(key, model.Keywords())
	return near != "" && len(near)-len(key) <= 1 && len(key)-len(near) <= 1
}

// splitTag cuts a tag value at the commas that separate keywords.
func splitTag(raw string, pos func(int) token.Position, separates func(before, piece string) bool) []model.Keyword {
	var all []model.Keyword
	start := 0
	for i := 0; i <= len(raw); i++ {
		if i < len(raw) && (raw[i] != ',' || i > 0 && raw[i-1] == '\\') {
			continue
		}
		if i < len(raw) && !separates(raw[start:i], nextPiece(raw[i+1:])) && strings.TrimSpace(raw[i+1:]) != "" {
			continue
		}
		if strings.TrimSpace(raw[start:i]) != "" {
			all = append(all, oneKeyword(raw, start, i, pos))
		}
		start = i + 1
	}
	return all
}

// nextPiece is raw up to the next comma.
func nextPiece(raw string) string {
	for i := range len(raw) {
		if raw[i] == ',' && (i == 0 || raw[i-1] != '\\') {
			return raw[:i]
		}
	}
	return raw
}

func oneKeyword(raw string, start, end int, pos func(int) token.Position) model.Keyword {
	start = end - len(strings.TrimLeftFunc(raw[start:end], unicode.IsSpace))
	key, value, hasValue := strings.Cut(raw[start:end], "=")
	k := model.Keyword{Key: strings.TrimSpace(key), HasValue: hasValue, Pos: pos(start), ValuePos: pos(start)}
	if hasValue {
		k.Value = strings.ReplaceAll(value, `\,`, ",")
		k.ValuePos = pos(start + len(key) + 1)
	}
	return k
}
