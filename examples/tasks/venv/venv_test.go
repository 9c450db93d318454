package venv

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestFindTakesTheFirstThatWillDo(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the Pythons of this test are shell scripts")
	}
	const tooOld, good = "#!/bin/sh\nexit 1\n", "#!/bin/sh\nprintf '/opt/python\\n3.12\\n'\n"
	for _, c := range []struct {
		name    string
		scripts map[string]string
		want    string
	}{
		{"none", nil, ""},
		{"too old", map[string]string{"python3": tooOld}, ""},
		{"good", map[string]string{"python3": good}, "/opt/python"},
		{"good by another name", map[string]string{"python3": tooOld, "python": good}, "/opt/python"},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			t.Setenv("PATH", folder)
			for name, script := range c.scripts {
				if err := os.WriteFile(filepath.Join(folder, name), []byte(script), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			if got, _ := find(); got != c.want {
				t.Errorf("find = %q, want %q", got, c.want)
			}
		})
	}
}

func TestPythonSkipsWithoutOne(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	skipped := false
	t.Run("without", func(t *testing.T) {
		defer func() { skipped = t.Skipped() }()
		Python(t, "requirements.txt")
	})
	if !skipped {
		t.Error("a test that needs Python was not skipped")
	}
}
