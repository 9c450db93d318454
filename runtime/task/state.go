package task

import (
	"encoding/json"
	"fmt"
	"time"
)

// A record's state in the store is its JSON; what Entry says besides is left out.
// The store's content is not trusted: whoever writes it may make a task fail, and
// nothing more.

// encode returns the state of r, or says by how much it is too large.
func encode(r *Record, limit int) ([]byte, error) {
	data, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("task state: %w", err)
	}
	if len(data) > limit {
		return nil, &tooLarge{len(data), limit}
	}
	return data, nil
}

// tooLarge is the error of a state that no store can be asked to keep.
type tooLarge struct{ size, limit int }

func (e *tooLarge) Error() string {
	return fmt.Sprintf("the task's questions and answers are %d bytes, at most %d are kept", e.size, e.limit)
}

// decode reads the record of an entry.
func decode(e Entry) (Record, error) {
	var r Record
	if err := json.Unmarshal(e.State, &r); err != nil {
		return Record{}, fmt.Errorf("task state is corrupt: %w", err)
	}
	if err := r.check(e); err != nil {
		return Record{}, fmt.Errorf("task state is corrupt: %w", err)
	}
	r.fill(e)
	return r, nil
}

// fill sets what the store knows of a record.
func (r *Record) fill(e Entry) {
	r.ID, r.Owner, r.Kind, r.Version = e.ID, e.Owner, e.Kind, e.Version
	r.Created, r.Updated, r.Expires = e.Created, e.Updated, e.Expires
	r.Result = e.Result
}

// check tells whether a record is one that a Manager could have written.
func (r *Record) check(e Entry) error {
	switch {
	case !r.Status.known():
		return fmt.Errorf("unknown status %.40q", r.Status)
	case r.Status.Terminal() != e.Terminal:
		return fmt.Errorf("status is %s, but terminal is %t", r.Status, e.Terminal)
	case (r.Status == Failed) != (r.Error != nil):
		return fmt.Errorf("status is %s, but error is %v", r.Status, r.Error)
	case (r.Status == InputRequired) != (len(r.Open()) > 0):
		return fmt.Errorf("status is %s with %d open questions", r.Status, len(r.Open()))
	case r.Work.Starts < 0 || r.Work.MaxStarts < 0 || r.Work.Timeout < 0:
		return fmt.Errorf("negative limits")
	}
	return nil
}

// youngest is the shortest poll interval a client is asked for.
const youngest = 100 * time.Millisecond

// young shortens the poll interval of a task that began a moment ago: most tasks
// are short, and a long one is not polled often for that.
func (r *Record) young(now time.Time) {
	if age := now.Sub(r.Created); !r.Status.Terminal() {
		r.Poll = min(r.Poll, max(age/2, youngest))
	}
}
