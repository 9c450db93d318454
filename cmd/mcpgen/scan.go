package main

import (
	"context"
	"errors"

	"github.com/mcpgen/mcpgen/gen"
)

// scan is the part of the command line that says what to look at; the commands
// that look at packages share it.
type scan struct {
	Dir      string   `name:"chdir" short:"C" default:"."`
	Tags     string   `name:"tags"`
	Packages []string `arg:"" optional:""`
}

// load runs the generator in memory. Mistakes in the scanned source are part of
// the result, not an error.
func (s *scan) load(ctx context.Context, e *env) (*gen.Result, error) {
	result, err := gen.Run(ctx, gen.Options{Dir: e.abs(s.Dir), Patterns: s.patterns(), Tags: s.Tags})
	if ctx.Err() != nil {
		return nil, errors.New("interrupted")
	}
	return result, err
}

func (s *scan) patterns() []string {
	if len(s.Packages) == 0 {
		return []string{"."}
	}
	return s.Packages
}
