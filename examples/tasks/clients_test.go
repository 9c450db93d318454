package main

import (
	"os"
	"os/exec"
	"testing"

	"github.com/mcpgen/mcpgen/examples/echo/client"
	"github.com/mcpgen/mcpgen/examples/tasks/venv"
)

// TestRequesters has clients that know tasks try those of this server: the official
// task library, in both eras, and what the official client of 2025-11-25 has itself.
func TestRequesters(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the TypeScript clients are left out with -short")
	}
	const folder = "requester"
	if _, err := os.ReadDir(folder); err != nil { // a remembered result does not count when a script has changed
		t.Fatal(err)
	}
	if err := client.Install(folder); err != nil {
		t.Fatal(err)
	}
	binary := client.Build(t, ".")
	for transport, server := range map[string]client.Target{
		"stdio": client.Stdio(binary),
		"http":  client.Start(t, binary, "-http", "127.0.0.1:0"),
	} {
		for _, script := range []string{"requesters.test.mjs", "sdk.test.mjs"} {
			t.Run(transport+" "+script, func(t *testing.T) {
				t.Parallel()
				node := exec.CommandContext(t.Context(), "node", append([]string{"--test-reporter=spec", script}, server...)...)
				node.Dir = folder
				report, err := node.CombinedOutput()
				if err != nil {
					t.Fatalf("%v\n%s", err, report)
				}
				t.Logf("%s", report)
			})
		}
	}
}

// TestFastMCP has the client of FastMCP try the tasks of this server.
func TestFastMCP(t *testing.T) {
	t.Parallel()
	python := venv.Python(t, "fastmcp/requirements.txt")
	server := client.Start(t, client.Build(t, "."), "-http", "127.0.0.1:0")
	report, err := exec.CommandContext(t.Context(), python, "fastmcp/try_tasks.py", "-v", server[0]).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, report)
	}
	t.Logf("%s", report)
}
