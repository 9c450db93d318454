package scan

import (
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
)

// artefacts are complaints that come from how packages are loaded: without the
// bodies of functions, and with a stub for the generated file.
var artefacts = regexp.MustCompile(
	`imported (as \S+ )?and not used$|declared and not used|missing function body$|must have a body$|` +
		`^\s*(other declaration of )?Register( redeclared in this block)?$`)

// errors reports what keeps the package, and the packages of the user that it
// imports, from compiling.
func (u *unit) errors() {
	broken := map[*packages.Package]bool{}
	var visit func(*packages.Package) bool
	visit = func(pkg *packages.Package) bool {
		if known, seen := broken[pkg]; seen || pkg != u.pkg && !mainModule(pkg) {
			return known
		}
		broken[pkg] = false
		below := false
		for _, path := range slices.Sorted(maps.Keys(pkg.Imports)) {
			below = visit(pkg.Imports[path]) || below
		}
		broken[pkg] = u.program.errors(pkg, below, u.diags, u.folder)
		return broken[pkg]
	}
	visit(u.pkg)
}

// errors reports the errors of one package. It returns whether the package, or as
// below says one that it imports, has files that do not parse: what these do not
// declare is no mistake of the others.
func (p *program) errors(pkg *packages.Package, below bool, diags *diag.List, near *folder) bool {
	broken := map[string]bool{} // files that do not parse
	for _, e := range pkg.Errors {
		if e.Kind == packages.ParseError {
			pos := p.parsePosition(e.Pos)
			if !broken[pos.Filename] { // what the parser says next is about its own confusion
				diags.Addf(pos, "%s", oneLine(e.Msg))
			}
			broken[pos.Filename] = true
		}
	}
	for _, e := range pkg.Errors {
		if e.Kind != packages.ListError && e.Kind != packages.UnknownError {
			continue
		}
		pos := p.parsePosition(e.Pos)
		switch {
		case broken[pos.Filename] || strings.HasPrefix(e.Msg, "# ") || excluded(e.Msg):
		case pos.IsValid():
			diags.Addf(pos, "%s", oneLine(e.Msg))
		default:
			diags.Addf(near.first, "%s", oneLine(e.Msg))
		}
	}
	if below || len(broken) > 0 {
		return true
	}
	for _, e := range pkg.TypeErrors {
		if !artefacts.MatchString(e.Msg) {
			p.typeError(pkg, e, diags, near)
		}
	}
	return false
}

// typeError reports one complaint of the type checker.
func (p *program) typeError(pkg *packages.Package, e types.Error, diags *diag.List, near *folder) {
	pos := p.pos(e.Pos)
	stub := isStub(pos) && !near.foreign
	failed, ok := strings.CutPrefix(e.Msg, "could not import ")
	if !ok {
		if !stub {
			diags.Addf(pos, "%s", oneLine(e.Msg))
		}
		return
	}
	path, _, _ := strings.Cut(failed, " ")
	reason := oneLine(e.Msg)
	if imported := pkg.Imports[path]; imported != nil && len(imported.Errors) > 0 {
		reason = oneLine(imported.Errors[0].Msg)
	}
	switch {
	case excluded(reason):
		// Files exist, but not without cgo. What matters here may not need them.
	case stub:
		diags.Addf(near.first, "package %s needs the runtime of mcpgen: %s", near.name, reason).
			Suggest("run go get github.com/mcpgen/mcpgen@latest")
	default:
		diags.Addf(pos, "%s", reason)
	}
}

func excluded(message string) bool {
	return strings.Contains(message, "build constraints exclude all Go files")
}

// parsePosition reads file:line:col or file:line, relative to the folder in which
// the go command ran.
func (p *program) parsePosition(text string) token.Position {
	file, last, ok := cutLast(text)
	if !ok {
		return token.Position{}
	}
	pos := token.Position{Filename: file, Line: last, Column: 1}
	if before, first, ok := cutLast(file); ok {
		pos = token.Position{Filename: before, Line: first, Column: last}
	}
	if !filepath.IsAbs(pos.Filename) {
		pos.Filename = filepath.Join(p.dir, pos.Filename)
	}
	return pos
}

// cutLast cuts the number behind the last colon off text.
func cutLast(text string) (before string, n int, ok bool) {
	i := strings.LastIndexByte(text, ':')
	if i <= 0 {
		return text, 0, false
	}
	n, err := strconv.Atoi(text[i+1:])
	return text[:i], n, err == nil && n > 0
}
