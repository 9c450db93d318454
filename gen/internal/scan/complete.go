package scan

import (
	"go/types"

	"github.com/mcpgen/mcpgen/gen/internal/directive"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// complete notes that the function completes one more argument. It reports
// whether it can.
func (f *function) complete(d *directive.Complete) bool {
	if _, completes := f.main.(*directive.Complete); f.main != nil && !completes {
		f.second(d.Origin())
		return false
	}
	if f.main == nil {
		f.main = d
	}
	f.completes = append(f.completes, d)
	switch {
	case d.Prompt != "" && d.Resource != "":
		f.unit.diags.Addf(d.ValuePos("resource", d.Pos), "//mcp:complete with both prompt= and resource=").
			Suggest("write a line for each")
		return false
	case d.Prompt == "" && d.Resource == "":
		if _, given := d.Arg("prompt"); given {
			return false // with a value that is bad, which has been said
		}
		f.unit.diags.Addf(d.Pos, "//mcp:complete says not whose argument it is").
			Suggest("add prompt= or resource=, with the name of the Go function")
		return false
	}
	return d.Argument != ""
}

// targets are the arguments that the function completes.
func (f *function) targets() []*model.Target {
	var all []*model.Target
	for _, d := range f.completes {
		all = append(all, &model.Target{
			Prompt: d.Prompt, Resource: d.Resource, Argument: d.Argument, DirectivePos: d.Pos,
			OwnerPos:    d.ValuePos("prompt", d.ValuePos("resource", d.Pos)),
			ArgumentPos: d.ValuePos("argument", d.Pos),
		})
	}
	return all
}

func isStrings(t types.Type) bool {
	return types.Identical(t, types.NewSlice(types.Typ[types.String]))
}
