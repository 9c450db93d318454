package scan

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/directive"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// closed is an interface type with //mcp:oneof. It is read once, whoever asks: the
// package that declares it, and all that use it, which may not be scanned themselves.
type closed struct {
	discriminator model.Discriminator
	variants      []variant
	mistakes      *diag.List
}

// variant is one type that a closed interface may hold.
type variant struct {
	typ   types.Type // a named struct, or a pointer to one
	value string
	pos   token.Position
}

// oneOf checks the directive on a type of the package.
func (u *unit) oneOf(spec *ast.TypeSpec) {
	if name, ok := u.pkg.TypesInfo.Defs[spec.Name].(*types.TypeName); ok {
		u.diags.Append(u.program.closing(name).mistakes)
	}
}

// oneOf recognizes the interfaces that //mcp:oneof closes.
func (t *typer) oneOf(node *model.Type, named *types.Named) bool {
	if named == nil || !types.IsInterface(named) || named.Obj().Pkg() == nil {
		return false
	}
	c := t.program.closing(named.Obj())
	if c == nil {
		return false
	}
	node.Kind, node.Discriminator = model.OneOf, &c.discriminator
	for _, v := range c.variants {
		node.Variants = append(node.Variants, &model.Variant{
			Type: t.id(v.typ), Value: v.value, Pos: v.pos,
			ByValue: types.Implements(deref(v.typ), named.Underlying().(*types.Interface)),
		})
	}
	t.mistakes[node.ID] = c.mistakes
	return true
}

// closing is what //mcp:oneof says of a type, nil without that directive.
func (p *program) closing(name *types.TypeName) *closed {
	if c, known := p.closed[name]; known {
		return c
	}
	syntax := p.source(name.Pkg()).types[name.Pos()]
	r := &closer{program: p, name: name, file: syntax.file, closed: &closed{mistakes: new(diag.List)}}
	p.closed[name] = nil
	for _, comment := range comments(syntax.doc) {
		if directive.Word(comment.Text) == "oneof" {
			p.closed[name] = r.closed
			r.read(comment)
		}
	}
	return p.closed[name]
}

func comments(group *ast.CommentGroup) []*ast.Comment {
	if group == nil {
		return nil
	}
	return group.List
}

// closer reads the directive of one interface.
type closer struct {
	*closed
	program *program
	name    *types.TypeName
	file    *ast.File // in which the directive stands, for its imports
	first   *directive.OneOf
}

func (c *closer) read(comment *ast.Comment) {
	d, ok := directive.Parse(comment.Text, c.program.pos(comment.Slash), c.mistakes).(*directive.OneOf)
	switch {
	case !ok:
	case c.first != nil:
		c.mistakes.Addf(d.Pos, "a second //mcp:oneof on %s", c.name.Name()).Needs(c.first.Pos, "the first is here").
			Suggest("name all types in one of them")
	default:
		c.first = d
		c.discriminator = model.Discriminator{Name: "type", Pos: d.ValuePos("discriminator", d.Pos)}
		if d.Discriminator != "" {
			c.discriminator.Name = d.Discriminator
		}
		if c.closable(d) {
			c.takeIn(d)
		}
	}
}

// closable reports whether the directive stands on what it can close.
func (c *closer) closable(d *directive.OneOf) bool {
	no := ""
	switch i, ok := c.name.Type().Underlying().(*types.Interface); {
	case !ok:
		no = "is no interface type"
	case c.name.IsAlias():
		no = "is another name for a type"
	case !i.IsMethodSet():
		no = "is a constraint, of which there are no values"
	case c.name.Type().(*types.Named).TypeParams() != nil:
		c.mistakes.Addf(c.program.pos(c.name.Pos()), "the //mcp:oneof interface %s cannot be generic", c.name.Name()).
			Suggest("write the types out")
		return false
	default:
		return true
	}
	c.mistakes.Addf(d.Pos, "//mcp:oneof is on %s, which %s", c.name.Name(), no).Suggest("move it to %s", where["oneof"])
	return false
}

// takeIn takes in the variants that the directive names.
func (c *closer) takeIn(d *directive.OneOf) {
	if len(d.Variants) == 0 {
		c.mistakes.Addf(d.Pos, "//mcp:oneof on %s names no type", c.name.Name()).Suggest("%s", c.instead(""))
	}
	for _, arg := range d.Variants {
		name := c.lookup(arg)
		if name == nil {
			continue
		}
		typ := c.holds(arg, name)
		if typ == nil {
			continue
		}
		v := variant{typ: typ, value: model.SnakeCase(name.Name()), pos: arg.Pos}
		if arg.HasValue {
			v.value, v.pos = arg.Value, arg.ValuePos
		}
		if c.differs(v, arg) {
			c.variants = append(c.variants, v)
		}
	}
}

// differs reports whether v has another type and another value than all before it.
func (c *closer) differs(v variant, arg directive.Arg) bool {
	if v.value == "" {
		c.mistakes.Addf(v.pos, "%s has no value", arg.Key).Suggest("write %s=...", arg.Key)
		return false
	}
	for _, before := range c.variants {
		switch {
		case types.Identical(deref(before.typ), deref(v.typ)):
			c.mistakes.Addf(arg.Pos, "%s is named twice", arg.Key).Needs(before.pos, "first named here").Suggest("keep one of them")
			return false
		case before.value == v.value:
			c.mistakes.Addf(v.pos, "%s and %s have the same value %q", c.spell(before.typ), c.spell(v.typ), v.value).
				Needs(before.pos, "first used here").Suggest("write %s=... with another", arg.Key)
			return false
		}
	}
	return true
}
