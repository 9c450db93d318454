// Package client checks servers with the official TypeScript clients of the
// protocol, for tests that want to see a program as its users will: through a
// client that we did not write, once with the newest protocol and once with the
// one before.
//
//	func TestClients(t *testing.T) {
//		client.Check(t, client.Stdio(client.Build(t, ".")), `{"tools": ["greet"]}`)
//	}
//
// It needs Node 20 or later and installs the clients from npm when they are not
// there yet. The scripts beside this file do the work; spec.mjs says what a
// spec looks like.
package client

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// Newest and Older are the protocol versions that the clients speak, one each.
const (
	Newest = "2026-07-28"
	Older  = "2025-11-25"
)

// Check lists what the server offers and makes the calls of spec, in a subtest
// for each client. Spec is JSON, or the name of a JSON file.
//
// Without Node the test fails, unless it runs with -short: then it is skipped.
func Check(t *testing.T, server Target, spec string) {
	t.Helper()
	Need(t)
	for _, protocol := range []string{Newest, Older} {
		t.Run(protocol, func(t *testing.T) {
			t.Parallel()
			report, err := Run(t.Context(), server, protocol, spec)
			if err != nil {
				t.Fatalf("%v\n%s", err, report)
			}
			t.Log(report)
		})
	}
}

// Need makes sure that the clients are there. Without Node it ends the test.
func Need(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("the TypeScript clients are left out with -short")
	}
	if err := need(); err != nil {
		t.Fatal(err)
	}
}

// Install makes sure that the packages are there which the package-lock.json in
// folder names. It may run in several processes at once.
func Install(folder string) error {
	output, err := exec.Command("node", script("install.mjs"), folder).CombinedOutput()
	if err != nil {
		return fmt.Errorf("installing into %s: %w\n%s", folder, err, output)
	}
	return nil
}

// Run does the work of [Check] for the client of one protocol version. The
// report has a line for each thing that was checked; the error says that one of
// them was not as it should be, or that nothing could be checked.
func Run(ctx context.Context, server Target, protocol, spec string) (report string, err error) {
	args := append([]string{script("check.mjs"), "--spec", spec, "--client", protocol}, server...)
	output, err := exec.CommandContext(ctx, "node", args...).CombinedOutput()
	if err != nil {
		return string(output), fmt.Errorf("check.mjs: %w", err)
	}
	return string(output), nil
}

// need makes sure, once in a process, that the clients are there.
var need = sync.OnceValue(func() error {
	if _, err := exec.LookPath("node"); err != nil {
		return errors.New("the TypeScript clients need Node 20 or later on the PATH; go test -short leaves them out")
	}
	// The go command remembers which files a test looked at: when one of these
	// changes, a remembered result no longer counts.
	for _, name := range []string{"check.mjs", "clients.mjs", "spec.mjs", "install.mjs", "package-lock.json"} {
		if _, err := os.Stat(script(name)); err != nil {
			return err
		}
	}
	return Install(script("."))
})

// script returns the path of a file beside this one.
func script(name string) string {
	_, here, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(here), name)
}
