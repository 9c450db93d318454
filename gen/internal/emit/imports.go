package emit

import (
	"path"
	"slices"
	"strings"
)

// imports fixes the name of every package that the output may mention: its own
// name, unless the package block of the user has that name already.
func (e *emitter) imports() {
	standard := []string{"context", "regexp", "sync", "time"}
	names := map[string]string{runtimePath: "runtime", codecPath: "codec"}
	for _, p := range standard {
		names[p] = p
	}
	for _, t := range e.pkg.Types {
		if t.PkgPath != "" && t.PkgPath != e.pkg.Path {
			names[t.PkgPath] = t.PkgName
		}
	}
	for _, t := range e.pkg.Types {
		for c := range converters(t) {
			if c.PkgPath != e.pkg.Path {
				names[c.PkgPath] = c.PkgName
			}
		}
	}
	for _, provider := range e.pkg.Providers {
		if provider.PkgPath != e.pkg.Path {
			names[provider.PkgPath] = provider.PkgName
		}
	}
	paths := make([]string, 0, len(names))
	for p := range names {
		paths = append(paths, p)
	}
	slices.SortFunc(paths, func(a, b string) int {
		// Ours and the standard library's keep their names before any other.
		ra, rb := importRank(a, standard), importRank(b, standard)
		if ra != rb {
			return ra - rb
		}
		return strings.Compare(a, b)
	})
	for _, p := range paths {
		name := e.names.name(names[p])
		e.imported[p] = name
		e.aliased[p] = name != path.Base(p) && name != names[p]
	}
}

func importRank(p string, standard []string) int {
	switch {
	case p == runtimePath || p == codecPath:
		return 0
	case slices.Contains(standard, p):
		return 1
	}
	return 2
}
