package scan

import (
	"github.com/mcpgen/mcpgen/gen/internal/directive"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// taskKeys reports keys that say something about tasks of a tool that never is one.
func (b *builder) taskKeys(t *model.Tool, d *directive.Tool) {
	if t.Task != "false" {
		return
	}
	for _, key := range []struct {
		name string
		used bool
	}{{"askbefore", d.AskBefore}, {"ttl", d.TTL != ""}, {"poll", d.Poll != ""}, {"retries", d.Retries > 0}} {
		if !key.used {
			continue
		}
		arg, _ := d.Arg(key.name)
		b.diags.Addf(arg.Pos, "%s is about tasks, and tool %s never runs as one", key.name, t.ToolName).
			Suggest("write task=true, or remove %s", key.name)
	}
}
