package scan_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/scan"
)

const shop = `
-- main.go --
package main

import "example.com/app/sales"

// Own does it.
//
//mcp:tool
func Own(sales.T) {}

//mcp:provide
func Local() *Thing { return nil }

type Thing struct{}

func main() {}
-- sales/sales.go --
package sales

import "example.com/app/base"

type T struct{ B base.B }

// Sell does it.
//
//mcp:tool
func Sell(db *base.DB) {}

//mcp:provide scope=server
func Open() (*Books, error) { return nil, nil }

//mcp:provide
func hidden() *T { return nil }

type Books struct{}
-- base/base.go --
package base

type B struct{}

type DB struct{}

//mcp:provide
func OpenDB() *DB { return nil }

//mcp:provide
func Bad() {}
-- base/internal/secret/secret.go --
package secret

type S struct{}

//mcp:provide
func Secret() *S { return nil }
-- tool/main.go --
package main

//mcp:provide
func Unreachable() *int8Box { return nil }

type int8Box struct{}

func main() {}
-- nested/go.mod --
module example.com/nested

go 1.26
-- nested/nested.go --
package nested

//mcp:provide
func Nested() *N { return nil }

type N struct{}
-- testdata/td.go --
package td

// TD does it.
//
//mcp:tool
func TD() {}
`

// summary is one line for each package: its path, whether it was asked for, and
// the providers that it sees.
func summary(pkgs []*scan.Package) []string {
	var lines []string
	for _, p := range pkgs {
		line := p.Model.Path
		if p.Target {
			line += " (target)"
		}
		for _, pr := range p.Model.Providers {
			line += " " + strings.TrimPrefix(pr.ID(), "example.com/")
			if pr.Own {
				line += "*"
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func TestPackages(t *testing.T) {
	t.Parallel()
	dir := unpack(t, shop)
	const (
		app   = "example.com/app%s app.Local* app/base.OpenDB app/sales.Open"
		base  = "example.com/app/base%s app/base.OpenDB* app/base/internal/secret.Secret"
		inner = "example.com/app/base/internal/secret%s app/base/internal/secret.Secret* app/base.OpenDB app/sales.Open"
		sales = "example.com/app/sales%s app/sales.Open* app/sales.hidden* app/base.OpenDB"
		cmd   = "example.com/app/tool%s app/tool.Unreachable* app/base.OpenDB app/sales.Open"
	)
	for _, row := range []struct {
		dir      string
		patterns []string
		want     []string
	}{
		{".", nil, []string{app + "+", base, inner, sales}},
		{".", []string{"./..."}, []string{app + "+", base + "+", inner + "+", sales + "+", cmd + "+"}},
		{"sales", nil, []string{base, inner, sales + "+"}},
		{"sales", []string{"../base"}, []string{base + "+", inner, sales}},
		{"sales", []string{"example.com/app/..."}, []string{app + "+", base + "+", inner + "+", sales + "+", cmd + "+"}},
		{".", []string{"./base/..."}, []string{base + "+", inner + "+", sales}},
		{".", []string{"./testdata", "./sales"}, []string{base, inner, sales + "+",
			"example.com/app/testdata%s app/base.OpenDB app/sales.Open+"}},
	} {
		var want []string
		for _, line := range row.want {
			mark := ""
			if strings.HasSuffix(line, "+") {
				mark = " (target)"
			}
			want = append(want, strings.TrimSuffix(strings.Replace(line, "%s", mark, 1), "+"))
		}
		t.Run(row.dir+" "+strings.Join(row.patterns, " "), func(t *testing.T) {
			t.Parallel()
			pkgs := loadDir(t, scan.Options{Dir: filepath.Join(dir, row.dir), Patterns: row.patterns})
			if got := summary(pkgs); !slices.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

func TestWorkspace(t *testing.T) {
	t.Parallel()
	dir := unpack(t, shop+`
-- go.work --
go 1.26

use (
	.
	./nested
)
`)
	pkgs := loadDir(t, scan.Options{Dir: filepath.Join(dir, "sales")})
	got := summary(pkgs)
	want := "example.com/app/sales (target) app/sales.Open* app/sales.hidden* app/base.OpenDB nested.Nested"
	if !slices.Contains(got, want) {
		t.Errorf("got\n%s\nwant a line\n%s", strings.Join(got, "\n"), want)
	}
}

// TestNoImportCycle hides providers of packages that import the asking one.
func TestNoImportCycle(t *testing.T) {
	t.Parallel()
	pkgs := load(t, `
-- a/a.go --
package a

// A does it.
//
//mcp:tool
func A() {}

type T struct{}
-- b/b.go --
package b

import "example.com/app/a"

type U a.T
-- c/c.go --
package c

import "example.com/app/b"

//mcp:provide
func C() *b.U { return nil }
-- d/d.go --
package d

type V struct{}

//mcp:provide
func D() *V { return nil }
`, "./a")
	got := summary(pkgs)
	want := []string{"example.com/app/a (target) app/d.D", "example.com/app/c app/c.C* app/d.D", "example.com/app/d app/d.D* app/c.C"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestLoadErrors(t *testing.T) {
	t.Parallel()
	dir := unpack(t, `
-- app.go --
package app
-- empty/readme.txt --
-- never/never.go --
//go:build never

package never
-- file.txt --
`)
	outside := t.TempDir()
	for _, row := range []struct {
		dir, pattern string
		want         string
	}{
		{outside, ".", "no go.mod in " + outside + " or a folder above it; run go mod init first"},
		{filepath.Join(dir, "nowhere"), ".", "no such file or directory"},
		{filepath.Join(dir, "file.txt"), ".", "is not a folder"},
		{dir, "./nowhere", "directory not found"},
		{dir, "./empty", "no Go files in"},
		{dir, "./empty/...", "no packages match ./empty/..."},
		{dir, "./never", "build constraints exclude all Go files"},
		{dir, "example.com/nowhere", "no required module provides package example.com/nowhere"},
		{dir, "app.go", `"app.go" is not a package pattern; name a folder such as ./sales, or ./... for all`},
		{dir, "-x", "is not a package pattern"},
		{dir, "file=app.go", "is not a package pattern"},
	} {
		_, err := scan.Load(t.Context(), scan.Options{Dir: row.dir, Patterns: []string{row.pattern}})
		if err == nil || !strings.Contains(err.Error(), row.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s in %s: got error %v, want one line with %q", row.pattern, filepath.Base(row.dir), err, row.want)
		}
	}
	if pkgs := loadDir(t, scan.Options{Dir: dir}); len(pkgs) != 0 {
		t.Errorf("a package without directives: got %d packages, want none", len(pkgs))
	}
}

// TestUnrelatedErrors scans beside packages that no compiler takes, and that hold
// no directives.
func TestUnrelatedErrors(t *testing.T) {
	t.Parallel()
	pkgs := load(t, tool+`
-- empty/empty.go --
-- half/half.go --
package half

func (
-- two/a.go --
package a
-- two/b.go --
package b
-- lost/lost.go --
package lost

import "example.com/nowhere"
`, "./...")
	if got, want := summary(pkgs), []string{"example.com/app/report (target)"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if text := report(pkgs[0]); text != "" {
		t.Errorf("unexpected diagnostics:\n%s", text)
	}
}
