package frame

import (
	"encoding/json"
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// A Refusal is the answer to what is no message.
type Refusal struct {
	ID      json.RawMessage // nil if it cannot be told
	Code    int64
	Message string
}

// Line returns the answer as a message.
func (r *Refusal) Line() []byte {
	id := r.ID
	if id == nil {
		id = json.RawMessage("null")
	}
	message, err := json.Marshal(r.Message)
	if err != nil {
		message = []byte(`"invalid request"`)
	}
	return fmt.Appendf(nil, `{"jsonrpc":"2.0","id":%s,"error":{"code":%d,"message":%s}}`, id, r.Code, message)
}

// Unreadable is the refusal of a line that [Lines.Next] has skipped.
func Unreadable(err error) *Refusal {
	return &Refusal{Code: jsonrpc.CodeInvalidRequest, Message: err.Error()}
}

// malformed is the refusal of text that the scanner does not get through.
func malformed(err error) *Refusal {
	if err == ErrTooDeep || err == errTooMany {
		return Unreadable(err)
	}
	return &Refusal{Code: jsonrpc.CodeParseError, Message: err.Error()}
}

func invalid(id json.RawMessage, format string, arguments ...any) *Refusal {
	return &Refusal{id, jsonrpc.CodeInvalidRequest, fmt.Sprintf(format, arguments...)}
}
