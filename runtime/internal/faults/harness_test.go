//go:build linux

package faults

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"
)

var (
	rounds = flag.Int("rounds", 0, "how many times to measure each fault, each of which counts")
	hogs   = flag.Int("hogs", 0, "how many processes keep the processors busy meanwhile")
)

// binary is the server, built without the race detector, which costs memory.
var binary string

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	folder, err := os.MkdirTemp("", "faults")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	binary = filepath.Join(folder, "server")
	if out, err := exec.Command("go", "build", "-o", binary, "./testdata/server").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building the server: %v\n%s", err, out)
		return 1
	}
	for range *hogs {
		hog := exec.Command("sh", "-c", "while :; do :; done")
		if hog.Start() == nil {
			defer hog.Process.Kill()
		}
	}
	// A signal that is ignored here, as under nohup, would be ignored by what is
	// started; one that is caught is not.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	code := m.Run()
	fmt.Print(table.String())
	return code
}

// A fault is one row: what is done to a server, and what it may take.
type fault struct {
	id, name string
	bound    time.Duration
	measure  func(t *testing.T) time.Duration
}

// tries is how often a fault is measured before a machine that is busy with other
// things is no excuse.
const tries = 3

// most returns the longest time of all rounds. Without rounds it returns the first
// that is within the bound, if there is one.
func (f *fault) most(t *testing.T) (most time.Duration) {
	for range *rounds {
		most = max(most, f.measure(t))
	}
	if *rounds > 0 {
		return most
	}
	for range tries {
		if most = f.measure(t); most <= f.bound {
			break
		}
		t.Logf("it took %v", most)
	}
	return most
}

const (
	idle    = 250 * time.Millisecond  // nothing is running
	dead    = 500 * time.Millisecond  // the client is gone
	drained = 1500 * time.Millisecond // the input has ended while calls run
	signal1 = 500 * time.Millisecond
	signal2 = 50 * time.Millisecond
	reply   = 250 * time.Millisecond
)

// table is what the faults took. It is printed last, where it is seen without -v.
var table bytes.Buffer

// TestFaults tries every fault.
func TestFaults(t *testing.T) {
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\tfault\tbound\tmeasured")
	for _, f := range slices.Concat(endings, lines, floods, strays) {
		t.Run(f.id+" "+f.name, func(t *testing.T) {
			most := f.most(t)
			fmt.Fprintf(w, "%s\t%s\t%v\t%v\n", f.id, f.name, f.bound, most.Round(100*time.Microsecond))
			if most > f.bound {
				t.Errorf("it took %v, want at most %v", most, f.bound)
			}
		})
	}
	w.Flush()
}

// process is a server with the test as its client.
type process struct {
	*Peer
	t      *testing.T
	cmd    *exec.Cmd
	in     *os.File
	out    *os.File
	stderr *safeBuffer
	ended  chan struct{}
}

// start starts a command, by default the server, on pipes.
func start(t *testing.T, change func(*exec.Cmd), command ...string) *process {
	t.Helper()
	if len(command) == 0 {
		command = []string{binary}
	}
	serverIn, in := pipe(t)
	out, serverOut := pipe(t)
	p := &process{
		Peer: NewPeer(in, out), t: t, in: in, out: out,
		cmd: exec.Command(command[0], command[1:]...), stderr: new(safeBuffer), ended: make(chan struct{}),
	}
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = serverIn, serverOut, p.stderr
	p.cmd.WaitDelay = time.Second
	if change != nil {
		change(p.cmd)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	serverIn.Close()
	serverOut.Close()
	go func() {
		p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		p.cmd.Process.Kill()
		<-p.ended
	})
	return p
}

// serving starts a server and begins a session.
func serving(t *testing.T, change func(*exec.Cmd), command ...string) *process {
	t.Helper()
	p := start(t, change, command...)
	must(t, p.Initialize())
	return p
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close(); w.Close() })
	return r, w
}

// patience is when a test gives up.
const patience = 20 * time.Second

// exit waits for the end of the process and checks its status, -1 for a signal.
func (p *process) exit(want int) {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		p.t.Fatalf("the server is alive after %v", patience)
	}
	if got := p.cmd.ProcessState.ExitCode(); got != want {
		p.t.Errorf("the exit status is %d, want %d; standard error:\n%s", got, want, p.stderr)
	}
}

