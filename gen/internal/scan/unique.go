package scan

import (
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

var toolName = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,128}$`)

// legalName is the tool name that somebody who wrote name would settle for, or ""
// when that is hard to guess.
func legalName(name string) string {
	legal := strings.Trim(illegal.ReplaceAllString(name, "_"), "_")
	if !isASCII(name) || len(legal) > 128 {
		return ""
	}
	return legal
}

var illegal = regexp.MustCompile(`[^A-Za-z0-9_.-]+`)

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}

// isStub reports whether pos lies in a file of the generated file's name.
func isStub(pos token.Position) bool { return filepath.Base(pos.Filename) == fileName }

// unique reports names and URIs that are used twice.
func (b *builder) unique() {
	tools, prompts, resources, uris := names{}, names{}, names{}, names{}
	for _, t := range b.model.Tools {
		b.claim(tools, "tool name", t.ToolName, t.ToolName, t.NamePos, `name="..."`)
	}
	for _, p := range b.model.Prompts {
		b.claim(prompts, "prompt name", p.PromptName, p.PromptName, p.NamePos, `name="..."`)
	}
	for _, r := range b.model.Resources {
		b.claim(resources, "resource name", r.ResourceName, r.ResourceName, r.NamePos, `name="..."`)
		b.claimURI(uris, r)
	}
}

// claimURI compares templates by what they match: the names of variables are no
// part of a URI, except in queries.
func (b *builder) claimURI(taken names, r *model.Resource) {
	shape := expression.ReplaceAllStringFunc(r.URI, func(e string) string {
		if strings.ContainsRune("?&;", rune(e[1])) {
			return e
		}
		return variable.ReplaceAllString(e, "_")
	})
	b.claim(taken, "resource URI", shape, r.URI, r.URIPos, "another uri=")
}

var (
	expression = regexp.MustCompile(`\{[^{}]+\}`)
	variable   = regexp.MustCompile(`[\w.%]+`)
)

// names has the place where each name was first used.
type names map[string]token.Position

func (b *builder) claim(taken names, what, key, name string, pos token.Position, other string) {
	if first, ok := taken[key]; ok {
		b.diags.Addf(pos, "%s %q is already taken", what, name).Needs(first, "first used here").Suggest("give one of them %s", other)
		return
	}
	taken[key] = pos
}
