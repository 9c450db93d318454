package main

import (
	"reflect"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

func TestParse(t *testing.T) {
	t.Parallel()
	here := scan{Dir: "."}
	for _, test := range []struct {
		args string
		want command
	}{
		{"", &generateCommand{scan: here}},
		{"./... ./x", &generateCommand{scan: scan{Dir: ".", Packages: []string{"./...", "./x"}}}},
		{"generate ./...", &generateCommand{scan: scan{Dir: ".", Packages: []string{"./..."}}}},
		{"-json", &generateCommand{scan: here, JSON: true}},
		{"--json", &generateCommand{scan: here, JSON: true}},
		{"-json=true", &generateCommand{scan: here, JSON: true}},
		{"-n -v", &generateCommand{scan: here, DryRun: true, Verbose: true}},
		{"-nv", &generateCommand{scan: here, DryRun: true, Verbose: true}},
		{"-dry-run -verbose", &generateCommand{scan: here, DryRun: true, Verbose: true}},
		{"-C sub -tags a,b .", &generateCommand{scan: scan{Dir: "sub", Tags: "a,b", Packages: []string{"."}}}},
		{"-C=sub --tags=a,b", &generateCommand{scan: scan{Dir: "sub", Tags: "a,b"}}},
		{"-- -json", &generateCommand{scan: scan{Dir: ".", Packages: []string{"-json"}}}},
		{"check -tags x ./...", &checkCommand{scan{Dir: ".", Tags: "x", Packages: []string{"./..."}}}},
		{"inspect -json", &inspectCommand{scan: here, JSON: true}},
		{"init a.b/c", &initCommand{Template: "stdio", Module: "a.b/c"}},
		{"init -t http a.b/c d", &initCommand{Template: "http", Module: "a.b/c", Dir: "d"}},
		{"init -t=http a.b/c", &initCommand{Template: "http", Module: "a.b/c"}},
		{"init a.b/c -template http", &initCommand{Template: "http", Module: "a.b/c"}},
		{"help directives", &manualCommand{Topic: "directives"}},
		{"version", &versionCommand{}},
		{"-h", &manualCommand{}},
		{"./... -help", &manualCommand{}},
		{"check --help", &manualCommand{Topic: "check"}},
		{"init -h", &manualCommand{Topic: "init"}},
	} {
		got, err := parse(strings.Fields(test.args))
		if err != nil {
			t.Errorf("parse(%q): %v", test.args, err)
			continue
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("parse(%q) = %+v, want %+v", test.args, got, test.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ args, want string }{
		{"-bogus", "unknown flag --bogus; see mcpgen -h"},
		{"-tags", "--tags: expected string value"},
		{"check -n", "unknown flag -n"},
		{"init", `expected "<module>"; see mcpgen init -h`},
		{"init -t grpc a.b/c", `--template must be one of "stdio","http"`},
		{"init a.b/c d e", "unexpected argument e"},
	} {
		_, err := parse(strings.Fields(test.args))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("parse(%q): error %v, want one with %q", test.args, err, test.want)
		}
	}
}

// TestManual holds that the pages which people read and the grammar which mcpgen
// parses speak of the same commands and flags.
func TestManual(t *testing.T) {
	t.Parallel()
	parser, err := newParser(&cli{})
	if err != nil {
		t.Fatal(err)
	}
	overview := page(t, "mcpgen")
	for _, node := range parser.Model.Children {
		if node != parser.Model.DefaultCmd && !strings.Contains(overview, "    mcpgen "+node.Name) {
			t.Errorf("the overview does not mention the command %s", node.Name)
		}
		text := overview
		if _, err := pages.Open("help/" + node.Name + ".txt"); err == nil {
			text = page(t, node.Name)
		}
		for _, flag := range node.Flags {
			if spelling := flagInManual(flag); !strings.Contains(text, spelling) {
				t.Errorf("the manual of %s does not mention %q", node.Name, spelling)
			}
		}
	}
}

func page(t *testing.T, name string) string {
	t.Helper()
	text, err := pages.ReadFile("help/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// flagInManual is the beginning of a flag's entry.
func flagInManual(flag *kong.Flag) string {
	switch {
	case flag.Name == "chdir": // spelled as the go command does
		return "\n    -C DIR"
	case flag.Short != 0:
		return "\n    -" + string(flag.Short) + ", -" + flag.Name
	default:
		return "\n    -" + flag.Name
	}
}
