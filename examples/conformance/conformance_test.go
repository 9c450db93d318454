package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/mcpgen/mcpgen/examples/echo/client"
)

// suite is the folder that the official suite is installed into.
const suite = "suite"

// TestConformance lets the official suite try this server, once with what it
// requires of each protocol version. Each check of the suite is a subtest.
func TestConformance(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the conformance suite is left out with -short")
	}
	if err := client.Install(suite); err != nil {
		t.Fatal(err)
	}
	server := client.Start(t, client.Build(t, "."), "-http", "127.0.0.1:0")
	for _, version := range []string{client.Newest, client.Older} {
		t.Run(version, func(t *testing.T) { conforms(t, server[0], version) })
	}
}

// conforms runs all scenarios of a version against the server at url.
func conforms(t *testing.T, url, version string) {
	results := t.TempDir()
	command := client.Script(t.Context(), suite, "@modelcontextprotocol/conformance/dist/index.js",
		"server", "--url", url, "--requirements", version, "--output-dir", results)
	output, failure := command.CombinedOutput()
	scenarios, err := filepath.Glob(filepath.Join(results, "server-*", "checks.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(scenarios) < 30 {
		t.Fatalf("the suite ran %d scenarios, want at least 30: %v\n%s", len(scenarios), failure, output)
	}
	for _, file := range scenarios {
		t.Run(scenario(file), func(t *testing.T) {
			for _, c := range checks(t, file) {
				t.Run(c.ID, c.test)
			}
		})
	}
	if failure != nil {
		t.Errorf("the suite says that what is required does not hold: %v", failure)
	}
}

// folder is how the suite names the results of a scenario: with the time behind.
var folder = regexp.MustCompile(`^server-(.*)-\d{4}-\d\d-\d\dT[-\d]*Z$`)

// scenario is the name of the one whose results are in file.
func scenario(file string) string {
	return folder.ReplaceAllString(filepath.Base(filepath.Dir(file)), "$1")
}

// check is one thing that the suite has looked at.
type check struct {
	ID, Status, Description, ErrorMessage string
}

func checks(t *testing.T, file string) []check {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []check
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return all
}

func (c check) test(t *testing.T) {
	switch c.Status {
	case "SUCCESS", "INFO":
	case "WARNING": // of what is recommended, not required
		t.Log(c.Description + ": " + c.ErrorMessage)
	case "SKIPPED":
		t.Skip(c.ErrorMessage)
	default:
		t.Errorf("%s: %s\n%s", c.Status, c.Description, c.ErrorMessage)
	}
}
