package templates

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/examples/echo/client"
)

// TestScaffolds does what somebody does who follows the README: a new server with
// each template, generated, vetted, tested and built without an edit, and used by
// clients that are not ours.
func TestScaffolds(t *testing.T) {
	t.Parallel()
	client.Need(t)

	t.Run("stdio", func(t *testing.T) {
		t.Parallel()
		client.Check(t, client.Stdio(scaffold(t, "stdio")), "testdata/stdio.json")
	})
	t.Run("http", func(t *testing.T) {
		t.Parallel()
		client.Check(t, client.Start(t, scaffold(t, "http"), "-http", "127.0.0.1:0"), "testdata/http.json")
	})
}

// scaffold makes a server of the template in a folder of its own and returns its
// binary.
func scaffold(t *testing.T, template string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "my-server")
	run := func(dir, command string, more ...string) {
		t.Helper()
		words := append(strings.Fields(command), more...)
		cmd := exec.CommandContext(t.Context(), words[0], words[1:]...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", strings.Join(words, " "), err, out)
		}
	}
	run("..", "go run ./cmd/mcpgen init -t", template, "example.com/my-server", dir)
	run(dir, "go generate ./...")
	run(dir, "go vet ./...")
	run(dir, "go test ./...")
	run(dir, "go build -o my-server .")
	return filepath.Join(dir, "my-server")
}
