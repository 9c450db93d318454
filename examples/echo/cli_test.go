package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/examples/echo/client"
)

// The clients for the command line, by their scripts. Folder cli has them pinned.
const (
	inspector = "@modelcontextprotocol/inspector/clients/launcher/build/index.js"
	mcporter  = "mcporter/dist/cli.js"
)

// use is one use of a client: the words of its command line, a part of the JSON
// that it has to print, and the status that it has to end with.
type use struct {
	name   string
	words  []string
	want   string
	status int
}

var inspectorUses = []use{
	{"tools", []string{"--method", "tools/list", "--strict"}, `"name":"echo_tool"`, 0},
	{"tool", []string{"--method", "tools/call", "--tool-name", "echo_tool", "--tool-arg", "text=hello"}, `"text":"hello"`, 0},
	{"wrong argument", []string{"--method", "tools/call", "--tool-name", "echo_tool", "--tool-arg", "txt=hello"}, `did you mean \"text\"?`, 5},
	{"resources", []string{"--method", "resources/list"}, `"uri":"echo://static"`, 0},
	{"templates", []string{"--method", "resources/templates/list"}, `"uriTemplate":"echo://{text}"`, 0},
	{"resource", []string{"--method", "resources/read", "--uri", "echo://static"}, `"text":"Echo!"`, 0},
	{"template", []string{"--method", "resources/read", "--uri", "echo://hello%20world"}, `"text":"Echo: hello world"`, 0},
	{"prompts", []string{"--method", "prompts/list"}, `"name":"echo"`, 0},
	{"prompt", []string{"--method", "prompts/get", "--prompt-name", "echo", "--prompt-args", "text=hello"}, `"text":"hello"`, 0},
}

// Prompts are nothing that this client knows.
var mcporterUses = []use{
	{"tools", []string{"list", "echo", "--json"}, `"name":"echo_tool"`, 0},
	{"tool", []string{"call", "echo.echo_tool", "text=hello", "--output", "json"}, `"text":"hello"`, 0},
	{"wrong argument", []string{"call", "echo.echo_tool", "txt=hello", "--output", "json"}, `did you mean \"text\"?`, 1},
	{"resources", []string{"resource", "echo", "--json"}, `"uri":"echo://static"`, 0},
	{"resource", []string{"resource", "echo", "echo://static", "--json"}, `"text":"Echo!"`, 0},
	{"template", []string{"resource", "echo", "echo://hello%20world", "--json"}, `"text":"Echo: hello world"`, 0},
}

func TestInspector(t *testing.T) {
	t.Parallel()
	installCLI(t)
	for transport, server := range servers(t) {
		for _, era := range []string{"legacy", "modern"} {
			for _, u := range inspectorUses {
				t.Run(transport+"/"+era+"/"+u.name, func(t *testing.T) {
					t.Parallel()
					words := append([]string{"--cli", "--format", "json", "--protocol-era", era}, server...)
					words = append(words, u.words...)
					if err := u.try(t.Context(), t.TempDir(), inspector, words); err != nil {
						t.Error(err)
					}
				})
			}
		}
	}
}

func TestMcporter(t *testing.T) {
	t.Parallel()
	installCLI(t)
	for transport, server := range servers(t) {
		config := mcporterConfig(t, server)
		for _, u := range mcporterUses {
			t.Run(transport+"/"+u.name, func(t *testing.T) {
				t.Parallel()
				words := append([]string{"--config", config}, u.words...)
				if err := u.try(t.Context(), t.TempDir(), mcporter, words); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// A check that cannot fail shows nothing.
func TestCLIReportsDifferences(t *testing.T) {
	t.Parallel()
	installCLI(t)
	list := append([]string{"--cli", "--method", "tools/list"}, client.Build(t, "."))
	for _, c := range []struct {
		name string
		use  use
		want string
	}{
		{"answer", use{words: list, want: `"name":"shout"`}, `want "name":"shout"`},
		{"status", use{words: list, status: 5}, "want status 5"},
		{"failure", use{words: []string{"--cli", "--method", "tools/list", "--format", "json", "./missing"}}, "./missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			err := c.use.try(t.Context(), t.TempDir(), inspector, c.use.words)
			if err == nil {
				t.Fatal("nothing was found wrong")
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error does not say %q:\n%v", c.want, err)
			}
		})
	}
}

// try runs a client and says what is wrong with how it ended, if anything. What
// the client keeps of its own it finds and leaves in home.
func (u use) try(ctx context.Context, home, script string, words []string) error {
	var stdout, stderr bytes.Buffer
	command := client.Script(ctx, "cli", script, words...)
	command.Env = append(os.Environ(), "HOME="+home, "USERPROFILE="+home)
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil && command.ProcessState == nil {
		return err
	}
	printed := fmt.Sprintf("%s\nstdout:\n%s\nstderr:\n%s", strings.Join(words, " "), &stdout, &stderr)
	if got := command.ProcessState.ExitCode(); got != u.status {
		return fmt.Errorf("got status %d, want status %d: %s", got, u.status, printed)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, stdout.Bytes()); err != nil {
		return fmt.Errorf("%w: %s", err, printed)
	}
	if !strings.Contains(compact.String(), u.want) {
		return fmt.Errorf("want %s: %s", u.want, printed)
	}
	return nil
}

// installCLI makes sure that the clients are there.
func installCLI(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("the clients for the command line are left out with -short")
	}
	// Looked at, so that a remembered result does not outlive a change of it.
	if _, err := os.Stat(filepath.Join("cli", "package-lock.json")); err != nil {
		t.Fatal(err)
	}
	if err := client.Install("cli"); err != nil {
		t.Fatal(err)
	}
}

// servers are the ways to this server, by the name of their transport: its
// command, or the URL at which it listens.
func servers(t *testing.T) map[string][]string {
	t.Helper()
	binary := client.Build(t, ".")
	return map[string][]string{
		"stdio": {binary},
		"http":  client.Start(t, binary, "-http", "127.0.0.1:0"),
	}
}

// mcporterConfig writes a file that names a server echo, and returns its path.
func mcporterConfig(t *testing.T, server []string) string {
	t.Helper()
	key := "command"
	if strings.HasPrefix(server[0], "http") {
		key = "url"
	}
	config, err := json.Marshal(map[string]any{
		"mcpServers": map[string]any{"echo": map[string]string{key: server[0]}},
		"imports":    []string{}, // of what other programs on this machine have set up
	})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "mcporter.json")
	if err := os.WriteFile(path, config, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
