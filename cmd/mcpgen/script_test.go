package main

import (
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/mod/modfile"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata/script")

// TestMain lets the test binary be mcpgen when a script runs it by that name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mcpgen": main})
}

// TestScripts runs the shell sessions in testdata/script. They know, beside the
// usual commands:
//
//	module PATH [DIR]     starts a module that can use our runtime
//	status CODE COMMAND   runs a command that must end with that exit code
//	age FILE...           makes files look old
//	aged FILE...          fails if something has written to such a file
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                "testdata/script",
		Setup:              setup,
		UpdateScripts:      *update,
		RequireUniqueNames: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"module": startModule,
			"status": status,
			"age":    age,
			"aged":   aged,
		},
	})
}

// setup lets the go command of a script use what this one has built and
// downloaded, and nothing else: scripts run without a network.
func setup(env *testscript.Env) error {
	for _, name := range []string{"GOCACHE", "GOMODCACHE"} {
		value, err := goCommand(context.Background(), ".", "env", name).Output()
		if err != nil {
			return err
		}
		env.Setenv(name, strings.TrimSpace(string(value)))
	}
	env.Setenv("GOPROXY", "off")
	env.Setenv("GOFLAGS", "")
	env.Setenv("GOTOOLCHAIN", "local")
	env.Setenv("CHECKOUT", sourceDir())
	return nil
}

// startModule writes a go.mod that requires what our own does.
func startModule(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: module PATH [DIR]")
	}
	dir := ts.MkAbs(".")
	if len(args) == 2 {
		dir = ts.MkAbs(args[1])
	}
	files, err := moduleFiles(args[0], origin{checkout: sourceDir()})
	ts.Check(err)
	files["go.mod"], err = requireAll(files["go.mod"])
	ts.Check(err)
	for name, content := range files {
		ts.Check(os.WriteFile(filepath.Join(dir, name), content, 0o666))
	}
}

// requireAll adds our own requirements to a go.mod, so that nothing has to be
// found out by the go command.
func requireAll(content []byte) ([]byte, error) {
	f, err := modfile.Parse("go.mod", content, nil)
	if err != nil {
		return nil, err
	}
	content, err = os.ReadFile(filepath.Join(sourceDir(), "go.mod"))
	if err != nil {
		return nil, err
	}
	own, err := modfile.Parse("go.mod", content, nil)
	if err != nil {
		return nil, err
	}
	for _, require := range own.Require {
		f.AddNewRequire(require.Mod.Path, require.Mod.Version, true)
	}
	return f.Format()
}

func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status CODE COMMAND [ARGUMENT...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)

	got := 0
	err = ts.Exec(args[1], args[2:]...)
	if ended, ok := errors.AsType[*exec.ExitError](err); ok {
		got = ended.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

var longAgo = time.Date(2001, time.February, 3, 4, 5, 6, 0, time.UTC)

func age(ts *testscript.TestScript, neg bool, args []string) {
	for _, file := range args {
		ts.Check(os.Chtimes(ts.MkAbs(file), longAgo, longAgo))
	}
}

func aged(ts *testscript.TestScript, neg bool, args []string) {
	for _, file := range args {
		info, err := os.Stat(ts.MkAbs(file))
		ts.Check(err)
		if old := info.ModTime().Equal(longAgo); old == neg {
			ts.Fatalf("%s is of %v", file, info.ModTime())
		}
	}
}
