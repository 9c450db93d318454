package httpx

import (
	"errors"
	"io"
	"net/http"
	"os"
	"sync/atomic"
	"time"
)

// Reader reads the bodies of requests within limits of size and time, and of
// memory for all of them together.
type Reader struct {
	MaxBytes int64         // of one body
	Timeout  time.Duration // to send one
	Budget   int64         // bytes of all bodies that are held

	held atomic.Int64
}

// Read reads the body of r. The caller releases it when it is done with the bytes,
// also if there is a refusal.
func (b *Reader) Read(w http.ResponseWriter, r *http.Request) (body []byte, release func(), refusal *Refusal) {
	account := &account{reader: b}
	control := http.NewResponseController(w)
	if control.SetReadDeadline(time.Now().Add(b.Timeout)) == nil {
		defer control.SetReadDeadline(time.Time{})
	}
	defer r.Body.Close()
	body, err := io.ReadAll(io.TeeReader(http.MaxBytesReader(w, r.Body, b.MaxBytes), account))
	if err != nil {
		return nil, account.release, unreadable(err)
	}
	return body, account.release, nil
}

func unreadable(err error) *Refusal {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return &Refusal{Status: http.StatusRequestEntityTooLarge, Message: "the message is too long"}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &Refusal{Status: http.StatusRequestTimeout, Message: "request body too slow"}
	case errors.Is(err, errBudget):
		return busy(http.StatusServiceUnavailable, errBudget.Error())
	}
	return &Refusal{Status: http.StatusBadRequest, Message: "request body not readable"}
}

var errBudget = errors.New("the server is busy with the bodies of other requests")

// account is what one body has taken of the budget.
type account struct {
	reader *Reader
	taken  int64
}

// Write takes the size of p.
func (a *account) Write(p []byte) (int, error) {
	a.taken += int64(len(p))
	if a.reader.held.Add(int64(len(p))) > a.reader.Budget {
		return 0, errBudget
	}
	return len(p), nil
}

func (a *account) release() {
	a.reader.held.Add(-a.taken)
	a.taken = 0
}
