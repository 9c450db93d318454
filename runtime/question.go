package runtime

//lint:file-ignore SA1019 the specification deprecates sampling and roots (SEP-2577), and clients have them

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// question is what a client is asked while a call is running: a form for its user,
// a message of its model, or its roots.
type question struct {
	name   string           // for the client; several questions may have the same
	params mcp.InputRequest // *mcp.ElicitParams, *mcp.CreateMessageParams or *mcp.ListRootsParams
}

// The methods by which a client is asked.
const (
	elicitMethod = "elicitation/create"
	sampleMethod = "sampling/createMessage"
	rootsMethod  = "roots/list"
)

// method is how a client is asked by a request of its own.
func (q question) method() string {
	switch q.params.(type) {
	case *mcp.ElicitParams:
		return elicitMethod
	case *mcp.CreateMessageParams:
		return sampleMethod
	}
	return rootsMethod
}

// digest stands for all that is asked. It is long because part of that may be chosen
// by who wants an answer to be taken for that to another question.
func (q question) digest() (string, error) {
	params, err := json.Marshal(q.params)
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(digest(q.name, q.method(), string(params))[:16]), nil
}

// digest stands for parts, and not for any others that look the same when they are
// put together.
func digest(parts ...string) []byte {
	h := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return h.Sum(nil)
}

// responseMethod is the method of the questions that response answers, "" for none.
func responseMethod(response mcp.InputResponse) string {
	switch response.(type) {
	case *mcp.ElicitResult:
		return elicitMethod
	case *mcp.CreateMessageResult, *mcp.CreateMessageWithToolsResult:
		return sampleMethod
	case *mcp.ListRootsResult:
		return rootsMethod
	}
	return ""
}

// answer is what came of a question.
type answer struct {
	// Of a form: "accept", "decline" or "cancel", what was filled in, and the fields
	// whose numbers may have lost digits.
	Action  string          `json:"action,omitempty"`
	Content json.RawMessage `json:"content,omitempty"`
	Inexact []string        `json:"inexact,omitempty"`
	// Result is that of anything else.
	Result json.RawMessage `json:"result,omitempty"`
}

func newAnswer(response mcp.InputResponse) (a answer, err error) {
	form, ok := response.(*mcp.ElicitResult)
	if !ok {
		a.Result, err = json.Marshal(response)
		return a, err
	}
	a.Action = form.Action
	if form.Action != "accept" || form.Content == nil {
		return a, nil
	}
	for _, name := range slices.Sorted(maps.Keys(form.Content)) {
		// The SDK reads numbers as float64, and a whole number from here on may have
		// been another one.
		if n, ok := form.Content[name].(float64); ok && math.Abs(n) >= 1<<53 {
			a.Inexact = append(a.Inexact, name)
		}
	}
	a.Content, err = json.Marshal(form.Content)
	return a, err
}
