package runtime

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	goruntime "runtime"
	"strings"
	"testing"
)

// hostileProcess in the environment makes the test binary a server of [taker].
const hostileProcess = "MCPGEN_TEST_HOSTILE_PROCESS"

func TestMain(m *testing.M) {
	if os.Getenv(hostileProcess) != "" {
		if err := serveHostile(); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return
	}
	if kind := os.Getenv(serveEnv); kind != "" {
		serveTerminated(kind)
		return
	}
	code := m.Run()
	fmt.Print(httpFaultTable.String())
	os.Exit(code)
}

// serveHostile prints its URL, serves HTTP until its input ends, and prints how
// many bytes of memory it ever had from the system.
func serveHostile() error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() {
		io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	s := NewServer(Info{Name: "taker"}, WithLogger(slog.New(slog.NewTextHandler(os.Stderr, nil))))
	s.http.Limits.BodyBytes = 5 << 20 // 4 MB of text are to reach the decoder
	addTake(s, func() { fmt.Println("the tool is called") })
	if err := s.listenAndServe(ctx, "127.0.0.1:0", func(url string) { fmt.Println(url) }); err != nil {
		return err
	}
	var m goruntime.MemStats
	goruntime.ReadMemStats(&m)
	fmt.Println(m.Sys)
	return nil
}

// TestHostileProcess sends to a server of its own what [TestHostileArguments] sends
// within this process, over HTTP: it refuses all of it, goes on serving, and never
// has more than a bounded amount of memory.
func TestHostileProcess(t *testing.T) {
	t.Parallel()
	server := exec.Command(os.Args[0])
	server.Env = append(os.Environ(), hostileProcess+"=1")
	stdin, err := server.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	server.Stderr = &stderr
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	defer stdin.Close() // ends it, should the test fail before
	lines := bufio.NewScanner(stdout)
	lines.Scan()
	url := lines.Text()

	for name, test := range hostile {
		for range 2 { // twice: what the first leaves behind would add up
			status, answer := postTake(t, url, test.arguments())
			refused := strings.Contains(answer, test.want) &&
				(status == http.StatusOK && strings.Contains(answer, `"isError":true`) || status/100 == 4 && strings.HasPrefix(test.want, `"error"`))
			// To compare them with headers, the SDK reads arguments before the decoder
			// could say what is wrong with numbers that no float64 holds.
			refused = refused || status == http.StatusBadRequest && strings.Contains(answer, "failed to extract name")
			if !refused || len(answer) > 4000 {
				t.Errorf("%s: status %d with %d bytes, %.300s; want a short error with %q", name, status, len(answer), answer, test.want)
			}
		}
	}
	if status, answer := postTake(t, url, `{"count":"x"}`); status != http.StatusOK || !strings.Contains(answer, "/count: expected an integer") {
		t.Errorf("after all, an ordinary mistake is answered with status %d, %s", status, answer)
	}

	stdin.Close()
	lines.Scan()
	var most int
	if _, err := fmt.Sscan(lines.Text(), &most); err != nil {
		t.Errorf("the server printed %q instead of its memory", lines.Text())
	}
	if err := server.Wait(); err != nil {
		t.Errorf("the server ended with %v", err)
	}
	if strings.Contains(stderr.String(), "panic") {
		t.Errorf("the server panicked:\n%s", stderr.String())
	}
	const limit = 128 << 20 // it has about 30, and 40 with the race detector
	if most > limit {
		t.Errorf("the server had %d MB of memory, want at most %d", most>>20, limit>>20)
	}
	t.Logf("the server had at most %d MB of memory", most>>20)
}

// postTake calls the tool over HTTP, as a client of the newest protocol does.
func postTake(t *testing.T, url, arguments string) (status int, answer string) {
	t.Helper()
	body := `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"take","arguments":` + arguments +
		`,"_meta":{"io.modelcontextprotocol/protocolVersion":"` + modernVersion + `","io.modelcontextprotocol/clientCapabilities":{},` +
		`"io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"}}}}`
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"Content-Type": "application/json", "Accept": "application/json, text/event-stream",
		"Mcp-Protocol-Version": modernVersion, "Mcp-Method": "tools/call", "Mcp-Name": "take",
	} {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatalf("%.80s: %v", arguments, err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(data)
}
