package main

import (
	"fmt"

	"github.com/mcpgen/mcpgen/runtime"
)

// Logging tells the client what it is doing.
//
//mcp:tool name=test_tool_with_logging readonly
func Logging(log runtime.ClientLogger) string {
	log.Info("Tool execution started")
	log.Info("Tool processing data")
	log.Info("Tool execution completed")
	return "Tool with logging executed successfully"
}

// LoggingDiagnostics logs, which only clients see that ask for it.
//
//mcp:tool name=test_logging_tool readonly
func LoggingDiagnostics(log runtime.ClientLogger) string {
	log.Info("Diagnostic message")
	return "Logging evaluated"
}

// Progress reports how far it is.
//
//mcp:tool name=test_tool_with_progress readonly
func Progress(progress runtime.Progress) string {
	const steps = 100
	for _, done := range []float64{0, steps / 2, steps} {
		progress.Report(done, steps, fmt.Sprintf("Completed step %v of %d", done, steps))
	}
	return "Done"
}

// TriggerToolChange changes the list of tools.
//
//mcp:tool name=test_trigger_tool_change
func TriggerToolChange(catalog *runtime.Catalog) error {
	if err := catalog.HideTools("test_hidden"); err != nil {
		return err
	}
	return catalog.ShowTools("test_hidden")
}

// Hidden is a tool that comes and goes.
//
//mcp:tool name=test_hidden readonly
func Hidden() string { return "Here I am." }

// TriggerPromptChange changes the list of prompts.
//
//mcp:tool name=test_trigger_prompt_change
func TriggerPromptChange(catalog *runtime.Catalog) error {
	if err := catalog.HidePrompts("test_simple_prompt"); err != nil {
		return err
	}
	return catalog.ShowPrompts("test_simple_prompt")
}
