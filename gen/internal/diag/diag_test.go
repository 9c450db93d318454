package diag_test

import (
	"go/token"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
)

func at(file string, line, column int) token.Position {
	return token.Position{Filename: file, Line: line, Column: column}
}

func TestSorted(t *testing.T) {
	t.Parallel()
	var l diag.List
	l.Addf(at("/m/b.go", 1, 1), "last")
	l.Addf(at("/m/a.go", 2, 9), "third")
	l.Addf(at("/m/a.go", 2, 1), "second b")
	l.Addf(at("/m/a.go", 2, 1), "second a")
	l.Addf(at("/m/a.go", 1, 5), "first")
	l.Addf(at("/m/a.go", 1, 5), "first")
	var got []string
	for _, d := range l.Sorted() {
		got = append(got, d.Message)
	}
	if want := "first, second a, second b, third, last"; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestText also shows that what a message quotes cannot leave its line or control
// a terminal.
func TestText(t *testing.T) {
	t.Parallel()
	var l diag.List
	d := l.Addf(at("/m/sub/a.go", 3, 7), "no provider for %s", "*DB\x1b[2J\n\u202e").
		Needs(at("/m/sub/b.go", 1, 2), "needed by tool x").
		Needs(token.Position{}, "needed by the program").
		Suggest("add one")
	want := "sub/a.go:3:7: no provider for *DB\\x1b[2J\\n\\u202e\n" +
		"\tneeded by tool x (sub/b.go:1:2)\n" +
		"\tneeded by the program\n" +
		"\tadd one"
	if got := d.Text("/m"); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if got, want := d.Text("/m/other")[:15], "../sub/a.go:3:7"; got != want {
		t.Errorf("from another folder: got %q, want %q", got, want)
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	got, err := diag.JSON("/m", nil)
	if err != nil || string(got) != "[]" {
		t.Errorf("nothing: got %s, %v; want []", got, err)
	}
	var l diag.List
	l.Addf(at("/m/a.go", 3, 7), "wrong").Needs(at("/m/b.go", 1, 2), "needed").Suggest("right")
	got, err = diag.JSON("/m", l.Sorted())
	if err != nil {
		t.Fatal(err)
	}
	want := `[
  {
    "file": "a.go",
    "line": 3,
    "column": 7,
    "message": "wrong",
    "related": [
      {
        "file": "b.go",
        "line": 1,
        "column": 2,
        "message": "needed"
      }
    ],
    "fix": "right"
  }
]`
	if string(got) != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	valid := []string{"readonly", "title", "ttl", "uri"}
	for got, want := range map[string]string{
		"readOnly": "readonly", "read_only": "readonly", "tilte": "title", "til": "ttl", "url": "uri",
		"zzz": "", "": "", "description": "",
	} {
		if near := diag.Nearest(got, valid); near != want {
			t.Errorf("Nearest(%q) = %q, want %q", got, near, want)
		}
	}
}
