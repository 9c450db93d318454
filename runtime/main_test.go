package runtime

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// output is what a program writes, also while it runs.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

func TestRun(t *testing.T) {
	t.Parallel()
	broken := func(s *Server) {
		s.OnStart(func(_ context.Context, scope *Scope) error {
			_, err := Provide(scope, "example.com/sales.OpenDB", func() (int, error) { return 0, errors.New("open sales.db: no such file") })
			return err
		})
	}
	const usageLine = "usage: sales [-http ADDR [HTTP FLAGS]] [-idle-exit TIME] [-log-level LEVEL] [-check-results] [-state-key-file FILE] [-version] [-h]\n"
	for _, row := range []struct {
		name     string
		args     []string
		stdin    string
		terminal bool
		register func(*Server)
		status   int
		stdout   string // has to be in it; "" for no output
		stderr   string // has to be all of it, but for what follows an ellipsis
	}{
		{name: "end of input", status: 0},
		{name: "answers", stdin: initialize + callWork, stdout: `"text":"done"`, status: 0},
		{name: "version", args: []string{"-version"}, stdout: "sales v1.2.3 (go1.", status: 0},
		{name: "manual", args: []string{"-h"}, stdout: `"mcpServers"`, status: 0},
		{name: "help", args: []string{"--help"}, stdout: "claude mcp add sales -- ", status: 0},
		{name: "unknown flag", args: []string{"-port", "1"}, stderr: "sales: flag provided but not defined: -port\n" + usageLine, status: 2},
		{name: "argument", args: []string{"8080"}, stderr: "sales: unexpected argument \"8080\"\n" + usageLine, status: 2},
		{
			name: "log level", args: []string{"-log-level", "loud"}, status: 2,
			stderr: "sales: invalid value \"loud\" for flag -log-level: want debug, info, warn or error\n" + usageLine,
		},
		{name: "state keys", args: []string{"-state-key-file", "testdata/none"}, stderr: "sales: open testdata/none: …", status: 1},
		{name: "address", args: []string{"-http", "8080"}, stderr: "sales: address 8080: missing port in address\n", status: 1},
		{name: "no host", args: []string{"-http", ":0", "-allow-host", "a,,b"}, stderr: "sales: invalid value \"a,,b\" for flag -allow-host: want values separated by commas\n" + usageLine, status: 2},
		{name: "half a certificate", args: []string{"-http", ":0", "-tls-cert", "cert.pem"}, stderr: "sales: -tls-cert and -tls-key go together\n" + usageLine, status: 2},
		{name: "no certificate", args: []string{"-http", ":0", "-tls-cert", "none.pem", "-tls-key", "none.pem"}, stderr: "sales: TLS: open none.pem: no such file or directory\n", status: 1},
		{name: "open to all", args: []string{"-http", "0.0.0.0:0"}, stderr: "sales: whoever reaches 0.0.0.0:0 could call every tool: …", status: 1},
		{name: "start failure", register: broken, stderr: "sales: example.com/sales.OpenDB: open sales.db: no such file\n", status: 1},
		{name: "start failure with HTTP", args: []string{"-http", ":0"}, register: broken, stderr: "sales: example.com/sales.OpenDB: open sales.db: no such file\n", status: 1},
		{name: "panic", args: []string{"-log-level", "error"}, register: func(*Server) { panic("oops") }, stderr: "…sales: registering: panic: oops\n", status: 1},
		{name: "twice", register: addWork(atOnce), stderr: "sales: tool work is registered twice, by …", status: 1},
		{name: "no protocol", stdin: "hello\n", stdout: `"error":{"code":-32700,`, status: 0},
		{name: "terminal", terminal: true, stderr: "sales: this MCP server is waiting for a client on standard input; try …", status: 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr output
			p := &program{
				args:     row.args,
				stdin:    io.NopCloser(strings.NewReader(row.stdin)),
				stdout:   &stdout,
				stderr:   &stderr,
				terminal: row.terminal,
			}
			register := []func(*Server){addWork(atOnce)}
			if row.register != nil {
				register = append(register, row.register)
			}
			if got := p.run(Info{Name: "sales", Version: "v1.2.3"}, register); got != row.status {
				t.Errorf("status = %d, want %d", got, row.status)
			}
			if got := stdout.String(); !strings.Contains(got, row.stdout) || row.stdout == "" && got != "" {
				t.Errorf("stdout = %q, want %q in it", got, row.stdout)
			}
			if got := stderr.String(); !matches(got, row.stderr) {
				t.Errorf("stderr = %q, want %q", got, row.stderr)
			}
		})
	}
}

// matches compares text with a pattern that may begin or end with an ellipsis.
func matches(text, pattern string) bool {
	rest, open := strings.CutPrefix(pattern, "…")
	rest, openEnd := strings.CutSuffix(rest, "…")
	switch {
	case open && openEnd:
		return strings.Contains(text, rest)
	case open:
		return strings.HasSuffix(text, rest)
	case openEnd:
		return strings.HasPrefix(text, rest)
	}
	return text == rest
}

func TestManualIsWhole(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	writeManual(&page, Info{Name: "sales", Description: "answers questions about sales"})
	if got := page.String(); strings.Contains(got, "%!") || strings.Contains(got, "%[") {
		t.Errorf("the manual page has a verb that does not fit:\n%s", got)
	}
}

