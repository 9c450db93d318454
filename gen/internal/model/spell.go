package model

import (
	"path"
	"regexp"
	"strings"
)

// Spell writes a type as the package's own source would: "*example.com/app.DB"
// is *DB inside example.com/app and *app.DB elsewhere.
func (p *Package) Spell(id TypeID) string {
	var b strings.Builder
	for rest := string(id); rest != ""; {
		word := rest[:wordEnd(rest)]
		if word == "" {
			b.WriteByte(rest[0])
			rest = rest[1:]
			continue
		}
		b.WriteString(p.spellName(word, rest[len(word):]))
		rest = rest[len(word):]
	}
	return b.String()
}

// wordEnd is the length of the qualified name, or of the string literal, that
// text starts with.
func wordEnd(text string) int {
	if text[0] != '"' {
		if end := strings.IndexAny(text, `*[]{}(),; "`); end >= 0 {
			return end
		}
		return len(text)
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

// spellName shortens one qualified name. What follows it tells the instance of a
// generic type.
func (p *Package) spellName(name, following string) string {
	if rest, ok := strings.CutPrefix(name, "..."); ok {
		return "..." + p.spellName(rest, following)
	}
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 || name[0] == '"' {
		return name
	}
	importPath, short := name[:dot], name[dot+1:]
	if importPath == p.Path {
		return short
	}
	id := TypeID(name + arguments(following))
	if t, ok := p.Types[id]; ok && t.PkgName != "" {
		return t.PkgName + "." + short
	}
	return packageName(importPath) + "." + short
}

// arguments is the bracketed list of type arguments that text starts with, if any.
func arguments(text string) string {
	if !strings.HasPrefix(text, "[") {
		return ""
	}
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return text[:i+1]
			}
		}
	}
	return ""
}

var (
	majorVersion  = regexp.MustCompile(`^v[0-9]+$`)
	versionSuffix = regexp.MustCompile(`\.v[0-9]+$`)
)

// packageName guesses the name of a package of which no type is known.
func packageName(importPath string) string {
	base := path.Base(importPath)
	if majorVersion.MatchString(base) && path.Dir(importPath) != "." {
		base = path.Base(path.Dir(importPath))
	}
	return strings.TrimPrefix(versionSuffix.ReplaceAllString(base, ""), "go-")
}
