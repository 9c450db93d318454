package schema

import (
	"fmt"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// reference defines the recursive type t in $defs, unless it is there, and points
// to it.
func (d *document) reference(t *model.Type) string {
	name, ok := d.names[t.ID]
	if !ok {
		name = d.free(t)
		d.names[t.ID] = name // before the body, which refers to it
		d.defs[name] = d.full(t, &model.Rules{})
	}
	return "#/$defs/" + name
}

// free is a name for t that no other type in the document has: its own, that with
// its package, or that with a number.
func (d *document) free(t *model.Type) string {
	taken := map[string]bool{}
	for _, name := range d.names {
		taken[name] = true
	}
	name := d.defName(t)
	if !taken[name] {
		return name
	}
	name = plainName(t.PkgName) + "_" + name
	for candidate, n := name, 2; ; n++ {
		if !taken[candidate] {
			return candidate
		}
		candidate = fmt.Sprint(name, n)
	}
}

// defName is the Go name of t, for an instance such as Page[Item] with the names
// of its arguments: Page_Item.
func (d *document) defName(t *model.Type) string {
	name, _, _ := strings.Cut(t.Name, "[")
	parts := []string{plainName(name)}
	for _, id := range t.Args {
		if arg := d.typ(id); arg.Name != "" {
			parts = append(parts, d.defName(arg))
		} else {
			parts = append(parts, plainName(d.pkg.Spell(id)))
		}
	}
	return strings.Join(parts, "_")
}

// plainName keeps what a reference can hold without escapes.
func plainName(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '_'
	})
	return strings.Join(words, "_")
}
