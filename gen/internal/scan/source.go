package scan

import (
	"go/ast"
	"go/token"
	"go/types"
)

// source finds the comments and the syntax of what one package declares, by the
// position of its name.
type source struct {
	docs   map[token.Pos]string     // of types and constants
	types  map[token.Pos]typeSyntax // all that the package block has
	fields map[token.Pos]*ast.Field // of all struct types
	enums  map[*types.TypeName][]*types.Const
}

// typeSyntax is where a type is declared.
type typeSyntax struct {
	file *ast.File
	doc  *ast.CommentGroup
}

// source of a package is indexed when it is first asked for: most dependencies
// never are.
func (p *program) source(pkg *types.Package) *source {
	if s, ok := p.sources[pkg]; ok {
		return s
	}
	s := &source{docs: map[token.Pos]string{}, types: map[token.Pos]typeSyntax{}, fields: map[token.Pos]*ast.Field{}}
	if loaded := p.all[pkg]; loaded != nil {
		for _, file := range loaded.Syntax {
			s.file(file)
		}
	}
	s.enums = p.constants(pkg)
	p.sources[pkg] = s
	return s
}

func (s *source) file(file *ast.File) {
	for _, decl := range file.Decls {
		decl, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				doc := typeDoc(decl, spec)
				s.docs[spec.Name.Pos()] = firstText(spec.Name.Name, doc, spec.Comment)
				s.types[spec.Name.Pos()] = typeSyntax{file, doc}
			case *ast.ValueSpec:
				s.value(decl, spec)
			}
		}
		ast.Inspect(decl, func(n ast.Node) bool {
			if t, ok := n.(*ast.StructType); ok {
				s.structType(t)
			}
			return true
		})
	}
}

func (s *source) value(decl *ast.GenDecl, spec *ast.ValueSpec) {
	doc := spec.Doc
	if doc == nil && !decl.Lparen.IsValid() {
		doc = decl.Doc
	}
	for _, name := range spec.Names {
		s.docs[name.Pos()] = firstText(name.Name, doc, spec.Comment)
	}
}

func (s *source) structType(t *ast.StructType) {
	for _, field := range t.Fields.List {
		for _, name := range field.Names {
			s.fields[name.Pos()] = field
		}
		if len(field.Names) == 0 {
			s.fields[embeddedName(field.Type)] = field
		}
	}
}

// embeddedName is the place of an embedded field's name, where go/types has it.
func embeddedName(expr ast.Expr) token.Pos {
	switch expr := expr.(type) {
	case *ast.StarExpr:
		return embeddedName(expr.X)
	case *ast.ParenExpr:
		return embeddedName(expr.X)
	case *ast.SelectorExpr:
		return expr.Sel.Pos()
	case *ast.IndexExpr:
		return embeddedName(expr.X)
	case *ast.IndexListExpr:
		return embeddedName(expr.X)
	}
	return expr.Pos()
}

// firstText is the text of the first comment that has any, as a description of
// what has the name.
func firstText(name string, groups ...*ast.CommentGroup) string {
	for _, group := range groups {
		if text := prose(group); text != "" {
			return unnamed(text, name)
		}
	}
	return ""
}
