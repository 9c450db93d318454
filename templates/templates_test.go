package templates

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestFiles(t *testing.T) {
	t.Parallel()
	for template, want := range map[string][]string{
		"stdio": {".gitignore", "README.md", "atlas.go", "climate.csv", "main.go", "main_test.go"},
		"http":  {".gitignore", "README.md", "author.go", "author_test.go", "board.go", "main.go", "main_test.go"},
	} {
		files, err := Files(template, Program{Module: "example.org/tools/hello", Name: "hello"})
		if err != nil {
			t.Errorf("%s: %v", template, err)
			continue
		}
		if got := slices.Sorted(maps.Keys(files)); !slices.Equal(got, want) {
			t.Errorf("%s has %v, want %v", template, got, want)
		}
		for name, content := range files {
			if strings.Contains(string(content), "my-server") {
				t.Errorf("%s/%s still goes by its placeholder", template, name)
			}
		}
		if main := string(files["main.go"]); !strings.Contains(main, `Name: "hello"`) || !strings.Contains(main, "Command hello ") {
			t.Errorf("%s: main.go does not go by the new name:\n%s", template, main)
		}
	}
	if _, err := Files("nothing", Program{}); err == nil {
		t.Error("no error for a template that is not there")
	}
}
