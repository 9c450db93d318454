package runtime

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	goruntime "runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/mcpgen/mcpgen/runtime/internal/httpx"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// margin is what a busy machine may add to a limit of time.
const margin = 500 * time.Millisecond

// httpFaults are what a server has to survive. Each provokes a fault and returns
// how long it took until nothing of it was left.
var httpFaults = []struct {
	name  string
	bound time.Duration
	run   func(*testing.T) time.Duration
}{
	{"a page of another origin is refused before its body comes", margin, faultOrigin},
	{"a header does not end", quick.HeaderTimeout + margin, faultSlowHeader},
	{"a body does not end", quick.BodyTimeout + margin, faultSlowBody},
	{"a connection is not used", quickIdle + margin, faultIdleConnection},
	{"100 clients do not read answers of 16 MiB", quick.WriteStall + 4*margin, faultNeverReading},
	{"a client does not read the answer of a tool", 20 * margin, faultUnreadTool}, // most of it is the time to encode 6 MiB
	{"a client of 2025-11-25 goes during a call", margin, func(t *testing.T) time.Duration { return faultDisconnect(t, legacyVersion) }},
	{"a client of 2026-07-28 goes during a call", margin, func(t *testing.T) time.Duration { return faultDisconnect(t, modernVersion) }},
	{"middleware panics", margin, faultPanic},
	{"a session ends during a call that ignores it", endGrace + margin, faultDelete},
	{"1000 sessions are begun and left", quickSession + 8*margin, faultSessions},
	{"500 calls at one time", 8 * margin, faultCalls},
	{"a stream is silent behind a proxy", quick.KeepAlive + margin, faultSilence},
	{"bodies of more than the budget at one time", quick.BodyTimeout + margin, faultBudget},
	{"SIGTERM while a call runs and streams are open", httpGrace + unwindGrace + sessionGrace + margin, func(t *testing.T) time.Duration { return faultTerminated(t, "obedient") }},
	{"SIGTERM while a call runs that ignores it", httpGrace + unwindGrace + sessionGrace + margin, func(t *testing.T) time.Duration { return faultTerminated(t, "deaf") }},
}

// quick are limits for which a test can wait.
var quick = Limits{
	HeaderTimeout: 300 * time.Millisecond,
	BodyTimeout:   300 * time.Millisecond,
	WriteStall:    300 * time.Millisecond,
	KeepAlive:     100 * time.Millisecond,
	Requests:      32,
}

// Limits that are short enough to take something away from ordinary clients.
const (
	quickIdle    = 300 * time.Millisecond
	quickSession = 300 * time.Millisecond
)

// tries is how often a fault is measured before a machine that is busy with other
// things is no excuse.
const tries = 3

// httpFaultTable is what the faults took. It is printed last, where it is seen
// without -v.
var httpFaultTable strings.Builder

// TestHTTPFaults provokes the faults. It is not parallel, because it measures time;
// only what has processes of its own is, in itself.
func TestHTTPFaults(t *testing.T) {
	took := make([]time.Duration, len(httpFaults))
	t.Run("faults", func(t *testing.T) {
		for i, fault := range httpFaults {
			t.Run(fault.name, func(t *testing.T) {
				if strings.HasPrefix(fault.name, "SIGTERM") {
					t.Parallel()
				}
				for range tries {
					if took[i] = fault.run(t); took[i] <= fault.bound {
						break
					}
					t.Logf("it took %v", took[i])
				}
				if took[i] > fault.bound {
					t.Errorf("it took %v, want at most %v", took[i], fault.bound)
				}
			})
		}
	})
	w := tabwriter.NewWriter(&httpFaultTable, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "fault\tbound\ttook")
	for i, fault := range httpFaults {
		fmt.Fprintf(w, "%s\t%v\t%v\n", fault.name, fault.bound, took[i].Round(100*time.Microsecond))
	}
	w.Flush()
}

func faultOrigin(t *testing.T) time.Duration {
	addr := host(t, worker(atOnce))
	begin := time.Now()
	c := dial(t, addr, "POST /mcp HTTP/1.1\r\nHost: "+addr+"\r\nOrigin: http://evil.example\r\nContent-Length: 1000000\r\n\r\n")
	line, _ := bufio.NewReader(c).ReadString('\n')
	if !strings.Contains(line, "403") {
		t.Errorf("answer = %q, want 403", line)
	}
	return time.Since(begin)
}

