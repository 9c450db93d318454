package taskclient

import (
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// State is where a task is, in the words of both eras.
type State string

// The states there are. A tool that returned an error is Completed in the modern
// era, and Failed in the legacy one; [Task.Wait] returns its result in either.
const (
	Working       State = "working"
	InputRequired State = "input_required" // it waits for answers
	Completed     State = "completed"
	Failed        State = "failed"
	Cancelled     State = "cancelled"
)

// Terminal reports whether a task in this state never changes again.
func (s State) Terminal() bool {
	return s == Completed || s == Failed || s == Cancelled
}

// A Status is what the server said of a task at one moment.
type Status struct {
	ID       string // "" if the call was answered without becoming a task
	State    State
	Message  string   // for people; may be empty
	Progress Progress // as servers of this project tell it, and any of the legacy era; others have a message

	// Questions are those that wait for an answer, by key: see [Task.Answer]. In the
	// legacy era only those are known that the server has put to this client while
	// somebody waited for the task or watched it, and that are answered by hand.
	Questions mcp.InputRequestMap

	Created, Updated time.Time
	TTL              time.Duration // since Created, after which the server may forget the task; 0 is never
	PollInterval     time.Duration // how long to wait before asking again; 0 if the server does not say
}

// Progress is how far a task is, in a unit of its own. A Total of 0 is not known.
type Progress struct {
	Done  float64 `json:"done"`
	Total float64 `json:"total,omitempty"`
}

// looksLike reports whether there is nothing new in s.
func (s *Status) looksLike(other *Status) bool {
	if s.State != other.State || s.Message != other.Message || s.Progress != other.Progress || len(s.Questions) != len(other.Questions) {
		return false
	}
	for key := range s.Questions {
		if other.Questions[key] == nil {
			return false
		}
	}
	return true
}
