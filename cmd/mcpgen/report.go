package main

import "github.com/mcpgen/mcpgen/gen"

// report prints the diagnostics for a person. It returns errFindings if there
// are any.
func report(e *env, diagnostics []*gen.Diagnostic) error {
	for _, d := range diagnostics {
		e.talk(d.Text(e.dir))
	}
	return tally(e, diagnostics)
}

// reportJSON is report for a program: the diagnostics are the result on stdout,
// an empty array when there are none.
func reportJSON(e *env, diagnostics []*gen.Diagnostic) error {
	out, err := gen.DiagnosticsJSON(e.dir, diagnostics)
	if err != nil {
		return err
	}
	e.print("%s", out)
	return tally(e, diagnostics)
}

// tally ends a report with the number of its diagnostics.
func tally(e *env, diagnostics []*gen.Diagnostic) error {
	if len(diagnostics) == 0 {
		return nil
	}
	e.say("%s", count(len(diagnostics), "problem"))
	return errFindings
}