// ended is how long a connection stays open.
func ended(c net.Conn) time.Duration {
	begin := time.Now()
	io.Copy(io.Discard, c)
	return time.Since(begin)
}

func faultSlowHeader(t *testing.T) time.Duration {
	addr := host(t, worker(atOnce))
	return ended(dial(t, addr, "POST /mcp HTTP/1.1\r\nHost: "+addr+"\r\nX-Slow: "))
}

func faultSlowBody(t *testing.T) time.Duration {
	addr := host(t, worker(atOnce))
	begin := time.Now()
	c := dial(t, addr, "POST /mcp HTTP/1.1\r\nHost: "+addr+"\r\nContent-Length: 1000000\r\n\r\n{")
	line, _ := bufio.NewReader(c).ReadString('\n')
	if !strings.Contains(line, "408") {
		t.Errorf("answer = %q, want 408", line)
	}
	return time.Since(begin)
}

func faultIdleConnection(t *testing.T) time.Duration {
	s := worker(atOnce)
	s.http.Limits.IdleTimeout = quickIdle
	addr := host(t, s)
	return ended(dial(t, addr, "GET /healthz HTTP/1.1\r\nHost: "+addr+"\r\n\r\n"))
}

func faultNeverReading(t *testing.T) time.Duration {
	large := make([]byte, 16<<20)
	failed := make(chan error, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		out := httpx.NewWriter(w, httpx.WriterOptions{Stall: quick.WriteStall})
		defer out.Close(nil, "")
		_, err := out.Write(large)
		failed <- err
	}))
	t.Cleanup(server.Close)
	begin := time.Now()
	for range cap(failed) {
		dial(t, server.Listener.Addr().String(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	}
	for range cap(failed) {
		if err := <-failed; !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("writing ends with %v, want that the time is over", err)
		}
	}
	return time.Since(begin)
}

func faultUnreadTool(t *testing.T) time.Duration {
	large := strings.Repeat("x", 6<<20)
	s := worker(func(context.Context) (string, error) { return large, nil })
	addr := host(t, s)
	r := rpc(t, t.Context(), addr, modernVersion, "", callToolMethod, workParams)
	var text bytes.Buffer
	if err := r.Write(&text); err != nil {
		t.Fatal(err)
	}
	c := dial(t, addr, text.String())
	c.SetReadBuffer(4 << 10)
	begin := time.Now()
	settle(t, "the connection is closed", func() bool {
		_, err := c.Write([]byte("x")) // is answered with a reset then
		return err != nil
	})
	answers(t, newClient(t), addr)
	return time.Since(begin)
}

func faultDisconnect(t *testing.T, version string) time.Duration {
	begun, ended := make(chan struct{}), make(chan struct{})
	addr := host(t, worker(func(ctx context.Context) (string, error) {
		close(begun)
		<-ctx.Done()
		close(ended)
		return "", ctx.Err()
	}))
	client, session := newClient(t), ""
	if version == legacyVersion {
		session = newSession(t, client, addr)
	}
	ctx, leave := context.WithCancel(t.Context())
	r := rpc(t, ctx, addr, version, session, callToolMethod, workParams)
	go func() {
		if response, err := client.Do(r); err == nil {
			io.Copy(io.Discard, response.Body)
			response.Body.Close()
		}
	}()
	<-begun
	begin := time.Now()
	leave()
	<-ended
	return time.Since(begin)
}

func faultPanic(t *testing.T) time.Duration {
	s := worker(atOnce)
	s.SDK().AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
		return func(ctx context.Context, method string, r mcp.Request) (mcp.Result, error) {
			if method == callToolMethod {
				panic("oops")
			}
			return next(ctx, method, r)
		}
	})
	addr, client := host(t, s), newClient(t)
	begin := time.Now()
	response, err := client.Do(rpc(t, t.Context(), addr, modernVersion, "", callToolMethod, workParams))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, _ := io.ReadAll(response.Body); !bytes.Contains(body, []byte("-32603")) || bytes.Contains(body, []byte("oops")) {
		t.Errorf("answer = %s, want a masked internal error", body)
	}
	answers(t, client, addr)
	return time.Since(begin)
}

