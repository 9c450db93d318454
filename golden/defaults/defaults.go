// Package defaults gives what the caller leaves out: a value of any kind that has
// a JSON form, applied before the arguments are read.
package defaults

import "time"

// Speed is how fast to work.
type Speed string

const (
	Slow Speed = "slow"
	Fast Speed = "fast"
)

// Job is work to do.
type Job struct {
	Name    string         `json:"name" jsonschema:"default=nightly"`
	Workers int            `json:"workers" jsonschema:"default=4"`
	Share   float64        `json:"share" jsonschema:"default=0.5"`
	DryRun  bool           `json:"dryRun" jsonschema:"default=true"`
	Speed   Speed          `json:"speed" jsonschema:"default=slow"`
	Timeout time.Duration  `json:"timeout" jsonschema:"default=1m30s"`
	Since   time.Time      `json:"since" jsonschema:"default=2026-01-01T00:00:00Z"`
	Retries *int           `json:"retries" jsonschema:"default=2"`
	Must    int            `json:"must" jsonschema:"required,default=1"`
	Env     map[string]int `json:"env,omitempty"`
	Days    []Speed        `json:"days" jsonschema:"default=slow,default=fast"`
	Hours   [2]uint8       `json:"hours" jsonschema:"default=9,default=17"`
}

// Start returns the job as it was understood.
//
//mcp:tool
func Start(in Job) Job { return in }
