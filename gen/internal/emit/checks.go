package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// checks are the statements that hold a value just read, of the named member,
// against its rules.
func (e *emitter) checks(member string, value *jen.Statement, t *model.Type, r *model.Rules) []jen.Code {
	if r == nil {
		return nil
	}
	c := &checks{emitter: e, member: member, value: value, rules: r}
	switch t.Kind {
	case model.Pointer:
		return e.checksInside(member, value.Clone().Op("!=").Nil(), jen.Op("*").Add(value.Clone()), t, r)
	case model.Optional:
		return e.checksInside(member, jen.List(e.id("value"), e.id("ok")).Op(":=").Add(value.Clone()).Dot("Get").Call().Op(";").Add(e.id("ok")),
			e.id("value"), t, r)
	case model.Null:
		return e.checksInside(member, value.Clone().Dot("Valid"), value.Clone().Dot(t.Value), t, r)
	case model.Mapped:
		return nil // they are about its JSON, and made where that is read
	case model.String:
		c.lengths("MinLength", r.MinLength, "MaxLength", r.MaxLength, value)
		c.pattern()
		if r.Format != "" {
			c.add("Format", value.Clone(), jen.Lit(r.Format))
		}
	case model.Int, model.Uint, model.Float:
		c.bound("Minimum", r.Minimum)
		c.bound("Maximum", r.Maximum)
		c.bound("ExclusiveMinimum", r.ExclusiveMinimum)
		c.bound("ExclusiveMaximum", r.ExclusiveMaximum)
		c.bound("MultipleOf", r.MultipleOf)
	case model.Slice, model.Array:
		c.lengths("MinItems", r.MinItems, "MaxItems", r.MaxItems, length(value))
		if r.UniqueItems && e.pkg.Types[t.Elem].Comparable {
			c.add("UniqueItems", value)
		}
	case model.Map:
		c.lengths("MinProperties", r.MinProperties, "MaxProperties", r.MaxProperties, length(value))
	}
	c.choices(t)
	return c.out
}

// checksInside are the checks of the value that t holds if the condition is true.
func (e *emitter) checksInside(member string, condition, value *jen.Statement, t *model.Type, r *model.Rules) []jen.Code {
	inner := e.checks(member, value, e.pkg.Types[t.Elem], r)
	if len(inner) == 0 {
		return nil
	}
	return []jen.Code{jen.If(condition).Block(inner...)}
}

// checks gathers the statements for one value.
type checks struct {
	*emitter
	member string
	value  *jen.Statement
	rules  *model.Rules
	out    []jen.Code
}

// add appends codec.NAME(d, args...).
func (c *checks) add(name string, args ...jen.Code) {
	c.out = append(c.out, codecName(name).Call(append([]jen.Code{c.id("d")}, args...)...))
}

func length(value *jen.Statement) *jen.Statement { return jen.Len(value.Clone()) }

func (c *checks) lengths(minName string, least *int, maxName string, most *int, of *jen.Statement) {
	if least != nil {
		c.add(minName, of.Clone(), jen.Lit(*least))
	}
	if most != nil {
		c.add(maxName, of.Clone(), jen.Lit(*most))
	}
}

func (c *checks) bound(name, limit string) {
	if limit != "" {
		c.add(name, c.value.Clone(), jen.Op(limit))
	}
}

// pattern compiles the expression on its first use, not when the program starts.
func (c *checks) pattern() {
	if c.rules.Pattern == "" {
		return
	}
	c.add("Pattern", c.value.Clone(), jen.Id(c.compiled(c.rules.Pattern, c.member)).Call())
}

// compiled is the function that returns a compiled pattern, named after what first
// needed it.
func (e *emitter) compiled(pattern, member string) string {
	name, known := e.patterns[pattern]
	if !known {
		name = e.names.name(identifier(member) + "Pattern")
		e.patterns[pattern] = name
		e.order = append(e.order, pattern)
	}
	return name
}

// choices checks the values that a tag allows.
func (c *checks) choices(t *model.Type) {
	if len(c.rules.Enum) == 0 {
		return
	}
	args := []jen.Code{c.value.Clone()}
	for _, allowed := range c.rules.Enum {
		choice, ok := c.emitter.value(t, allowed)
		if !ok {
			return
		}
		args = append(args, choice)
	}
	c.add("OneOf", args...)
}

// regexps writes the patterns that the decoders use.
func (e *emitter) regexps() {
	for _, pattern := range e.order {
		name := e.patterns[pattern]
		e.doc(name + " is compiled when it is first needed.")
		e.file.Var().Id(name).Op("=").Qual("sync", "OnceValue").Call(
			jen.Func().Params().Op("*").Qual("regexp", "Regexp").Block(
				jen.Return(jen.Qual("regexp", "MustCompile").Call(text(pattern))),
			))
		e.file.Line()
	}
}
