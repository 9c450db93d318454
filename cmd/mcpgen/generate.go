package main

import (
	"context"
	"strings"

	"github.com/mcpgen/mcpgen/gen"
)

// generateCommand is "mcpgen [packages]".
type generateCommand struct {
	scan
	JSON    bool `name:"json"`
	DryRun  bool `short:"n"`
	Verbose bool `short:"v"`
}

func (c *generateCommand) run(ctx context.Context, e *env) error {
	result, err := c.load(ctx, e)
	if err != nil {
		return err
	}
	if len(result.Packages) == 0 && len(result.Files) == 0 && len(result.Diagnostics) == 0 {
		e.say("nothing to do: no //mcp: directive in %s; see mcpgen help directives", strings.Join(c.patterns(), " "))
	}
	if err := c.write(e, result.Files); err != nil {
		return err
	}
	if c.JSON {
		return reportJSON(e, result.Diagnostics)
	}
	return report(e, result.Diagnostics)
}

// write brings the disk up to date, or only says so with -n.
func (c *generateCommand) write(e *env, files []gen.File) error {
	changes, err := compare(e, files)
	if err != nil {
		return err
	}
	if c.DryRun {
		for _, change := range changes {
			if change.action != keep {
				e.print("would %s %s", change.action, e.path(change.Path))
			}
		}
		return nil
	}
	if err := apply(changes); err != nil {
		return err
	}
	if c.Verbose {
		for _, change := range changes {
			e.say("%s %s", change.action.done(), e.path(change.Path))
		}
	}
	return nil
}
