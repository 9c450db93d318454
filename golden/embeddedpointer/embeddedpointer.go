// Package embeddedpointer embeds a pointer: it is allocated when one of its
// fields is sent, and left out of a result when it is nil.
package embeddedpointer

// Audit says who did something.
type Audit struct {
	By     string `json:"by,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// Change sets a value.
type Change struct {
	*Audit
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Set sets a value, and says who did it if that is known.
//
//mcp:tool
func Set(in Change) Change {
	if in.Audit == nil {
		in.Value += " (anonymous)"
	}
	return in
}
