package runtime

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Limits of a call that asks.
const (
	answerTime = 30 * time.Minute // for the client to come back with answers
	maxRounds  = 32               // of one call, so that one that never asks the same twice ends
)

// rounds asks by ending the call: the client calls again with the answers, see
// basic/patterns/mrtr of the specification. The server remembers nothing of it.
// What was answered in earlier rounds travels in the requestState, sealed.
type rounds struct {
	call *Call

	mu      sync.Mutex
	round   int                 // how often the client came back
	answers map[string]answer   // of all rounds, by key
	asked   map[string]int      // how often each question was asked in this run
	open    map[string]question // without an answer, by key
}

func newRounds(c *Call) *rounds {
	return &rounds{call: c, asked: make(map[string]int), open: make(map[string]question)}
}

// ask returns the answer if it has come, and otherwise leaves the question open.
func (r *rounds) ask(_ context.Context, q question) (answer, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key, err := r.key(q)
	if err != nil {
		return answer{}, err
	}
	if a, ok := r.answers[key]; ok {
		return a, nil
	}
	r.open[key] = q
	return answer{}, &PublicError{ErrInputRequired}
}

// key tells a question from all others. It depends on all that is asked and, for one
// that is asked more than once, on how often, but not on other questions: so
// goroutines may ask in any order, and an answer is never taken for that to another
// question.
func (r *rounds) key(q question) (string, error) {
	key, err := q.digest()
	if err != nil {
		return "", err
	}
	r.asked[key]++
	if n := r.asked[key]; n > 1 {
		return fmt.Sprintf("%s-%d", key, n), nil
	}
	return key, nil
}

// carried is what a requestState says.
type carried struct {
	Target  []byte            `json:"target"` // see target
	Caller  string            `json:"caller"`
	Expires int64             `json:"expires"` // in Unix seconds
	Round   int               `json:"round"`
	Open    map[string]opened `json:"open"` // the questions that the client was told, by the names it knows
	Answers map[string]answer `json:"answers,omitempty"`
}

// opened is a question that is open.
type opened struct {
	Key    string `json:"key"`
	Method string `json:"method"`
}

// resume reads what the client brings back.
func (r *rounds) resume(state string, responses mcp.InputResponseMap) error {
	c := r.call
	was, err := c.asking.keys.open(state)
	if err != nil {
		return invalidState(err.Error())
	}
	switch {
	case !bytes.Equal(was.Target, c.target()):
		return invalidState("belongs to another call: repeat the request with the same name and arguments")
	case was.Caller != c.caller():
		return invalidState("belongs to another caller")
	case time.Now().Unix() >= was.Expires:
		return invalidState("has expired: call again without it")
	}
	r.round, r.answers = was.Round, was.Answers
	if r.answers == nil {
		r.answers = make(map[string]answer)
	}
	for name, question := range was.Open {
		// What is missing is asked again, and what nobody asked for is left alone.
		response := responses[name]
		if responseMethod(response) != question.Method {
			continue
		}
		if r.answers[question.Key], err = newAnswer(response); err != nil {
			return err
		}
	}
	return nil
}

// target is a digest of what is called, with its arguments however they are spelled.
func (c *Call) target() []byte {
	return digest(c.kind, c.name, c.uri, string(canonical(c.asking.arguments)))
}

// canonical is data, which is JSON, without spaces and with its members sorted. Its
// numbers stay as they are written.
func canonical(data []byte) []byte {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var value any
	if d.Decode(&value) != nil {
		return data
	}
	sorted, err := json.Marshal(value)
	if err != nil {
		return data
	}
	return sorted
}

// caller tells callers apart, as far as they are authenticated.
func (c *Call) caller() string { return identity(c.Token()) }

// invalidState is the protocol's error for a requestState that is not accepted.
func invalidState(why string) error {
	return &ProtocolError{Code: jsonrpc.CodeInvalidParams, Message: "requestState " + why}
}

// outcome is nil if no question is open, and otherwise how the call has to end.
func (r *rounds) outcome() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.open) == 0 {
		return nil
	}
	if r.round == maxRounds {
		return r.stuck(Errorf("asked %d times without an end: a question has to be the same each time the function runs", maxRounds))
	}
	requests := make(mcp.InputRequestMap)
	next := carried{
		Target:  r.call.target(),
		Caller:  r.call.caller(),
		Expires: time.Now().Add(answerTime).Unix(),
		Round:   r.round + 1,
		Open:    make(map[string]opened),
		Answers: r.answers,
	}
	for _, key := range slices.Sorted(maps.Keys(r.open)) {
		q := r.open[key]
		name := q.name
		for n := 2; requests[name] != nil; n++ {
			name = fmt.Sprintf("%s_%d", q.name, n)
		}
		requests[name] = q.params
		next.Open[name] = opened{key, q.method()}
	}
	state, err := r.call.asking.keys.seal(next)
	if err != nil {
		return r.stuck(err)
	}
	return &inputRequired{requests, state, r.open}
}

// stuck tells operators that a call cannot go on as it is written.
func (r *rounds) stuck(err error) error {
	r.call.Logger().Error("a call that asks cannot go on", "error", err)
	return err
}
