package stdio

import (
	"fmt"
	"os"
	"sync"
)

// Log writes to standard error, if there is room: a client that does not read what
// a server logs must not stop it. What is dropped is counted, and told of as soon
// as there is room again.
type Log struct {
	mu      sync.Mutex
	dropped int
}

// Write writes all of a line or nothing. It does not fail.
func (l *Log) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.write(line) {
		l.dropped++
	}
	return len(line), nil
}

func (l *Log) write(line []byte) bool {
	if l.dropped > 0 {
		notice := fmt.Sprintf("%d lines were dropped, because nobody was reading standard error\n", l.dropped)
		if !writeAtOnce(os.Stderr, []byte(notice)) {
			return false
		}
		l.dropped = 0
	}
	return writeAtOnce(os.Stderr, line)
}
