package emit

import (
	"go/token"
	"regexp"

	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// worklist is what is left to write of the functions that read or write types.
// Writing one may ask for another, which joins the end.
type worklist struct {
	names map[model.TypeID]string
	queue []model.TypeID
}

// ask returns the function's name for a type, made by name on the first demand.
func (w *worklist) ask(id model.TypeID, name func() string) string {
	if known, ok := w.names[id]; ok {
		return known
	}
	if w.names == nil {
		w.names = map[model.TypeID]string{}
	}
	w.names[id] = name()
	w.queue = append(w.queue, id)
	return w.names[id]
}

// decoder is the function that reads the arguments, as Register passes it.
func (c *callable) decoder(e *emitter) *jen.Statement {
	switch {
	case c.args != "":
		return jen.Id(c.read)
	case c.plan.Input.Struct != "":
		return e.decodeFunc(c.plan.Input.Struct, nil, "")
	}
	return runtimeName("NoArguments")
}

// member is one member of a JSON object and where it goes in Go.
type member struct {
	name   string
	typ    model.TypeID
	rules  *model.Rules
	quoted bool
	path   []model.Embedded
	field  string
}

// decoders writes the argument structs of plain parameters with the functions that
// read them, and then every function that those need.
func (e *emitter) decoders() {
	for _, c := range e.plans {
		if c.args != "" {
			e.arguments(c)
		}
	}
	for i := 0; i < len(e.decode.queue); i++ {
		id := e.decode.queue[i]
		e.decodeType(e.decode.names[id], e.pkg.Types[id])
	}
}

// arguments writes the struct that stands for plain parameters.
func (e *emitter) arguments(c *callable) {
	e.doc(c.args + " are the arguments of [" + e.link(c.fn) + "].")
	members := make([]member, 0, len(c.plan.Input.Params))
	e.file.Type().Id(c.args).StructFunc(func(g *jen.Group) {
		for _, param := range c.plan.Input.Params {
			g.Id(param.Name).Add(e.typ(param.Type))
			members = append(members, member{name: param.Name, typ: param.Type, rules: param.Rules, field: param.Name})
		}
	})
	e.file.Line()
	e.decodeObject(c.read, c.args, jen.Id(c.args), members)
}

// decodeType writes the function that reads one named or composite type.
func (e *emitter) decodeType(name string, t *model.Type) {
	if t.Kind == model.Struct {
		members := make([]member, 0, len(t.Fields))
		for _, f := range t.Fields {
			if !f.Inject {
				members = append(members, member{f.Name, f.Type, f.Rules, f.Quoted, f.Path, f.GoName})
			}
		}
		e.decodeObject(name, article(e.described(t)), e.typ(t.ID), members)
		return
	}
	e.doc(name + " reads " + article(e.described(t)) + " and checks what it reads.")
	fn := e.file.Func().Id(name).Params(e.decoderParam())
	switch {
	case t.Kind == model.OneOf:
		fn.Add(e.typ(t.ID)).Block(e.readOneOf(t)...)
	case t.Kind == model.Array:
		fn.Params(e.id("v").Add(e.typ(t.ID))).Block(
			append([]jen.Code{e.fill(e.id("v"), t, rowItems(t), lower(e.short(t.ID)))},
				append(e.rowChecks(t, e.id("v").Index(jen.Op(":"))), jen.Return(e.id("v")))...)...,
		)
	case t.Kind == model.Null:
		fn.Params(e.id("v").Add(e.typ(t.ID))).Block(e.fillNull(t, nil, "")...)
	case len(t.Enum) > 0, t.Kind != model.Mapped && t.Row != nil && t.Row.Rules.Restricts():
		fn.Add(e.typ(t.ID)).Block(e.readRow(t, nil, lower(e.short(t.ID)))...)
	default:
		fn.Add(e.typ(t.ID)).Block(jen.Return(e.structure(e.id("d"), t, nil, lower(e.short(t.ID)))))
	}
	e.file.Line()
}

// described is the type as a doc comment names it: [Filter], or in words.
func (e *emitter) described(t *model.Type) string {
	owner, member := e.owners[t.ID], t.Name == ""
	switch {
	case member && owner.field != "":
		return e.described(e.pkg.Types[owner.id]) + "." + owner.field
	case member:
		return "value"
	case t.PkgPath != e.pkg.Path:
		return "[" + e.imported[t.PkgPath] + "." + t.Name + "]"
	}
	return "[" + t.Name + "]"
}

// vowel finds names that are spoken with a vowel first: an Order, an HTTPError, but
// a User, a UUID and a Unit.
var vowel = regexp.MustCompile(`^\[?(?:[aeio]|[AEIO][a-z.]|[Uu](?:[a-mo-qtv-z]|n[^i])|[AEFHILMNORSX](?:[A-Z]|\b))`)

func article(noun string) string {
	if vowel.MatchString(noun) {
		return "an " + noun
	}
	return "a " + noun
}

func constants(t *model.Type) []jen.Code {
	out := make([]jen.Code, len(t.Enum))
	for i, v := range t.Enum {
		out[i] = jen.Qual(t.PkgPath, v.GoName)
	}
	return out
}

func (e *emitter) decoderParam() jen.Code { return e.id("d").Op("*").Add(codecName("Decoder")) }

// decodeObject writes the table of members and the function that reads them.
func (e *emitter) decodeObject(name, described string, typ *jen.Statement, members []member) {
	table := jen.Nil()
	if len(members) > 0 {
		variable := e.names.name(lower(name[len("decode"):]) + "Members")
		rows := make([]jen.Code, len(members))
		for i, m := range members {
			row := []jen.Code{field("Name", jen.Lit(m.name))}
			if m.rules != nil && m.rules.Required {
				row = append(row, field("Required", jen.True()))
			}
			if e.pkg.Types[m.typ].Nullable() {
				row = append(row, field("Nullable", jen.True()))
			}
			rows[i] = jen.Values(row...)
		}
		e.doc(variable + " are the members of " + described + " in JSON.")
		e.file.Var().Id(variable).Op("=").Add(ordered(codecName("Members"), rows...))
		e.file.Line()
		table = jen.Id(variable)
	}

	e.doc(name + " reads " + described + " and checks what it reads.")
	e.file.Func().Id(name).Params(e.decoderParam()).Params(e.id("v").Add(typ)).BlockFunc(func(g *jen.Group) {
		for _, m := range members {
			e.preset(g, m)
		}
		if len(members) == 0 {
			g.For(jen.Range().Add(e.id("d")).Dot("Object").Call(table)).Block()
			g.Return(e.id("v"))
			return
		}
		g.For(e.id("name").Op(":=").Range().Add(e.id("d")).Dot("Object").Call(table)).Block(
			jen.Switch(e.id("name")).BlockFunc(func(g *jen.Group) {
				for _, m := range members {
					g.Case(jen.Lit(m.name)).BlockFunc(func(g *jen.Group) { e.member(g, m) })
				}
			}),
		)
		g.Return(e.id("v"))
	})
	e.file.Line()
}

// preset writes the default of a member.
func (e *emitter) preset(g *jen.Group, m member) {
	if m.rules == nil || len(m.rules.Default) == 0 {
		return
	}
	for _, code := range e.allocate(e.id("v"), m.path) {
		g.Add(code)
	}
	t := e.pkg.Types[m.typ]
	value, ok := e.value(t, m.rules.Default)
	if !ok {
		value = e.read(codecName("NewDecoder").Call(
			jen.Index().Byte().Call(text(string(m.rules.Default))), codecName("Options").Values()), t, nil, m.name)
	}
	g.Add(e.target(m)).Op("=").Add(value)
}

// target is the Go expression that the member is stored in.
func (e *emitter) target(m member) *jen.Statement {
	return e.selector(e.id("v"), &model.Field{Path: m.path, GoName: m.field})
}

// selector walks from a struct to one of its fields, through embedded ones. Those
// that only another package can name are left to Go to find.
func (e *emitter) selector(base *jen.Statement, f *model.Field) *jen.Statement {
	s := base.Clone()
	for _, step := range f.Path {
		e.into(s, step)
	}
	return s.Dot(f.GoName)
}

// into continues a selector with an embedded field, if the package can name it.
func (e *emitter) into(s *jen.Statement, step model.Embedded) {
	if token.IsExported(step.GoName) || step.Pointer || e.pkg.Types[step.Type].PkgPath == e.pkg.Path {
		s.Dot(step.GoName)
	}
}

// allocate makes the embedded pointers on the way to a promoted field.
func (e *emitter) allocate(base *jen.Statement, path []model.Embedded) []jen.Code {
	var out []jen.Code
	at := base.Clone()
	for _, step := range path {
		e.into(at, step)
		if step.Pointer {
			out = append(out, jen.If(at.Clone().Op("==").Nil()).Block(
				at.Clone().Op("=").New(e.typ(e.pkg.Types[step.Type].Elem)),
			))
		}
	}
	return out
}

// member writes what reads one member and the checks of its rules.
func (e *emitter) member(g *jen.Group, m member) {
	for _, code := range e.allocate(e.id("v"), m.path) {
		g.Add(code)
	}
	t := e.pkg.Types[m.typ]
	if t.Kind == model.Array {
		g.Add(e.fill(e.target(m), t, e.inner(t, m.rules).Over(rowItems(t)), m.name))
		all := e.target(m).Index(jen.Op(":"))
		for _, check := range append(e.rowChecks(t, all), e.checks(m.name, all, t, m.rules)...) {
			g.Add(check)
		}
		return
	}
	value := e.read(e.id("d"), t, e.inner(t, m.rules), m.name)
	if m.quoted {
		value = codecName("Quoted").Call(e.id("d"), e.decodeFunc(m.typ, nil, m.name))
	}
	g.Add(e.target(m)).Op("=").Add(value)
	for _, check := range e.checks(m.name, e.target(m), t, m.rules) {
		g.Add(check)
	}
}
