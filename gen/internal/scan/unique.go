package scan

import (
	"go/token"
	"path/filepath"
	"regexp"
)

var toolName = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,128}$`)

// isStub reports whether pos lies in a file of the generated file's name.
func isStub(pos token.Position) bool { return filepath.Base(pos.Filename) == fileName }

// unique reports names and URIs that are used twice.
func (b *builder) unique() {
	tools, prompts, resources, uris := names{}, names{}, names{}, names{}
	for _, t := range b.model.Tools {
		b.claim(tools, "tool name", t.ToolName, t.NamePos, `name="..."`)
	}
	for _, p := range b.model.Prompts {
		b.claim(prompts, "prompt name", p.PromptName, p.NamePos, `name="..."`)
	}
	for _, r := range b.model.Resources {
		b.claim(resources, "resource name", r.ResourceName, r.NamePos, `name="..."`)
		b.claim(uris, "resource URI", r.URI, r.URIPos, "another uri=")
	}
}

// names has the place where each name was first used.
type names map[string]token.Position

func (b *builder) claim(taken names, what, name string, pos token.Position, other string) {
	if first, ok := taken[name]; ok {
		b.diags.Addf(pos, "%s %q is already taken", what, name).Needs(first, "first used here").Suggest("give one of them %s", other)
		return
	}
	taken[name] = pos
}
