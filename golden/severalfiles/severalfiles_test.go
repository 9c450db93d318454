package severalfiles

// OnlyInTests is in a test file, which the generator leaves out.
//
//mcp:tool
func OnlyInTests() {}
