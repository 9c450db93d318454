// Package stringenum has a named string type with constants: an enum, whose
// comments tell the caller what each value means.
package stringenum

// Level says how much to log.
type Level string

const (
	// Debug logs everything, also what only developers understand.
	Debug Level = "debug"
	// Info logs what operators want to know.
	Info Level = "info"
	// Error logs failures only.
	Error Level = "error"
)

// Settings say what is logged where.
type Settings struct {
	Default Level            `json:"default"`
	Modules map[string]Level `json:"modules,omitempty"`
	Muted   []Level          `json:"muted,omitempty"`
}

// Configure sets the log levels.
//
//mcp:tool
//mcp:param fallback default=info
func Configure(level Level, fallback Level) Settings {
	return Settings{Default: level, Modules: map[string]Level{"http": fallback}}
}

// Apply sets the log levels of all modules.
//
//mcp:tool
func Apply(in Settings) Settings { return in }