func faultDelete(t *testing.T) time.Duration {
	begun, release := make(chan struct{}), make(chan struct{})
	addr := host(t, worker(func(context.Context) (string, error) {
		close(begun)
		<-release
		return "", nil
	}))
	defer close(release)
	client := newClient(t)
	session := newSession(t, client, addr)
	call := rpc(t, t.Context(), addr, legacyVersion, session, callToolMethod, workParams)
	go client.Do(call)
	<-begun
	r := rpc(t, t.Context(), addr, legacyVersion, session, pingMethod, `{}`)
	r.Method = http.MethodDelete
	begin := time.Now()
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	took := time.Since(begin)
	if response.StatusCode != http.StatusNoContent {
		t.Errorf("status = %d, want 204", response.StatusCode)
	}
	response, err = client.Do(rpc(t, t.Context(), addr, legacyVersion, session, pingMethod, `{}`))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusNotFound {
		t.Errorf("status after the end = %d, want 404", response.StatusCode)
	}
	return took
}

func faultSessions(t *testing.T) time.Duration {
	s := worker(atOnce)
	s.http.Limits = Limits{Sessions: 100, SessionUnused: quickSession}
	addr, client := host(t, s), newClient(t)
	kept := newSession(t, client, addr)
	begin := time.Now()
	refused := 0
	for range 1000 {
		if newSession(t, client, addr) == "" {
			refused++
		}
	}
	if refused == 0 {
		t.Error("no session was refused")
	}
	settle(t, "sessions that nobody uses", func() bool {
		for range s.SDK().Sessions() {
			return false
		}
		return true
	})
	took := time.Since(begin)
	if newSession(t, client, addr) == "" || newSession(t, client, addr) == kept {
		t.Error("no new session after the old ones have ended")
	}
	return took
}

func faultCalls(t *testing.T) time.Duration {
	var running atomic.Int64
	release := make(chan struct{})
	s := worker(func(context.Context) (string, error) {
		running.Add(1)
		<-release
		return "done", nil
	})
	s.http.Limits.Requests = quick.Requests
	addr := host(t, s)
	client := newClient(t)
	session := newSession(t, client, addr)
	begin := time.Now()
	var wg sync.WaitGroup
	var done, refused atomic.Int64
	for range 500 {
		r := rpc(t, t.Context(), addr, modernVersion, "", callToolMethod, workParams)
		wg.Go(func() {
			response, err := client.Do(r)
			if err != nil {
				t.Error(err)
				return
			}
			defer response.Body.Close()
			io.Copy(io.Discard, response.Body)
			switch {
			case response.StatusCode == http.StatusOK:
				done.Add(1)
			case response.StatusCode == http.StatusServiceUnavailable && response.Header.Get("Retry-After") != "":
				refused.Add(1)
			default:
				t.Errorf("status = %d, want 200 or 503 with Retry-After", response.StatusCode)
			}
		})
	}
	settle(t, "as many calls as are allowed", func() bool {
		return running.Load() == int64(quick.Requests) && refused.Load() == 500-int64(quick.Requests)
	})
	response, err := client.Do(rpc(t, t.Context(), addr, legacyVersion, session, pingMethod, `{}`))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Errorf("ping of a busy server: status = %d, want 200", response.StatusCode)
	}
	close(release)
	wg.Wait()
	if done.Load() != int64(quick.Requests) {
		t.Errorf("%d calls were answered, want %d", done.Load(), quick.Requests)
	}
	return time.Since(begin)
}

func faultSilence(t *testing.T) time.Duration {
	release := make(chan struct{})
	addr := host(t, worker(func(context.Context) (string, error) { <-release; return "done", nil }))
	begin := time.Now()
	response, err := newClient(t).Do(rpc(t, t.Context(), addr, modernVersion, "", callToolMethod, workParams))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if got := response.Header.Get("X-Accel-Buffering"); got != "no" {
		t.Errorf("X-Accel-Buffering = %q, want no", got)
	}
	stream := bufio.NewReader(response.Body)
	if line, err := stream.ReadString('\n'); line != ":\n" {
		t.Errorf("first line = %q, %v, want a comment", line, err)
	}
	took := time.Since(begin)
	close(release)
	if rest, err := io.ReadAll(stream); err != nil || !strings.Contains(string(rest), `"text":"done"`) {
		t.Errorf("rest = %q, %v, want the answer", rest, err)
	}
	return took
}

