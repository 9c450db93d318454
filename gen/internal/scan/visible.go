package scan

import (
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/mcpgen/mcpgen/gen/internal/directive"
)

// mayImport applies the rule of internal folders.
func mayImport(importer, path string) bool {
	if strings.HasPrefix(path, "vendor/") {
		return false // the standard library's own
	}
	i := strings.LastIndex("/"+path+"/", "/internal/")
	if i < 0 {
		return true
	}
	parent := strings.TrimSuffix(path[:i], "/")
	return parent != "" && (importer == parent || strings.HasPrefix(importer, parent+"/"))
}

// providers are the providers that the package can use: its own, then those of
// other packages, by import path.
func (u *unit) providers() []*function { return u.visible((*unit).providing) }

// visible are the functions of the package itself, then those of other packages
// that it may call.
func (u *unit) visible(of func(*unit) []*function) []*function {
	all := of(u)
	importers := u.importers()
	for _, other := range u.program.units {
		switch {
		case other == u, other.folder.name == "main", importers[other.pkg],
			!mayImport(u.pkg.PkgPath, other.pkg.PkgPath):
			continue
		}
		for _, f := range of(other) {
			if f.object.Exported() {
				all = append(all, f)
			}
		}
	}
	return all
}

func (u *unit) providing() []*function {
	var all []*function
	for _, f := range u.functions {
		if _, ok := f.main.(*directive.Provide); ok {
			all = append(all, f)
		}
	}
	return all
}

// importers are the packages that the package must not import, as they import it.
func (u *unit) importers() map[*packages.Package]bool {
	imports := map[*packages.Package]bool{u.pkg: true}
	var reaches func(*packages.Package) bool
	reaches = func(pkg *packages.Package) bool {
		if known, ok := imports[pkg]; ok {
			return known
		}
		imports[pkg] = false
		for _, imported := range pkg.Imports {
			if reaches(imported) {
				imports[pkg] = true
				break
			}
		}
		return imports[pkg]
	}
	for _, other := range u.program.units {
		reaches(other.pkg)
	}
	return imports
}