// took measures f.
func took(f func()) time.Duration {
	begin := time.Now()
	f()
	return time.Since(begin)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// answer is the answer to a call; the texts have to be in it.
func (p *process) answer(id, what, with string, texts ...string) string {
	p.t.Helper()
	line, err := p.Call(id, what, with)
	must(p.t, err)
	for _, text := range texts {
		if !strings.Contains(line, text) {
			p.t.Errorf("the answer to %s is %.500s, want %s in it", what, line, text)
		}
	}
	return line
}

// probe checks that the server is still well.
func (p *process) probe() {
	p.t.Helper()
	d := took(func() { p.answer(`"probe"`, "echo", "alive", `"text":"alive"`) })
	if d > reply {
		p.t.Errorf("a call took %v, want at most %v", d, reply)
	}
}

// text is the text that a tool returned.
func text(line string) string {
	_, rest, _ := strings.Cut(line, `"text":"`)
	text, _, _ := strings.Cut(rest, `"`)
	return text
}

// safeBuffer is a buffer that a process may write to while the test reads.
type safeBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// watched is a process that is not our child.
type watched struct {
	pid   int
	epoll int
}

// watch watches a process by its id.
func watch(t *testing.T, pid int) *watched {
	t.Helper()
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	must(t, err)
	t.Cleanup(func() { syscall.Close(epoll) })
	other, err := os.FindProcess(pid)
	must(t, err)
	t.Cleanup(func() { other.Kill(); other.Release() })
	err = other.WithHandle(func(handle uintptr) {
		must(t, syscall.EpollCtl(epoll, syscall.EPOLL_CTL_ADD, int(handle), &syscall.EpollEvent{Events: syscall.EPOLLIN}))
	})
	must(t, err)
	return &watched{pid, epoll}
}

// gone waits until the process has ended, and reports whether it has in time.
func (w *watched) gone(limit time.Duration) bool {
	deadline := time.Now().Add(limit)
	for {
		left := max(time.Until(deadline), 0)
		n, err := syscall.EpollWait(w.epoll, make([]syscall.EpollEvent, 1), int(left.Milliseconds()))
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		return n == 1
	}
}

// clients starts a client with servers and returns what watches these.
func clients(t *testing.T, n int, what, leak string, command ...string) (*exec.Cmd, []*watched) {
	t.Helper()
	arguments := append([]string{"client", strconv.Itoa(n), what, leak}, command...)
	c := exec.Command(binary, arguments...)
	stdout, err := c.StdoutPipe()
	must(t, err)
	c.Stderr = os.Stderr
	must(t, c.Start())
	t.Cleanup(func() { c.Process.Kill(); c.Wait() })
	line, err := NewPeer(nil, stdout).Out.ReadString('\n')
	must(t, err)
	var servers []*watched
	for _, field := range strings.Fields(line) {
		pid, err := strconv.Atoi(field)
		must(t, err)
		servers = append(servers, watch(t, pid))
	}
	if len(servers) != n {
		t.Fatalf("%d servers have started, want %d", len(servers), n)
	}
	return c, servers
}

// allGone waits for the end of all.
func allGone(t *testing.T, all []*watched) {
	t.Helper()
	for _, w := range all {
		if !w.gone(patience) {
			t.Fatalf("process %d is alive after %v", w.pid, patience)
		}
	}
}

// resident is the most memory that a process has had, in MiB.
func resident(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	must(t, err)
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kilobytes, err := strconv.Atoi(strings.Fields(rest)[0])
	must(t, err)
	return kilobytes >> 10
}

// within checks that a server has not had more memory than that, in MiB.
func (p *process) within(most int) {
	p.t.Helper()
	got := resident(p.t, p.cmd.Process.Pid)
	p.t.Logf("%d MiB resident at most", got)
	if got > most {
		p.t.Errorf("%d MiB resident, want at most %d", got, most)
	}
}

// readAll reads what is left of the output.
func (p *process) readAll() string {
	data, _ := io.ReadAll(p.Out)
	return string(data)
}