func faultBudget(t *testing.T) time.Duration {
	s := worker(atOnce)
	limits := quick
	limits.BodyBudget = 1 << 20
	s.http.Limits = limits
	addr := host(t, s)
	begin := time.Now()
	half := strings.Repeat(" ", 600<<10)
	head := "POST /mcp HTTP/1.1\r\nHost: " + addr + "\r\nContent-Length: 1000000\r\n\r\n"
	statuses := make(chan string, 2)
	for range 2 {
		c := dial(t, addr, head)
		go func() {
			io.WriteString(c, half)
			line, _ := bufio.NewReader(c).ReadString('\n')
			statuses <- line
		}()
	}
	both := <-statuses + <-statuses
	if !strings.Contains(both, "503") || strings.Count(both, "503")+strings.Count(both, "408") != 2 {
		t.Errorf("answers = %q, want 503 for what has no room and 408 for what is slow", both)
	}
	answers(t, newClient(t), addr)
	return time.Since(begin)
}

// serveEnv makes the test binary a server, of the kind that it names.
const serveEnv = "MCPGEN_TEST_SERVE"

// serveTerminated is the server of faultTerminated.
func serveTerminated(kind string) {
	os.Args = []string{"server", "-http", "127.0.0.1:0", "-log-level", "error"}
	Main(Info{Name: "server"}, addWork(func(ctx context.Context) (string, error) {
		fmt.Fprintln(os.Stderr, "begun")
		if kind == "deaf" {
			ctx = context.Background()
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Minute):
		}
		return "", ctx.Err()
	}))
}

func faultTerminated(t *testing.T, kind string) time.Duration {
	if goruntime.GOOS == "windows" {
		t.Skip("there are no signals")
	}
	server := exec.Command(os.Args[0])
	server.Env = append(os.Environ(), serveEnv+"="+kind, "GORACE=atexit_sleep_ms=0")
	stderr, err := server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Process.Kill() })
	lines := bufio.NewScanner(stderr)
	next := func(part string) string {
		for lines.Scan() {
			if strings.Contains(lines.Text(), part) {
				return lines.Text()
			}
		}
		t.Fatalf("the server says nothing of %q: %v", part, lines.Err())
		return ""
	}
	_, url, _ := strings.Cut(next("listening on"), "http://")
	addr := strings.TrimSuffix(url, Path)

	client := newClient(t)
	session := newSession(t, client, addr)
	open := func(r *http.Request, first string) *bufio.Reader {
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { response.Body.Close() })
		stream := bufio.NewReader(response.Body)
		for line := ""; !strings.Contains(line, first); {
			if line, err = stream.ReadString('\n'); err != nil {
				t.Fatalf("a stream ends before %q: %v", first, err)
			}
		}
		return stream
	}
	listening := open(rpc(t, t.Context(), addr, modernVersion, "", listenMethod, listenParams), "acknowledged")
	get := rpc(t, t.Context(), addr, legacyVersion, session, pingMethod, `{}`)
	get.Method, get.Body, get.ContentLength = http.MethodGet, nil, 0
	open(get, ": ok")
	answer := make(chan string, 1)
	call := rpc(t, t.Context(), addr, legacyVersion, session, callToolMethod, workParams)
	go func() {
		response, err := client.Do(call)
		if err != nil {
			answer <- err.Error()
			return
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		answer <- string(body)
	}()
	next("begun")

	begin := time.Now()
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(listening); err != nil || !strings.Contains(string(rest), `"resultType":"complete"`) {
		t.Errorf("the subscription ends with %q, %v, want its result", rest, err)
	}
	if took := time.Since(begin); took > margin {
		t.Errorf("the subscription ended after %v", took)
	}
	if err := server.Wait(); err != nil {
		t.Errorf("the server ends with %v", err)
	}
	took := time.Since(begin)
	if got := <-answer; kind == "obedient" && !strings.Contains(got, errStopped.Error()) {
		t.Errorf("answer = %q, want %q", got, errStopped)
	}
	return took
}
