// Package resourcejson offers Go values as JSON text.
package resourcejson

import "time"

// Status is how the service does.
type Status struct {
	Healthy bool      `json:"healthy"`
	Since   time.Time `json:"since"`
	Nodes   []string  `json:"nodes"`
}

// Health is how the service does at the moment.
//
//mcp:resource uri=ops://health
func Health() Status {
	return Status{Healthy: true, Since: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
}

// Limits are the limits of the service, by name.
//
//mcp:resource uri=ops://limits mime=application/vnd.limits+json
func Limits() (map[string]int, error) { return map[string]int{"cpu": 4, "ram": 16}, nil }

// Nodes are the names of all nodes.
//
//mcp:resource uri=ops://nodes
func Nodes() []string { return nil }

// Load is how busy the service is, from 0 to 1.
//
//mcp:resource uri=ops://load
func Load() float64 { return 0.25 }
