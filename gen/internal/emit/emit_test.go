package emit_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mcpgen/mcpgen/gen/internal/emit"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// worded is a package in which every text that a user can choose is text.
func worded(text string) *model.Package {
	quoted, _ := json.Marshal(text)
	rules := &model.Rules{
		Required: true, Description: text, Default: quoted, Enum: []json.RawMessage{quoted}, Pattern: "x",
	}
	query := &model.Param{Name: "query", Type: "string", Rules: rules}
	function := func(name string) model.Func {
		return model.Func{
			PkgPath: "example.com/app", PkgName: "app", Name: name, Doc: text,
			Params: []*model.Param{query}, Result: "string", Err: true,
		}
	}
	plan := func() *model.Plan {
		return &model.Plan{
			Input: model.Input{Params: []*model.Param{query}},
			Args:  []model.Source{{Kind: model.FromInput, Param: query}},
		}
	}
	in := model.Func{
		PkgPath: "example.com/app", PkgName: "app", Name: "Find", Doc: text,
		Params: []*model.Param{{Name: "in", Type: "example.com/app.Input"}}, Result: "string", Err: true,
	}
	return &model.Package{
		Path: "example.com/app", Name: "app",
		Server: &model.Server{Name: "app", Title: text, Instructions: text},
		Tools: []*model.Tool{
			{Func: function("Search"), ToolName: "search", Title: text, Icon: text, Scopes: []string{text},
				InputSchema: "{\n  \"description\": " + string(quoted) + "\n}", Plan: plan()},
			{Func: in, ToolName: "find", Plan: &model.Plan{
				Input: model.Input{Struct: "example.com/app.Input"},
				Args:  []model.Source{{Kind: model.FromInput}},
			}},
		},
		Resources: []*model.Resource{
			{Func: function("Read"), URI: "app://{query}" + text, ResourceName: text, Title: text, MIME: text,
				Variables: []model.Variable{{Name: "query"}}, Plan: plan()},
		},
		Prompts: []*model.Prompt{
			{Func: function("Ask"), PromptName: "ask", Title: text, Plan: plan(),
				Arguments: []model.PromptArgument{{Name: "query", Title: text, Description: text, Required: true}}},
		},
		Types: model.Types{
			"string": {ID: "string", Kind: model.String, Name: "string", Visible: true, Comparable: true},
			"example.com/app.Input": {
				ID: "example.com/app.Input", Kind: model.Struct, PkgPath: "example.com/app", PkgName: "app", Name: "Input",
				Doc: text, Visible: true,
				Fields: []*model.Field{{Name: "x" + text, GoName: "Query", Type: "string", Rules: rules}},
			},
		},
	}
}

// outline is the shape of a source file: its syntax tree without the values of
// literals, and its comments without the names of resources.
func outline(t *testing.T, source []byte) string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "mcp_gen.go", source, parser.ParseComments)
	if err != nil {
		t.Fatalf("the output does not parse: %v\n%s", err, source)
	}
	if !ast.IsGenerated(file) {
		t.Errorf("the output does not say that it is generated")
	}
	var b strings.Builder
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case nil, *ast.CommentGroup:
			return n != nil
		case *ast.BasicLit:
			if n.Kind != token.STRING {
				fmt.Fprintln(&b, n.Value)
			}
		case *ast.BinaryExpr:
			// A raw string with a back-quote in it is a sum of literals.
			if n.Op == token.ADD {
				fmt.Fprintln(&b, "*ast.BasicLit")
				return false
			}
		case *ast.Ident:
			if !strings.HasSuffix(n.Name, "Pattern") { // named after a member
				fmt.Fprintln(&b, n.Name)
			}
		case *ast.ImportSpec:
			fmt.Fprintln(&b, n.Path.Value)
		case *ast.Comment:
			text := n.Text
			if strings.HasPrefix(text, "//\tresource") {
				text = "//\tresource"
			}
			if _, rest, ok := strings.Cut(text, "Pattern is compiled"); ok {
				text = rest
			}
			fmt.Fprintln(&b, text)
		}
		fmt.Fprintf(&b, "%T\n", n)
		return true
	})
	return b.String()
}

// FuzzText puts any text wherever a user can: the output must have the same shape
// as with a harmless one, so that no text can become code, a directive or an import.
func FuzzText(f *testing.F) {
	for _, text := range []string{
		"plain", "`", "\"", "\\", "*/", "/*", "\n", "\r\n", "\x00", "\ufeff", "\u202e", "\u2028", "é 漢字 🎈",
		"`+os.Exit(1)+`", "\n//go:generate rm -rf", "\n//line x.go:1", "*/ func init() { panic(1) } /*",
		"//export x", "\n\n// }", "a,b", "{{.}}", "%s%d", "`json:\"-\"`",
	} {
		f.Add(text)
	}
	harmless, err := emit.Package(worded("x"))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || text == "" {
			t.Skip("scan hands on no invalid text, and an empty one leaves fields out")
		}
		got, err := emit.Package(worded(text))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := outline(t, got), outline(t, harmless); got != want {
			t.Errorf("the text %q changes the shape of the output: %s", text, firstDifference(got, want))
		}
	})
}

func firstDifference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			return fmt.Sprintf("got %q, want %q", as[max(0, i-3):i+1], bs[max(0, i-3):i+1])
		}
	}
	return "one is longer"
}

func TestPackageIsDeterministic(t *testing.T) {
	t.Parallel()
	first, err := emit.Package(worded("x"))
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		again, err := emit.Package(worded("x"))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(again, first) {
			t.Fatalf("the same model gave other bytes:\n%s", again)
		}
	}
}

// TestLargePackage has so many tools that the output is printed in several parts:
// it is what gofmt makes of the whole, with one import block and every declaration.
func TestLargePackage(t *testing.T) {
	t.Parallel()
	const tools = 1_000
	p := worded("x")
	search := p.Tools[0]
	p.Tools = nil
	for i := range tools {
		tool := *search
		tool.Name, tool.ToolName = fmt.Sprint("Search", i), fmt.Sprint("search", i)
		p.Tools = append(p.Tools, &tool)
	}
	got, err := emit.Package(p)
	if err != nil {
		t.Fatal(err)
	}
	want, err := format.Source(got)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("the output is not what gofmt makes of it")
	}
	if n := bytes.Count(got, []byte("\nimport (\n")); n != 1 {
		t.Errorf("got %d import blocks, want 1", n)
	}
	if n := bytes.Count(got, []byte("\nfunc callSearch")); n != tools {
		t.Errorf("got %d functions that call a tool, want %d", n, tools)
	}
}
