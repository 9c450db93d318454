package scan

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
)

// pattern is one package pattern of the user.
type pattern struct {
	text  string
	local string         // for a path: the folder it starts at
	match *regexp.Regexp // of a folder, if local, or of an import path
}

type patterns []pattern

// newPatterns reads patterns relative to dir.
func newPatterns(dir string, texts []string) (patterns, error) {
	if len(texts) == 0 {
		texts = []string{"."}
	}
	var all patterns
	for _, text := range texts {
		if strings.HasSuffix(text, ".go") || strings.HasPrefix(text, "-") || strings.Contains(text, "=") {
			return nil, fmt.Errorf("%q is not a package pattern; name a folder such as ./sales, or ./... for all", text)
		}
		p := pattern{text: text, match: wildcard(text)}
		if build := filepath.ToSlash(text); build == "." || build == ".." || strings.HasPrefix(build, "./") || strings.HasPrefix(build, "../") || filepath.IsAbs(text) {
			path := text
			if !filepath.IsAbs(path) {
				path = filepath.Join(dir, path)
			}
			fixed, _, open := strings.Cut(filepath.ToSlash(path), "...")
			p.match = wildcard(filepath.ToSlash(filepath.Clean(path)))
			p.local = filepath.Clean(filepath.FromSlash(fixed))
			if open && !strings.HasSuffix(fixed, "/") {
				p.local = filepath.Dir(p.local)
			}
		}
		all = append(all, p)
	}
	return all, nil
}

// wildcard matches as the go command does: "..." is any text, and x/... is also x.
func wildcard(text string) *regexp.Regexp {
	expr := strings.ReplaceAll(regexp.QuoteMeta(text), `\.\.\.`, `.*`)
	if short, ok := strings.CutSuffix(expr, `/.*`); ok {
		expr = short + `(/.*)?`
	}
	return regexp.MustCompile(`^` + expr + `$`)
}

// matches reports whether the user asked for the package in dir.
func (all patterns) matches(dir, importPath string) bool {
	for _, p := range all {
		switch {
		case p.local != "":
			if p.match.MatchString(filepath.ToSlash(dir)) {
				return true
			}
		case p.text == "all" || p.text == "work" || p.match.MatchString(importPath):
			return true
		}
	}
	return false
}

func (all patterns) texts() []string {
	var texts []string
	for _, p := range all {
		texts = append(texts, p.text)
	}
	return texts
}
