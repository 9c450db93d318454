package scan

import (
	"cmp"
	"encoding/json"
	"go/constant"
	"go/types"
	"slices"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// constants are the constants of every named type of a package, in source order.
func (p *program) constants(pkg *types.Package) map[*types.TypeName][]*types.Const {
	all := map[*types.TypeName][]*types.Const{}
	for _, name := range pkg.Scope().Names() {
		c, ok := pkg.Scope().Lookup(name).(*types.Const)
		if !ok {
			continue
		}
		if named, ok := types.Unalias(c.Type()).(*types.Named); ok && named.Obj().Pkg() == pkg {
			all[named.Obj()] = append(all[named.Obj()], c)
		}
	}
	for _, constants := range all {
		slices.SortFunc(constants, func(a, b *types.Const) int {
			x, y := p.pos(a.Pos()), p.pos(b.Pos())
			return cmp.Or(cmp.Compare(x.Filename, y.Filename), cmp.Compare(x.Offset, y.Offset))
		})
	}
	return all
}

// enum are the values of a named type over strings or integers. A second name for
// a value, as in "const Default = Red", is none.
func (t *typer) enum(named *types.Named) []*model.EnumValue {
	source := t.program.source(named.Obj().Pkg())
	seen := map[string]bool{}
	var values []*model.EnumValue
	for _, c := range source.enums[named.Obj()] {
		if !c.Exported() && c.Pkg() != t.local {
			continue
		}
		value, ok := jsonConstant(c.Val())
		if !ok || seen[string(value)] {
			continue
		}
		seen[string(value)] = true
		values = append(values, &model.EnumValue{GoName: c.Name(), Value: value, Doc: source.docs[c.Pos()]})
	}
	return values
}

func jsonConstant(v constant.Value) (json.RawMessage, bool) {
	switch v.Kind() {
	case constant.Int:
		return json.RawMessage(v.ExactString()), true
	case constant.String:
		text, err := json.Marshal(constant.StringVal(v))
		return text, err == nil
	}
	return nil, false
}
