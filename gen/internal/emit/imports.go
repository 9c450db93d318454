package emit

import (
	"bytes"
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
		if name == path.Base(p) || name == names[p] {
			e.file.ImportName(p, name)
		} else {
			e.file.ImportAlias(p, name)
		}
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

// groupImports puts a blank line between the standard library's imports and all
// others, which jennifer writes as one sorted block.
func groupImports(source []byte) []byte {
	const open, end = "\nimport (\n", "\n)\n"
	start := bytes.Index(source, []byte(open))
	if start < 0 {
		return source
	}
	start += len(open)
	size := bytes.Index(source[start:], []byte(end))
	var standard, others []string
	for line := range strings.SplitSeq(string(source[start:start+size]), "\n") {
		quoted := line[strings.IndexByte(line, '"')+1:]
		first, _, _ := strings.Cut(quoted, "/")
		if strings.Contains(first, ".") {
			others = append(others, line)
		} else {
			standard = append(standard, line)
		}
	}
	grouped := strings.Join(standard, "\n")
	if len(standard) > 0 && len(others) > 0 {
		grouped += "\n\n"
	}
	grouped += strings.Join(others, "\n")
	return slices.Concat(source[:start], []byte(grouped), source[start+size:])
}
