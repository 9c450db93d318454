package task

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// A Record is a task as it was at one moment, in no era's clothes: each era of
// the protocol is a rendering of it. It is a copy; changing it changes nothing.
type Record struct {
	ID      string    `json:"-"` // at least 128 random bits, of letters and digits; or made of Spec.Once
	Owner   string    `json:"-"` // who may see it; "" is shared by all who are nobody in particular
	Kind    string    `json:"-"` // what runs it: a tool and the version of its schema
	Version uint64    `json:"-"` // grows with each change
	Created time.Time `json:"-"` // all times are the store's
	Updated time.Time `json:"-"`
	Expires time.Time `json:"-"` // Created plus TTL; the task is gone then, whatever its status

	Status   Status        `json:"status"`
	Message  string        `json:"message,omitempty"` // for people: what it is doing, or how it ended
	Progress Progress      `json:"progress,omitzero"`
	TTL      time.Duration `json:"ttl"`
	Poll     time.Duration `json:"poll"` // how long a client should wait before it asks again; shorter for a young task

	Inputs []Input `json:"inputs,omitempty"` // every question so far, the oldest first

	Result    json.RawMessage `json:"-"`                   // of a completed task; nil in lists
	ToolError bool            `json:"toolError,omitempty"` // Result tells of an error of the tool: completed in one era, failed in the other
	Error     *Error          `json:"error,omitempty"`     // of a failed task

	Digest   string   `json:"digest,omitempty"` // of what was wished; see [Spec]
	Parent   string   `json:"parent,omitempty"` // the task that started this one
	Children []string `json:"children,omitempty"`

	Work Work `json:"work"`
}

// Work is what workers need to agree about who runs a task, and how often.
type Work struct {
	Timeout   time.Duration `json:"timeout,omitempty"` // for each start; 0 is no limit but the TTL
	MaxStarts int           `json:"maxStarts"`
	Starts    int           `json:"starts,omitempty"`  // that were not brought to an end, since it was created or parked
	Running   bool          `json:"running,omitempty"` // a start was counted and is not known to have ended
	Lost      int           `json:"lost,omitempty"`    // workers that were lost with it, one after the other
	Fence     uint64        `json:"fence,omitempty"`   // the claim that may write; older ones may not
	Parked    bool          `json:"parked,omitempty"`  // no worker has it until all questions are answered
}

// repeatable reports whether the work may be started a second time.
func (w Work) repeatable() bool { return w.MaxStarts > 1 }

// begin counts a start, and a worker that was lost if the one before did not end.
func (w *Work) begin() {
	if w.Running {
		w.Lost++
	}
	w.Starts++
	w.Running = true
}

// rest says that the last start has ended while the task has not.
func (w *Work) rest() { w.Running, w.Lost = false, 0 }

// suspect reports whether this task may be what killed its workers, rather than
// one that was lost together with such a task: it was there twice.
func (w Work) suspect() bool { return w.Running && w.Lost > 0 }

// Progress tells how far a task is, in a unit of its own. A Total of 0 means that
// the end is not known.
type Progress struct {
	Done  float64 `json:"done,omitempty"`
	Total float64 `json:"total,omitempty"`
}

// A Question is something that only the client can answer: an elicitation, say.
// Its key names it for the whole life of the task: the same key with another
// request is refused, so that a client cannot mistake one for the other.
type Question struct {
	Key     string          `json:"key"`
	Request json.RawMessage `json:"request"` // what the client is sent
}

// An Input is a question and what came of it. An answer is accepted once.
type Input struct {
	Question
	Answer    json.RawMessage `json:"answer,omitempty"`
	Withdrawn bool            `json:"withdrawn,omitempty"` // nobody waits for the answer any more
}

// open reports whether an answer would be accepted.
func (in Input) open() bool { return in.Answer == nil && !in.Withdrawn }

// Open returns the questions that wait for an answer. A task has some exactly
// when its status is InputRequired.
func (r Record) Open() []Question {
	var open []Question
	for _, in := range r.Inputs {
		if in.open() {
			open = append(open, in.Question)
		}
	}
	return open
}

// input finds the question with this key, or returns nil.
func (r *Record) input(key string) *Input {
	i := slices.IndexFunc(r.Inputs, func(in Input) bool { return in.Key == key })
	if i < 0 {
		return nil
	}
	return &r.Inputs[i]
}

// settle brings the status in line with the questions.
func (r *Record) settle() {
	switch {
	case r.Status.Terminal():
	case len(r.Open()) > 0:
		r.Status = InputRequired
	default:
		r.Status = Working
	}
}

// unpark reports whether the record was parked and need no longer be.
func (r *Record) unpark() bool {
	if !r.Work.Parked || r.Status != Working {
		return false
	}
	r.Work.Parked = false
	return true
}

// ask adds questions, and reports whether there was a new one among them. A key
// that is known already has to stand for the same request.
func (r *Record) ask(questions []Question) (added bool, err error) {
	for _, q := range questions {
		in := r.input(q.Key)
		switch {
		case q.Key == "" || !json.Valid(q.Request):
			return false, fmt.Errorf("question %q needs a key and a request in JSON", q.Key)
		case in == nil:
			r.Inputs = append(r.Inputs, Input{Question: q})
			added = true
		case !bytes.Equal(compact(in.Request), compact(q.Request)):
			return false, fmt.Errorf("question %q was asked before with another request; each needs a key of its own", q.Key)
		case in.Withdrawn:
			return false, fmt.Errorf("question %q was withdrawn; ask again with another key", q.Key)
		}
	}
	r.settle()
	return added, nil
}

// answers returns the answers to the questions with these keys, or false if one
// is missing.
func (r *Record) answers(questions []Question) (map[string]json.RawMessage, bool) {
	answers := make(map[string]json.RawMessage, len(questions))
	for _, q := range questions {
		in := r.input(q.Key)
		if in == nil || in.Answer == nil {
			return nil, false
		}
		answers[q.Key] = in.Answer
	}
	return answers, true
}

// adopt notes a child, and reports whether it is a new one.
func (r *Record) adopt(id string) bool {
	if slices.Contains(r.Children, id) {
		return false
	}
	r.Children = append(r.Children, id)
	return true
}

// compact is JSON without its white space, so that what a store did to it does
// not count.
func compact(data []byte) []byte {
	var b bytes.Buffer
	if json.Compact(&b, data) != nil {
		return data
	}
	return b.Bytes()
}

// end makes the record terminal and lets go of what only a live task needs. The
// error is nil unless the status is Failed.
func (r *Record) end(s Status, message string, err *Error) {
	r.Status, r.Message, r.Error = s, message, err
	r.Inputs = nil
	r.Work.Parked = false
}

// looksLike reports whether a client sees the same in both.
func (r *Record) looksLike(other *Record) bool {
	return r.Status == other.Status && r.Message == other.Message && r.Progress == other.Progress &&
		slices.EqualFunc(r.Open(), other.Open(), func(a, b Question) bool { return a.Key == b.Key })
}
