package main

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/mod/modfile"
)

func TestProgramName(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ module, want string }{
		{"weather", "weather"},
		{"example.com/weather", "weather"},
		{"example.com/teams/weather/v2", "weather"},
		{"gopkg.in/weather.v3", "weather"},
		{"example.com/v2", "example.com"},
	} {
		if got := programName(test.module); got != test.want {
			t.Errorf("programName(%q) = %q, want %q", test.module, got, test.want)
		}
	}
}

func TestGoMod(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		from origin
		want string
	}{
		{"release", origin{version: "v1.2.3"}, `module example.com/weather

go ` + goVersion + `

tool github.com/mcpgen/mcpgen/cmd/mcpgen

require github.com/mcpgen/mcpgen v1.2.3
`},
		{"checkout", origin{checkout: "/home/me/my src/mcpgen"}, `module example.com/weather

go ` + goVersion + `

tool github.com/mcpgen/mcpgen/cmd/mcpgen

require github.com/mcpgen/mcpgen v0.0.0

replace github.com/mcpgen/mcpgen => "/home/me/my src/mcpgen"
`},
	} {
		got, err := goMod("example.com/weather", test.from)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if string(got) != test.want {
			t.Errorf("%s: go.mod is\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

// TestGoVersion holds that scaffolds ask for the Go that we ask for.
func TestGoVersion(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := modfile.ParseLax("go.mod", content, nil)
	if err != nil {
		t.Fatal(err)
	}
	if goVersion != f.Go.Version {
		t.Errorf("goVersion is %s, go.mod says %s", goVersion, f.Go.Version)
	}
}

func TestReleased(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		version string
		want    bool
	}{
		{"v1.2.3", true},
		{"v0.0.0-20261121143000-0123456789ab", true},
		{"v0.0.0-20261121143000-0123456789ab+dirty", false},
		{"v1.2.3+dirty", false},
		{"(devel)", false},
		{"", false},
	} {
		if got := released(test.version); got != test.want {
			t.Errorf("released(%q) = %t, want %t", test.version, got, test.want)
		}
	}
}

// TestWriteScaffoldCleansUp lets the second file fail: the first must be gone.
func TestWriteScaffoldCleansUp(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	err := writeScaffold(dir, map[string][]byte{"a.go": nil, "b/../../escaped.go": nil})
	if err == nil {
		t.Fatal("no error for a file outside the folder")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 0 {
		t.Errorf("the folder holds %v, want nothing", entries)
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(dir), "escaped.go")); err == nil {
		t.Error("a file was written outside the folder")
	}
}
