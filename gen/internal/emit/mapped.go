package emit

import (
	"iter"

	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// readMapped is the expression that reads a value of t, whose row says what it looks
// like in JSON. There its rules hold, and further ones that are given.
func (e *emitter) readMapped(d *jen.Statement, t *model.Type, rules *model.Rules, member string) *jen.Statement {
	if row := t.Row.Rules; row != nil && row.Pattern != "" {
		e.compiled(row.Pattern, lower(e.short(t.ID))) // whichever member comes first
	}
	rules = rules.Over(t.Row.Rules)
	wire := e.decodeFunc(t.Elem, rules, member)
	if !t.Row.Converts() {
		own := e.pkg.Types[t.Row.Own]
		if own.Kind == model.Text && !e.restricted(t.Elem, rules, member) {
			return e.structure(d, own, nil, member) // reads nothing but text anyway
		}
		return codecName("Checked").Call(d, wire, e.decodeFunc(own.ID, nil, member))
	}
	convert := "Convert"
	if t.Row.Decode.Err {
		convert = "TryConvert"
	}
	return codecName(convert).Call(d, wire, converter(t.Row.Decode))
}

// restricted reports whether rules leave anything to check of a value just read.
func (e *emitter) restricted(id model.TypeID, rules *model.Rules, member string) bool {
	return len(e.checks(member, e.id("v"), e.pkg.Types[id], rules)) > 0
}

func converter(c *model.Converter) *jen.Statement { return jen.Qual(c.PkgPath, c.Name) }

// writeMapped are the statements that convert value and write it.
func (e *emitter) writeMapped(value *jen.Statement, t *model.Type) []jen.Code {
	return append(e.convertBack(value, t, jen.Return()), e.write(e.id("w"), e.pkg.Types[t.Elem]))
}

// convertBack makes w of value, and fails where there is an error.
func (e *emitter) convertBack(value *jen.Statement, t *model.Type, exit jen.Code) []jen.Code {
	call := converter(t.Row.Encode).Call(value)
	if !t.Row.Encode.Err {
		return []jen.Code{e.id("w").Op(":=").Add(call)}
	}
	return []jen.Code{
		jen.List(e.id("w"), e.id("err")).Op(":=").Add(call),
		jen.If(e.id("err").Op("!=").Nil()).Block(
			e.id("e").Dot("Fail").Call(e.id("err")),
			exit,
		),
	}
}

// mappedKey is the function that turns a map's key into a member name.
func (e *emitter) mappedKey(t *model.Type) *jen.Statement {
	if !t.Row.Converts() {
		return codecName("TextKey").Types(e.typ(t.ID))
	}
	body := e.convertBack(e.id("k"), t, jen.Return(jen.Lit("")))
	body = append(body, jen.Return(e.mapKey(t.Elem).Call(e.id("e"), e.id("w"))))
	return jen.Func().Params(e.encoderParam(), e.id("k").Add(e.typ(t.ID))).String().Block(body...)
}

// written is t as it is written: without its row, unless that converts it.
func (e *emitter) written(t *model.Type) *model.Type {
	if t.Kind == model.Mapped && !t.Row.Converts() {
		return e.pkg.Types[t.Row.Own]
	}
	return t
}

// inGo is t as Go code knows it, whatever it looks like in JSON.
func (e *emitter) inGo(t *model.Type) *model.Type {
	if t.Kind == model.Mapped {
		return e.pkg.Types[t.Row.Own]
	}
	return t
}

// wire reports whether rules speak of what a value of t looks like in JSON rather than
// of t itself: where it, or what it holds if anything, has a row that says so.
func (e *emitter) wire(t *model.Type) bool {
	for t.Kind == model.Pointer || t.Nullable() {
		t = e.pkg.Types[t.Elem]
	}
	return t.Kind == model.Mapped
}

// inner are the rules that are left for what reads a value of t: those of its elements,
// or all of them where they speak of its JSON.
func (e *emitter) inner(t *model.Type, r *model.Rules) *model.Rules {
	switch {
	case r == nil:
		return nil
	case !e.wire(t):
		return r.Items
	case r.Restricts():
		return r
	}
	return nil
}

// readRow are the statements that read a value of t, check what its constants and its
// row say, and return it.
func (e *emitter) readRow(t *model.Type, elements *model.Rules, member string) []jen.Code {
	out := []jen.Code{e.id("v").Op(":=").Add(e.structure(e.id("d"), t, elements.Over(rowItems(t)), member))}
	if len(t.Enum) > 0 && (t.Row == nil || len(t.Row.Rules.Enum) == 0) {
		out = append(out, codecName("OneOf").Call(append([]jen.Code{e.id("d"), e.id("v")}, constants(t)...)...))
	}
	out = append(out, e.rowChecks(t, e.id("v"))...)
	return append(out, jen.Return(e.id("v")))
}

// rowChecks are the checks of the row of t, where that speaks of the value itself.
func (e *emitter) rowChecks(t *model.Type, value *jen.Statement) []jen.Code {
	if t.Row == nil || t.Kind == model.Mapped {
		return nil
	}
	return e.checks(lower(e.short(t.ID)), value, t, t.Row.Rules)
}

// rowItems are the rules of the row of t for its elements.
func rowItems(t *model.Type) *model.Rules {
	if t.Row == nil || t.Kind == model.Mapped || t.Row.Rules == nil {
		return nil
	}
	return t.Row.Rules.Items
}

// converters yields the functions of the row of t.
func converters(t *model.Type) iter.Seq[*model.Converter] {
	return func(yield func(*model.Converter) bool) {
		if t.Row == nil {
			return
		}
		for _, c := range []*model.Converter{t.Row.Decode, t.Row.Encode} {
			if c != nil && !yield(c) {
				return
			}
		}
	}
}
