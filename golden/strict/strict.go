// Package strict switches off what the decoder otherwise forgives.
package strict

// Pay pays an invoice.
//
//mcp:tool strict
func Pay(invoice int, note *string) int { return invoice }

// Remind reminds of an invoice, and forgives slips of the caller.
//
//mcp:tool
func Remind(invoice int, note *string) int { return invoice }
