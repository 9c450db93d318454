// Package bad holds the mistakes that developers make, one archive each in
// testdata, with what the generator says to them.
//
// The message is expected twice. A comment on the guilty line has the part of it
// that matters,
//
//	//mcp:tool tsk=true // want `unknown key "tsk"`
//
// or, where a line cannot hold a comment, want+1 or want-1 stands beside it, in JSON
// as the value of "$comment". The
// section "want" at the end of the archive has all of the output to the letter:
// place, chain and what to write instead. It is rewritten by
//
//	go test ./golden/bad -update
//
// and then to be read as the developer would, who sees nothing else.
package bad

import (
	"bytes"
	"flag"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mcpgen/mcpgen/gen"
)

var update = flag.Bool("update", false, "rewrite the want sections of testdata")

func TestMistakes(t *testing.T) {
	t.Parallel()
	c := extract(t)
	if len(c.mistakes) < 50 {
		t.Errorf("%d archives in testdata, want at least 50", len(c.mistakes))
	}
	result := c.run(t, "./...")
	sorted(t, result.Diagnostics)

	// A second time, with the packages named one by one and back to front.
	patterns := c.packages()
	slices.Reverse(patterns)
	if got, want := text(c.dir, c.run(t, patterns...).Diagnostics), text(c.dir, result.Diagnostics); got != want {
		t.Errorf("with the packages back to front:\n%s\nwith ./...:\n%s", got, want)
	}
	for _, m := range c.mistakes {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			m.check(t, result)
		})
	}
}

// check compares what belongs to one archive.
func (m *mistake) check(t *testing.T, all *gen.Result) {
	found := slices.DeleteFunc(slices.Clone(all.Diagnostics), func(d *gen.Diagnostic) bool {
		return !strings.HasPrefix(d.Pos.Filename, m.dir+string(filepath.Separator))
	})
	m.comments(t, found)
	m.files(t, found, all.Files)

	got := m.original(text(m.dir, found))
	if strings.Contains(got, "../") || strings.Contains(got, m.dir) {
		t.Errorf("the output leads out of the archive:\n%s", got)
	}
	if *update {
		m.rewrite(t, got)
		return
	}
	if want := string(m.section("want")); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// text is what the command prints, without its summary.
func text(dir string, found []*gen.Diagnostic) string {
	var b strings.Builder
	for _, d := range found {
		b.WriteString(d.Text(dir) + "\n")
	}
	return b.String()
}

// sorted checks that the diagnostics come as they stand in the source.
func sorted(t *testing.T, found []*gen.Diagnostic) {
	t.Helper()
	for i := 1; i < len(found); i++ {
		a, b := found[i-1].Pos, found[i].Pos
		if a.Filename > b.Filename || a.Filename == b.Filename && (a.Line > b.Line || a.Line == b.Line && a.Column > b.Column) {
			t.Errorf("%v comes behind %v", b, a)
		}
	}
}

// place is a line of a file of the archive.
type place struct {
	file string
	line int
}

// comments checks that every diagnostic has its comment and every comment its
// diagnostic.
func (m *mistake) comments(t *testing.T, found []*gen.Diagnostic) {
	t.Helper()
	wanted := m.wants()
	for _, d := range found {
		at := place{m.relative(d.Pos.Filename), d.Pos.Line}
		message := m.original(d.Message)
		i := slices.IndexFunc(wanted[at], func(want string) bool { return strings.Contains(message, want) })
		if i < 0 {
			t.Errorf("unexpected diagnostic:\n%s", d.Text(m.dir))
			continue
		}
		wanted[at] = slices.Delete(wanted[at], i, i+1)
	}
	for at, messages := range wanted {
		for _, message := range messages {
			t.Errorf("%s:%d: no diagnostic with %q", at.file, at.line, message)
		}
	}
}

var (
	wantComment = regexp.MustCompile("// want([+-]1)?((?: `[^`]+`)+)(?:\"[},]*)?$")
	wantMessage = regexp.MustCompile("`[^`]+`")
)

// wants collects the expected parts of messages, by line.
func (m *mistake) wants() map[place][]string {
	wanted := map[place][]string{}
	for _, f := range m.sources() {
		for i, line := range strings.Split(string(f.Data), "\n") {
			match := wantComment.FindStringSubmatch(line)
			if match == nil {
				continue
			}
			at := place{f.Name, i + 1}
			switch match[1] {
			case "+1":
				at.line++
			case "-1":
				at.line--
			}
			for _, quoted := range wantMessage.FindAllString(match[2], -1) {
				wanted[at] = append(wanted[at], strings.Trim(quoted, "`"))
			}
		}
	}
	return wanted
}

var mainDirective = regexp.MustCompile(`(?m)^//mcp:(tool|resource|prompt)\b`)

// files checks that every package without a mistake gets its file, and no other.
func (m *mistake) files(t *testing.T, found []*gen.Diagnostic, files []gen.File) {
	t.Helper()
	broken := m.broken(found)
	written := map[string]bool{}
	for _, f := range files {
		if !strings.HasPrefix(f.Path, m.dir+string(filepath.Separator)) {
			continue
		}
		folder := path.Dir(m.relative(f.Path))
		written[folder] = true
		if broken[folder] {
			t.Errorf("a file is written for %s, which has mistakes", folder)
		}
		if len(f.Content) == 0 {
			t.Errorf("the file of %s is removed", folder)
		}
	}
	for _, f := range m.archive.Files {
		if folder := path.Dir(f.Name); mainDirective.Match(f.Data) && !broken[folder] && !written[folder] {
			t.Errorf("no file for %s, which has no mistakes", folder)
		}
	}
}

// broken are the folders with a diagnostic, and those that import one of them.
func (m *mistake) broken(found []*gen.Diagnostic) map[string]bool {
	broken := map[string]bool{}
	for _, d := range found {
		broken[path.Dir(m.relative(d.Pos.Filename))] = true
	}
	for known := 0; known < len(broken); {
		known = len(broken)
		for _, f := range m.archive.Files {
			for folder := range broken {
				if bytes.Contains(f.Data, []byte(`"`+module+"/"+folder+`"`)) {
					broken[path.Dir(f.Name)] = true
				}
			}
		}
	}
	return broken
}

// rewrite replaces the section "want" of the archive.
func (m *mistake) rewrite(t *testing.T, got string) {
	t.Helper()
	before := txtar.Format(m.archive)
	m.archive.Files = slices.DeleteFunc(m.archive.Files, func(f txtar.File) bool { return f.Name == "want" })
	m.archive.Files = append(m.archive.Files, txtar.File{Name: "want", Data: []byte(got)})
	after := txtar.Format(m.archive)
	if bytes.Equal(before, after) {
		return
	}
	t.Log("rewritten")
	if err := os.WriteFile(filepath.Join("testdata", m.name+".txtar"), after, 0o666); err != nil {
		t.Fatal(err)
	}
}
