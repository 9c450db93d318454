package main

import (
	"context"
	"embed"
	"fmt"

	"github.com/mcpgen/mcpgen/gen"
)

// manualCommand is "mcpgen help [topic]" and every -h.
type manualCommand struct {
	Topic string `arg:"" optional:""`
}

//go:embed help/*.txt
var pages embed.FS

func (c *manualCommand) run(_ context.Context, e *env) error {
	name := c.Topic
	switch name {
	case "directives":
		gen.DirectiveHelp(e.stdout)
		return nil
	case "", "generate", "help", "version":
		name = "mcpgen"
	}
	page, err := pages.ReadFile("help/" + name + ".txt")
	if err != nil {
		return fmt.Errorf("no help on %q; there is help on directives, check, init and inspect", c.Topic)
	}
	_, err = e.stdout.Write(page)
	return err
}
