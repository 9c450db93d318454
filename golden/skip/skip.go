// Package skip has a method that is exported for other Go code, and no tool; the
// directive says that this is no oversight.
package skip

// Printer prints.
type Printer struct{ pages int }

//mcp:provide scope=server
func newPrinter() *Printer { return &Printer{} }

// Print prints a page.
//
//mcp:tool
func (p *Printer) Print(text string) int {
	p.pages++
	return p.pages
}

// Reset is for the tests of other packages.
//
//mcp:skip only tests need it
func (p *Printer) Reset() { p.pages = 0 }