func TestRunChecksResults(t *testing.T) {
	t.Parallel()
	wrong := func(s *Server) {
		AddTool(s, Tool{Name: "work", InputSchema: `{"type": "object"}`, OutputSchema: `{"type": "object", "required": ["n"]}`}, NoArguments,
			func(context.Context, *Call, struct{}) (*Result, error) { return structured([]byte(`{"m":1}`)), nil })
	}
	for _, args := range [][]string{nil, {"-check-results"}} {
		var stdout, stderr output
		p := &program{args: args, stdin: io.NopCloser(strings.NewReader(initialize + callWork)), stdout: &stdout, stderr: &stderr}
		p.run(Info{Name: "sales"}, []func(*Server){wrong})
		if got, want := stdout.String(), `"structuredContent":{"m":1}`; !strings.Contains(got, want) {
			t.Errorf("%v: stdout = %q, want %q in it", args, got, want)
		}
		const line = `msg="the result does not fit the output schema" tool=work pointer="" reason=`
		if got, want := strings.Contains(stderr.String(), line), args != nil; got != want {
			t.Errorf("%v: stderr = %q, want %q in it: %t", args, stderr.String(), line, want)
		}
	}
}

func TestRunLogsAtItsLevel(t *testing.T) {
	t.Parallel()
	for level, want := range map[string]bool{"debug": true, "info": false} {
		var stderr output
		p := &program{
			args:   []string{"-log-level", level},
			stdin:  io.NopCloser(strings.NewReader(initialize)),
			stdout: io.Discard,
			stderr: &stderr,
		}
		p.run(Info{}, nil)
		if got := strings.Contains(stderr.String(), "level=DEBUG"); got != want {
			t.Errorf("with -log-level %s, has a debug line = %v, want %v:\n%s", level, got, want, stderr.String())
		}
	}
}

func TestRunStopsAtASignal(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name    string
		work    func(release <-chan struct{}) func(context.Context) (string, error)
		signals int
		status  int
		took    time.Duration
		answer  string
	}{
		{"a call that obeys", func(<-chan struct{}) func(context.Context) (string, error) {
			return func(ctx context.Context) (string, error) { <-ctx.Done(); return "", ctx.Err() }
		}, 1, 0, 0, "the server is shutting down"},
		{"a call that does not", func(release <-chan struct{}) func(context.Context) (string, error) {
			return func(context.Context) (string, error) { <-release; return "", nil }
		}, 1, 0, unwindGrace, ""},
		{"twice", func(release <-chan struct{}) func(context.Context) (string, error) {
			return func(context.Context) (string, error) { <-release; return "", nil }
		}, 2, 1, 0, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				in, client := io.Pipe()
				var stdout, stderr output
				signals := make(chan os.Signal, 2)
				release := make(chan struct{})
				p := &program{stdin: in, stdout: &stdout, stderr: &stderr, signals: signals}
				status := make(chan int, 1)
				go func() { status <- p.run(Info{Name: "sales"}, []func(*Server){addWork(row.work(release))}) }()
				io.WriteString(client, initialize+callWork)
				synctest.Wait()

				begin := time.Now()
				for range row.signals {
					signals <- os.Interrupt
				}
				if got := <-status; got != row.status {
					t.Errorf("status = %d, want %d; stderr:\n%s", got, row.status, stderr.String())
				}
				if took := time.Since(begin); took != row.took {
					t.Errorf("stopping took %v, want %v", took, row.took)
				}
				if !strings.Contains(stdout.String(), row.answer) {
					t.Errorf("stdout has no %q:\n%s", row.answer, stdout.String())
				}
				close(release)
				client.Close()
			})
		})
	}
}

func TestRunGivesUpOnAStartThatHangs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		signals := make(chan os.Signal, 1)
		var stderr output
		p := &program{stdin: io.NopCloser(strings.NewReader("")), stdout: io.Discard, stderr: &stderr, signals: signals}
		signals <- os.Interrupt
		begin := time.Now()
		status := p.run(Info{Name: "sales"}, []func(*Server){func(s *Server) {
			s.OnStart(func(context.Context, *Scope) error { <-release; return nil })
		}})
		if status != 1 || !strings.Contains(stderr.String(), "something does not stop") {
			t.Errorf("status = %d, stderr %q, want 1 and a reason", status, stderr.String())
		}
		if took := time.Since(begin); took != stopLimit {
			t.Errorf("it took %v, want %v", took, stopLimit)
		}
		close(release)
	})
}

func TestRunServesHTTP(t *testing.T) {
	t.Parallel()
	stderr, w := io.Pipe()
	signals := make(chan os.Signal, 1)
	p := &program{args: []string{"-http", "127.0.0.1:0", "-log-level", "error"}, stdout: io.Discard, stderr: w, signals: signals}
	status := make(chan int, 1)
	go func() { status <- p.run(Info{Name: "sales"}, []func(*Server){addWork(atOnce)}) }()
	line := make([]byte, 256)
	n, err := stderr.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(line[:n]); !matches(got, "sales: listening on http://127.0.0.1:…") {
		t.Errorf("stderr = %q, want the URL", got)
	}
	signals <- os.Interrupt
	if got := <-status; got != 0 {
		t.Errorf("status = %d, want 0", got)
	}
}
