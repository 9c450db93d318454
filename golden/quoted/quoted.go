// Package quoted uses the ,string option of encoding/json: numbers and booleans
// that travel inside strings, so that no client rounds them.
package quoted

// Transfer moves money.
type Transfer struct {
	Account int64   `json:"account,string"`
	Cents   uint64  `json:"cents,string"`
	Rate    float64 `json:"rate,string,omitempty" jsonschema:"default=0.5"`
	Urgent  bool    `json:"urgent,string,omitempty"`
}

// Send returns the transfer as it was understood.
//
//mcp:tool
func Send(in Transfer) Transfer { return in }
