package client

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"testing"
	"time"
)

// Target is a server to check, as check.mjs takes it.
type Target []string

// Stdio is a server that each client starts for itself and talks to over stdio.
func Stdio(command string, args ...string) Target {
	return append(Target{"--", command}, args...)
}

// HTTP is a server that is listening at a URL.
func HTTP(url string) Target {
	return Target{url}
}

// Build compiles the command in dir and returns the path of the binary.
func Build(t *testing.T, dir string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "server")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, ".")
	build.Dir = dir
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, output)
	}
	return binary
}

// Start runs a server that prints its URL to stderr once it listens, and returns
// that URL as a target. When the test ends the server is interrupted, and has to
// end well.
func Start(t *testing.T, command string, args ...string) Target {
	t.Helper()
	ctx, interrupt := context.WithCancel(context.Background())
	stderr := &listening{url: make(chan string, 1)}
	server := exec.CommandContext(ctx, command, args...)
	server.Stderr = stderr
	server.Cancel = func() error { return server.Process.Signal(os.Interrupt) }
	server.WaitDelay = 10 * time.Second
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		server.Wait()
	}()
	t.Cleanup(func() {
		interrupt()
		<-ended
		if !server.ProcessState.Success() {
			t.Errorf("the server did not end well: %v\n%s", server.ProcessState, stderr)
		}
	})
	select {
	case url := <-stderr.url:
		return HTTP(url)
	case <-ended:
		t.Fatalf("the server ended before it was listening")
	case <-time.After(time.Minute):
		t.Fatalf("the server printed no URL:\n%s", stderr)
	}
	return nil
}

// listening keeps what a server writes and sends the first URL in it.
type listening struct {
	url chan string

	mu   sync.Mutex
	text []byte
	seen bool
}

var urlPattern = regexp.MustCompile(`(https?://[^\s"]+)[\s"]`)

func (l *listening) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, p...)
	if found := urlPattern.FindSubmatch(l.text); found != nil && !l.seen {
		l.seen = true
		l.url <- string(found[1])
	}
	return len(p), nil
}

func (l *listening) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}
