// Package venv makes virtual environments of Python, for tests that want to see a
// server through a client that is written in it.
package venv

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// Python returns the interpreter of an environment that has what the requirements
// file names: all packages, also those that others need, each pinned and with its
// hashes, as "uv pip compile --universal --generate-hashes" writes it. The environment is made when
// there is none for that file and Python yet, below [os.UserCacheDir]. Several
// processes may ask for it at once.
//
// The test is skipped with -short, and without a Python that is recent enough and can
// make environments. It fails if the packages cannot be installed.
func Python(t *testing.T, requirements string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("clients in Python are left out with -short")
	}
	base, version := find()
	if base == "" {
		t.Skip("this needs Python 3.10 or later, with its modules venv and ensurepip, on the PATH as python3 or python")
	}
	pins, err := os.ReadFile(requirements)
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	digest := sha256.Sum256(append(pins, version...))
	folder := filepath.Join(cache, "mcpgen", "venv", hex.EncodeToString(digest[:8]))
	if _, err := os.Stat(folder); err != nil {
		if err := install(base, requirements, folder); err != nil {
			t.Fatal(err)
		}
	}
	return interpreter(folder)
}

// probe prints where a Python is and which it is, unless it is of no use.
const probe = `
import ensurepip, sys, venv
if sys.version_info < (3, 10): sys.exit("too old")
print(sys.executable, sys.version, sep="\n")
`

// find returns the first Python that will do, and all that tells it from others, or
// nothing.
func find() (path, version string) {
	for _, name := range []string{"python3", "python"} {
		output, err := exec.Command(name, "-c", probe).Output()
		if err != nil {
			continue
		}
		path, _, _ := bytes.Cut(output, []byte("\n"))
		return string(path), string(output)
	}
	return "", ""
}

// install makes an environment beside folder and moves it there when it is complete.
func install(base, requirements, folder string) error {
	parent := filepath.Dir(folder)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	made, err := os.MkdirTemp(parent, "making-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(made)
	for _, command := range []*exec.Cmd{
		exec.Command(base, "-m", "venv", made),
		exec.Command(interpreter(made), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
			"--no-deps", "--no-compile", "--require-hashes", "--requirement", requirements),
	} {
		if output, err := command.CombinedOutput(); err != nil {
			return fmt.Errorf("%v: %w\n%s", command, err, output)
		}
	}
	err = os.Rename(made, folder)
	if _, there := os.Stat(folder); there == nil {
		return nil // maybe somebody else's, who was faster
	}
	return errors.Join(err)
}

// interpreter is the Python of an environment.
func interpreter(folder string) string {
	if runtime.GOOS == "windows" {
		return filepath.Join(folder, "Scripts", "python.exe")
	}
	return filepath.Join(folder, "bin", "python")
}
