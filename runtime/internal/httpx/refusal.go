package httpx

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// Codes of JSON-RPC and of the protocol.
const (
	CodeInvalidRequest     = -32600
	CodeInternal           = -32603
	CodeHeaderMismatch     = -32020
	CodeUnsupportedVersion = -32022
)

// Refusal is an answer to a request that is not let through: a status of HTTP with
// an error of JSON-RPC.
type Refusal struct {
	Status     int
	Code       int             // 0 means CodeInvalidRequest
	Message    string          // for whoever reads the client's log
	Data       any             // or nil
	ID         json.RawMessage // of the request, nil if it is not known
	RetryAfter time.Duration   // if it is worth trying again
	Challenge  string          // the WWW-Authenticate header
}

func (r *Refusal) Error() string { return r.Message }

// rpcError is the body of a refusal.
type rpcError struct {
	JSONRPC string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id,omitempty"` // the protocol wants none rather than null
	Error   struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
		Data    any    `json:"data,omitempty"`
	} `json:"error"`
}

// body is the refusal as a message.
func (r *Refusal) body() []byte {
	e := rpcError{JSONRPC: "2.0", ID: r.ID}
	e.Error.Code, e.Error.Message, e.Error.Data = r.Code, r.Message, r.Data
	if r.Code == 0 {
		e.Error.Code = CodeInvalidRequest
	}
	data, err := json.Marshal(e)
	if err != nil {
		return []byte(`{"jsonrpc":"2.0","error":{"code":-32603,"message":"internal error"}}`)
	}
	return data
}

// Write answers with the refusal.
func (r *Refusal) Write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	if r.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int(max(1, r.RetryAfter.Round(time.Second).Seconds()))))
	}
	if r.Challenge != "" {
		h.Set("WWW-Authenticate", r.Challenge)
	}
	w.WriteHeader(r.Status)
	w.Write(r.body())
}

// busy is the refusal of what would be fine at another time.
func busy(status int, message string) *Refusal {
	return &Refusal{Status: status, Code: CodeInternal, Message: message, RetryAfter: time.Second}
}
