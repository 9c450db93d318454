package scan

import (
	"github.com/mcpgen/mcpgen/gen/internal/directive"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// travelling reports the mistakes in structs that callers send or get: whatever is
// returned, every parameter that could be an argument, and what people fill in.
func (b *builder) travelling() {
	seen := map[model.TypeID]bool{}
	var walk func(model.TypeID)
	walk = func(id model.TypeID) {
		t := b.model.Types[id]
		if t == nil || seen[id] {
			return
		}
		seen[id] = true
		if mistakes := b.typer.mistakes[id]; mistakes != nil {
			b.diags.Append(mistakes)
		}
		walk(t.Key)
		walk(t.Elem)
		for _, v := range t.Variants {
			walk(v.Type)
		}
		for _, f := range t.Fields {
			if !f.Inject {
				walk(f.Type)
			}
		}
	}
	for _, f := range b.functions {
		for v := range f.signature().Params().Variables() {
			if form, ok := b.model.Types[b.typer.id(v.Type())].Asked(); ok {
				walk(form)
			}
		}
		if _, provider := f.main.(*directive.Provide); provider {
			continue
		}
		if f.shape.result != nil {
			walk(b.typer.id(f.shape.result))
		}
		for v := range f.signature().Params().Variables() {
			if id := b.typer.id(v.Type()); !b.offered[id] && !b.pointsToStruct(id) {
				walk(id)
			}
		}
	}
}

func (b *builder) pointsToStruct(id model.TypeID) bool {
	t := b.model.Types[id]
	return t.Kind == model.Pointer && b.model.Types[t.Elem].Kind == model.Struct
}
