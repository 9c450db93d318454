// Package importnames uses packages and types whose names are those of others: of
// the runtime's, of the standard library's, and of each other.
package importnames

import (
	"time"

	othertime "github.com/mcpgen/mcpgen/golden/importnames/time"
	"github.com/mcpgen/mcpgen/golden/importnames/v2/runtime"
)

// Long is how long something is.
type Long struct {
	Metres float64 `json:"metres"`
}

// Span is two kinds of time, and a way.
type Span struct {
	Start time.Time      `json:"start"`
	Way   Long           `json:"way"`
	Long  othertime.Long `json:"long"`
}

// Measure measures a span.
//
//mcp:tool timeout=5s
func Measure(in Span, engine *runtime.Engine) othertime.Long {
	return othertime.Long{Years: in.Long.Years * engine.Speed}
}
