// Package timeduration exchanges times as RFC 3339 and durations as Go writes them.
package timeduration

import "time"

// Reminder rings at a time, and again until somebody listens.
type Reminder struct {
	At    time.Time       `json:"at"`
	Every time.Duration   `json:"every,omitempty" jsonschema:"default=5m"`
	Quiet []time.Duration `json:"quiet,omitempty"`
	Until *time.Time      `json:"until,omitempty"`
}

// Schedule is when a reminder rings.
type Schedule struct {
	Rings []time.Time   `json:"rings"`
	Lasts time.Duration `json:"lasts"`
}

// Plan lists the first three times that a reminder rings.
//
//mcp:tool
func Plan(in Reminder) Schedule {
	var s Schedule
	for ring := range 3 {
		s.Rings = append(s.Rings, in.At.Add(time.Duration(ring)*in.Every))
	}
	s.Lasts = 2 * in.Every
	return s
}

// Shift moves a time.
//
//mcp:tool
func Shift(at time.Time, by time.Duration) time.Time { return at.Add(by) }
