// Package rawjson passes JSON through: any value, decoded or as it was sent.
package rawjson

import "encoding/json"

// Event is something that happened.
type Event struct {
	Kind    string                     `json:"kind"`
	Payload json.RawMessage            `json:"payload"`
	Note    any                        `json:"note,omitempty"`
	Labels  map[string]any             `json:"labels,omitempty"`
	Parts   map[string]json.RawMessage `json:"parts,omitempty"`
	Size    json.Number                `json:"size,omitempty"`
}

// Record returns the event as it was understood.
//
//mcp:tool
func Record(in Event) Event { return in }
