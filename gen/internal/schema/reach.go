package schema

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// use is what a value is for.
type use string

const (
	argument use = "an argument"
	result   use = "a result"
)

func (as use) verb() string {
	if as == argument {
		return "taken"
	}
	return "returned"
}

// visit is one struct in one use: what it consists of is checked once.
type visit struct {
	id           model.TypeID
	as           use
	strict, text bool
}

// place is where in a function's arguments or result a type was found.
type place struct {
	path  string         // in Go: "in.Filters[].Done"
	pos   token.Position // what to blame: the parameter, or the type of the field
	field *model.Field   // nil at the parameter itself
	// within are the types since the last field: a slice may consist of itself.
	within []model.TypeID
	text   bool   // within a map that the profile has sent as text
	fix    string // what to write instead, where that is not about a parameter, field or result
}

func (at place) step(id model.TypeID, suffix string) place {
	at.path += suffix
	at.within = append(slices.Clip(at.within), id)
	return at
}

// root reports whether at is a parameter itself, and not something within it.
func (at place) root() bool { return at.field == nil && len(at.within) == 0 }

// reach checks that id can travel and makes the rules of every member in it.
func (b *builder) reach(id model.TypeID, as use, at place) {
	if slices.Contains(at.within, id) {
		return
	}
	t := b.typ(id)
	if no := cmp.Or(b.obstacle(t, as), b.outOfProfile(t, as, at)); no != nil {
		b.refuse(id, as, at, no)
		return
	}
	switch t.Kind {
	case model.Pointer, model.Optional, model.Null, model.Mapped:
		b.reach(t.Elem, as, at.step(id, ""))
	case model.Slice, model.Array:
		b.reach(t.Elem, as, at.step(id, "[]"))
	case model.Map:
		b.reach(t.Key, as, at.step(id, " (key)"))
		elem := at.step(id, "[key]")
		elem.text = b.user.profile != nil
		b.reach(t.Elem, as, elem)
	case model.Struct:
		b.members(t, as, at)
	case model.OneOf:
		b.variants(t, as, at)
	}
}

func (b *builder) members(t *model.Type, as use, at place) {
	if v := (visit{t.ID, as, b.user.strict, at.text}); !b.reached[v] {
		b.reached[v] = true
		for _, f := range members(t) {
			b.fieldRules(f)
			b.reach(f.Type, as, place{path: at.path + "." + f.GoName, pos: typePos(f), field: f, text: at.text})
		}
	}
}

// refuse reports that id cannot travel, once for each field.
func (b *builder) refuse(id model.TypeID, as use, at place, no *obstacle) {
	if at.field != nil {
		if b.refused[at.field] {
			return
		}
		b.refused[at.field] = true
	}
	fix := cmp.Or(no.fix, at.fix, generalFix(as, at.field != nil))
	d := b.diags.Addf(at.pos, "%s: %s cannot be %s: %s", at.path, b.pkg.Spell(id), as, no.why).Suggest("%s", fix)
	d.Related = append(d.Related, no.related...)
	if at.field != nil {
		d.Needs(b.user.pos, "%s by %s", as.verb(), b.user.what)
	}
}

// obstacle says why a type cannot travel and what to do about it.
type obstacle struct {
	why, fix string
	related  []diag.Related
}

func (b *builder) obstacle(t *model.Type, as use) *obstacle {
	if no := b.tableObstacle(t, as); no != nil {
		return no
	}
	switch t.Kind {
	case model.Unsupported:
		if t.Key != "" {
			return &obstacle{why: t.Reason, fix: "use a key of type string or an integer type, or one with MarshalText and UnmarshalText"}
		}
		return &obstacle{why: t.Reason}
	case model.Pointer:
		switch elem := b.typ(t.Elem); elem.Kind {
		case model.Runtime:
			return b.dependency(elem, as)
		case model.OneOf:
			return b.pointerToOneOf(elem)
		}
	case model.Interface, model.Context, model.Logger, model.Header, model.Runtime:
		return b.dependency(t, as)
	case model.Text:
		return b.missingMethod(t, as, "MarshalText() ([]byte, error)", "UnmarshalText(text []byte) error")
	case model.Custom:
		return b.missingMethod(t, as, "MarshalJSON() ([]byte, error)", "UnmarshalJSON(data []byte) error")
	}
	if !visible(t) {
		return b.unspeakable(t)
	}
	return nil
}

func (b *builder) dependency(t *model.Type, as use) *obstacle {
	switch {
	case as == argument && t.Kind == model.Interface:
		return &obstacle{
			why: "a caller cannot send an interface with methods",
			fix: b.orClosed(t, "have it injected: tag the field `mcp:\"inject\"` or make it a parameter of the function"),
		}
	case as == argument:
		return &obstacle{
			why: "the server provides it, not the caller",
			fix: "make it a parameter of the function or tag the field `mcp:\"inject\"`",
		}
	case t.Kind == model.Interface:
		return &obstacle{
			why: "JSON cannot tell what is behind an interface with methods",
			fix: b.orClosed(t, "return a struct, or any"),
		}
	case t.Kind == model.Runtime && t.Name == "Result":
		return &obstacle{why: "it has no JSON form of its own", fix: "return *runtime.Result"}
	case t.Kind == model.Runtime:
		return &obstacle{
			why: "it has no JSON form of its own",
			fix: "a tool may return content such as runtime.Image alone, or several as []runtime.Content; a resource runtime.File or []runtime.File",
		}
	}
	return &obstacle{why: "it belongs to the call and not to its result"}
}

func (b *builder) missingMethod(t *model.Type, as use, marshal, unmarshal string) *obstacle {
	if !visible(t) {
		return b.unspeakable(t)
	}
	has, method := t.Unmarshals, unmarshal
	if as == result {
		has, method = t.Marshals, marshal
	}
	if has {
		return nil
	}
	return &obstacle{
		why: "it has no method " + method,
		fix: fmt.Sprintf("add one to %s, use a type that has both directions, or convert it in a row of a //mcp:types table", t.Name),
	}
}

// visible reports whether generated code can name t. What an unnamed type is made
// of is looked at in its turn, except for the fields of a struct that are no members.
func visible(t *model.Type) bool { return t.Visible || t.Name == "" && t.Kind != model.Struct }

func (b *builder) unspeakable(t *model.Type) *obstacle {
	fix := "declare a type for it in package " + b.pkg.Name
	if t.Name == "" {
		return &obstacle{why: "generated code cannot write a struct with another package's unexported fields", fix: fix}
	}
	for _, id := range t.Args {
		if arg := b.typ(id); !visible(arg) {
			return b.unspeakable(arg)
		}
	}
	kind, way := "unexported", "export it"
	if token.IsExported(t.Name) {
		kind, way = "internal", "move it out of internal"
	}
	return &obstacle{
		why: fmt.Sprintf("generated code cannot name %s type %s of package %s", kind, t.Name, t.PkgPath),
		fix: way + ", or " + fix,
	}
}

func generalFix(as use, field bool) string {
	switch {
	case field:
		return "give the field a type with a JSON form, or leave it out with `json:\"-\"`"
	case as == argument:
		return "give the parameter a type with a JSON form, or add //mcp:provide to a function returning its type"
	}
	return "return a type with a JSON form"
}

func typePos(f *model.Field) token.Position {
	if f.TypePos.IsValid() {
		return f.TypePos
	}
	return f.Pos
}
