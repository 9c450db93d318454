package scan

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"unicode"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// fields are the JSON members of a struct by the rules of encoding/json: fields
// of embedded structs are promoted, the shallowest of a name wins, then the
// tagged one, and two equals hide each other.
func (t *typer) fields(s *types.Struct) []*model.Field {
	w := &fieldWalk{typer: t, visited: map[model.TypeID]bool{}}
	level := []*embedding{{fields: s}}
	for len(level) > 0 {
		level = w.level(level)
	}
	kept, lost := dominant(w.members)
	for _, pair := range lost {
		t.clash(s, pair[0], pair[1])
	}
	members := append(kept, w.injected...)
	slices.SortFunc(members, func(a, b *member) int { return slices.Compare(a.index, b.index) })
	fields := make([]*model.Field, len(members))
	for i, m := range members {
		fields[i] = m.field
	}
	return fields
}

// member is a field on its way to becoming one of the struct.
type member struct {
	field  *model.Field
	tagged bool
	index  []int // the way to it, as in reflect
}

// embedding is a struct whose fields are promoted, and the way to it.
type embedding struct {
	fields *types.Struct
	index  []int
	path   []model.Embedded
	locked string // the pointer on the way that only its package can set
	again  bool   // embedded more than once at this depth
}

type fieldWalk struct {
	typer    *typer
	visited  map[model.TypeID]bool
	members  []*member
	injected []*member
}

// level reads all structs of one depth and returns those of the next.
func (w *fieldWalk) level(current []*embedding) []*embedding {
	var order []model.TypeID
	next := map[model.TypeID]*embedding{}
	for _, e := range current {
		for i := range e.fields.NumFields() {
			f := e.fields.Field(i)
			if inner, id := w.field(e, i); inner == nil {
				continue
			} else if next[id] != nil {
				next[id].again = true
			} else if !w.visited[id] {
				inner.index = append(slices.Clip(e.index), i)
				inner.path = append(slices.Clip(e.path), w.typer.embedded(f))
				next[id] = inner
				order = append(order, id)
			}
		}
	}
	deeper := make([]*embedding, len(order))
	for i, id := range order {
		w.visited[id] = true
		deeper[i] = next[id]
	}
	return deeper
}

func (t *typer) embedded(f *types.Var) model.Embedded {
	_, pointer := types.Unalias(f.Type()).(*types.Pointer)
	return model.Embedded{GoName: f.Name(), Type: t.id(f.Type()), Pointer: pointer}
}

// field takes in the i-th field of e. It returns the struct whose fields are
// promoted instead, if it is one.
func (w *fieldWalk) field(e *embedding, i int) (*embedding, model.TypeID) {
	t, f := w.typer, e.fields.Field(i)
	tags := t.tags(f, e.fields.Tag(i))
	if invalid(f.Type()) {
		return nil, "" // a type error says so
	}
	m := &member{index: append(slices.Clip(e.index), i)}
	if tags.inject {
		m.field = t.field(f, f.Name(), e.path, tags)
		m.field.Inject = true
		if w.injectable(f, m.field) {
			w.injected = append(w.injected, m)
		}
		return nil, ""
	}
	inner := promoted(f)
	if !f.Exported() && inner == nil || tags.json == "-" {
		return nil, ""
	}
	name, options, _ := strings.Cut(tags.json, ",")
	if !validName(name) {
		name = ""
	}
	if inner != nil && name == "" {
		deeper := &embedding{fields: inner, locked: cmp.Or(e.locked, t.locked(f))}
		return deeper, typeID(deref(f.Type()))
	}
	locked := e.locked
	if !f.Exported() {
		// A tagged embedded struct is a field like any other.
		locked = cmp.Or(locked, t.hidden(f))
	}
	m.tagged = name != ""
	m.field = t.field(f, cmp.Or(name, f.Name()), e.path, tags)
	for option := range strings.SplitSeq(options, ",") {
		m.field.OmitEmpty = m.field.OmitEmpty || option == "omitempty"
		m.field.OmitZero = m.field.OmitZero || option == "omitzero"
		m.field.Quoted = m.field.Quoted || option == "string" && t.quotable(m.field.Type)
	}
	if locked != "" {
		m.field.Type = t.unreachable(m.field.Type, locked)
	}
	w.members = append(w.members, m)
	if e.again {
		w.members = append(w.members, m) // so that it hides itself
	}
	return nil, ""
}

// field describes one field, whatever encoding/json makes of it.
func (t *typer) field(f *types.Var, name string, path []model.Embedded, tags fieldTags) *model.Field {
	field := &model.Field{
		Name: name, GoName: f.Name(), Path: slices.Clone(path), Type: t.id(f.Type()),
		Keywords: tags.keywords, Pos: t.program.pos(f.Pos()), Foreign: !t.own(f.Pkg()),
	}
	if syntax := t.syntax(f); syntax != nil {
		field.Doc = firstText(field.GoName, syntax.Doc, syntax.Comment)
		field.TypePos = t.program.pos(syntax.Type.Pos())
		if len(syntax.Names) == 0 {
			field.Pos = field.TypePos
		}
		if syntax.Tag != nil {
			field.TagPos = t.program.pos(syntax.Tag.Pos())
		}
	}
	return field
}

func (t *typer) syntax(f *types.Var) *ast.Field {
	if f.Pkg() == nil {
		return nil
	}
	return t.program.source(f.Pkg()).fields[f.Pos()]
}

// injectable reports whether generated code can set the field, and says so if not.
func (w *fieldWalk) injectable(f *types.Var, field *model.Field) bool {
	if f.Exported() || f.Pkg() == w.typer.local {
		return true
	}
	w.typer.diags.Addf(field.Pos, "generated code of package %s cannot set %s", w.typer.local.Name(), f.Name()).
		Suggest("export the field")
	return false
}

// promoted is the struct behind an embedded field whose fields are promoted.
func promoted(f *types.Var) *types.Struct {
	if !f.Embedded() {
		return nil
	}
	s, _ := deref(f.Type()).Underlying().(*types.Struct)
	return s
}

// deref follows one unnamed pointer.
func deref(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return types.Unalias(p.Elem())
	}
	return types.Unalias(t)
}

// locked spells an embedded pointer that only the package of its type can
// set.
func (t *typer) locked(f *types.Var) string {
	if _, pointer := types.Unalias(f.Type()).(*types.Pointer); !pointer {
		return ""
	}
	return t.hidden(f)
}

// hidden spells the type of an embedded field that generated code cannot name.
func (t *typer) hidden(f *types.Var) string {
	if f.Exported() || f.Pkg() == t.local {
		return ""
	}
	return types.TypeString(f.Type(), relativeTo(t.local))
}

// unreachable stands for the type of a field that cannot be set.
func (t *typer) unreachable(id model.TypeID, locked string) model.TypeID {
	node := &model.Type{ID: id + " in " + model.TypeID(locked)}
	unsupported(node, "only its own package can set the embedded "+locked)
	t.types[node.ID] = node
	return node.ID
}

// quotable reports whether the ,string option applies to a type.
func (t *typer) quotable(id model.TypeID) bool {
	node := t.types[id]
	if node.Kind == model.Pointer && node.Name == "" {
		node = t.types[node.Elem]
	}
	switch node.Kind {
	case model.Bool, model.Int, model.Uint, model.Float, model.String, model.Number:
		return true
	}
	return false
}

// validName is encoding/json's rule for the name in a tag.
func validName(name string) bool {
	for _, r := range name {
		if !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return name != ""
}
