package schema

import (
	"iter"
	"slices"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// typ is the type of that id. A type that nobody described is unsupported.
func (b *builder) typ(id model.TypeID) *model.Type {
	if t := b.pkg.Types[id]; t != nil {
		return t
	}
	return &model.Type{ID: id, Kind: model.Unsupported, Reason: "nothing is known of it", Visible: true}
}

// target is the type behind all pointers of id, behind what else only adds that
// there may be no value, and behind a row that says what a type looks like.
func (b *builder) target(id model.TypeID) *model.Type {
	t := b.typ(id)
	for range b.pkg.Types { // no chain is longer, unless it is a circle
		if t.Kind != model.Pointer && t.Kind != model.Mapped && !t.Nullable() {
			break
		}
		t = b.typ(t.Elem)
	}
	return t
}

func (b *builder) pointer(id model.TypeID) bool { return b.typ(id).Kind == model.Pointer }

// absent reports whether a value of the type can say that nothing was sent.
func (b *builder) absent(id model.TypeID) bool { return b.pointer(id) || b.typ(id).Nullable() }

// members are the fields of t that are JSON members, in order.
func members(t *model.Type) []*model.Field {
	return slices.DeleteFunc(slices.Clone(t.Fields), func(f *model.Field) bool { return f.Inject })
}

// parts are the types that a value of t consists of in JSON. Those of a OneOf are the
// parts of its variants: the structs themselves have no place there, as they have no
// discriminator elsewhere.
func (b *builder) parts(t *model.Type) iter.Seq[model.TypeID] {
	return func(yield func(model.TypeID) bool) {
		switch t.Kind {
		case model.Pointer, model.Optional, model.Null, model.Mapped, model.Slice, model.Array, model.Map:
			yield(t.Elem)
		case model.Struct:
			for _, f := range members(t) {
				if !yield(f.Type) {
					return
				}
			}
		case model.OneOf:
			for _, v := range t.Variants {
				for _, f := range members(b.target(v.Type)) {
					if !yield(f.Type) {
						return
					}
				}
			}
		}
	}
}

// recursive reports whether t needs a name in the schema, because it contains
// itself. Of a circle with objects of a fixed form in it, these are named and no more.
func (b *builder) recursive(t *model.Type) bool {
	if t.Name == "" {
		return false
	}
	known, ok := b.circular[t.ID]
	if !ok {
		known = b.containsItself(t)
		b.circular[t.ID] = known
	}
	return known
}

// containsItself reports whether t is a part of itself, along objects of a fixed form
// only if it is one.
func (b *builder) containsItself(t *model.Type) bool {
	seen := map[model.TypeID]bool{}
	var within func(*model.Type) bool
	within = func(in *model.Type) bool {
		for id := range b.parts(in) {
			if id == t.ID {
				return true
			}
			part := b.typ(id)
			if seen[id] || !formed(t) && formed(part) {
				continue
			}
			seen[id] = true
			if within(part) {
				return true
			}
		}
		return false
	}
	return within(t)
}

// formed reports whether t is an object of a fixed form.
func formed(t *model.Type) bool { return t.Kind == model.Struct || t.Kind == model.OneOf }
