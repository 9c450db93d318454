package directive_test

import (
	"flag"
	"go/token"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/directive"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

var update = flag.Bool("update", false, "write the help text into testdata")

// start is where the lines of these tests begin.
var start = token.Position{Filename: "app.go", Offset: 100, Line: 7, Column: 3}

func parse(line string) (directive.Directive, *diag.List) {
	var diags diag.List
	d := directive.Parse(line, start, &diags)
	return d, &diags
}

// bare is d without positions.
func bare(d directive.Directive) directive.Directive {
	if d == nil {
		return nil
	}
	*d.Origin() = directive.Source{}
	if p, ok := d.(*directive.Param); ok {
		p.NamePos = token.Position{}
		for i := range p.Keywords {
			p.Keywords[i].Pos, p.Keywords[i].ValuePos = token.Position{}, token.Position{}
		}
	}
	if o, ok := d.(*directive.OneOf); ok {
		for i, v := range o.Variants {
			o.Variants[i] = directive.Arg{Keyword: model.Keyword{Key: v.Key, Value: v.Value, HasValue: v.HasValue}}
		}
	}
	return d
}

// named are variants as they are written.
func named(keywords ...model.Keyword) []directive.Arg {
	var all []directive.Arg
	for _, k := range keywords {
		all = append(all, directive.Arg{Keyword: k})
	}
	return all
}

func TestParse(t *testing.T) {
	t.Parallel()
	yes, no, half := true, false, 0.5
	for _, row := range []struct {
		line string
		want directive.Directive
	}{
		{"//mcp:tool", &directive.Tool{}},
		{"//mcp:tool\r", &directive.Tool{}},
		{"//mcp:tool // want `nothing`", &directive.Tool{}},
		{"//mcp:tool\ttask  readonly=false\tdestructive=true // c", &directive.Tool{Task: "true", ReadOnly: &no, Destructive: &yes}},
		{`//mcp:tool title="a \"b\" // c" strict name=x`, &directive.Tool{Title: `a "b" // c`, Strict: true, Name: "x"}},
		{"//mcp:tool title=`a \"b\" \\c`", &directive.Tool{Title: `a "b" \c`}},
		{`//mcp:tool title=""`, &directive.Tool{}},
		{`//mcp:tool title="\u00e9\x41" scopes="a, b" ttl=1h30m poll=500ms timeout=1s retries=0`,
			&directive.Tool{Title: "éA", Scopes: []string{"a", "b"}, TTL: "1h30m", Poll: "500ms", Timeout: "1s"}},
		{"//mcp:resource uri=a://b//c audience=user priority=0.5 mime=text/html;charset=utf-8",
			&directive.Resource{URI: "a://b//c", Audience: []string{"user"}, Priority: &half, MIME: "text/html;charset=utf-8"}},
		{"//mcp:prompt name=p icon=i", &directive.Prompt{Name: "p", Icon: "i"}},
		{`//mcp:param n description="how many" minimum=1 required enum=1 enum=2`, &directive.Param{Name: "n", Keywords: []model.Keyword{
			{Key: "description", Value: "how many", HasValue: true},
			{Key: "minimum", Value: "1", HasValue: true},
			{Key: "required"},
			{Key: "enum", Value: "1", HasValue: true},
			{Key: "enum", Value: "2", HasValue: true},
		}}},
		{"//mcp:provide scope=server", &directive.Provide{Scope: "server"}},
		{"//mcp:deps", &directive.Deps{}},
		{"//mcp:oneof", &directive.OneOf{}},
		{`//mcp:oneof Circle *Square=quad discriminator=kind geo.Line="a line" // c`, &directive.OneOf{Discriminator: "kind", Variants: named(
			model.Keyword{Key: "Circle"},
			model.Keyword{Key: "*Square", Value: "quad", HasValue: true},
			model.Keyword{Key: "geo.Line", Value: "a line", HasValue: true},
		)}},
		{"//mcp:types", &directive.Types{}},
		{"//mcp:server name=s tasks=required", &directive.Server{Name: "s", Tasks: "required"}},
		{"//mcp:skip it is https://x only // c", &directive.Skip{Reason: "it is https://x only"}},

		{"// mcp:tool marks a function", nil},
		{"// mcp:param of a tool", nil},
		{"// mcp:oneof closes an interface", nil},
		{"// see //mcp:tool", nil},
		{"//	mcp:toolbox", nil},
		{"//go:embed x", nil},
		{"/*mcp:tool*/", nil},
		{"//mcpx:tool", nil},
	} {
		got, diags := parse(row.line)
		if got := bare(got); !reflect.DeepEqual(got, row.want) {
			t.Errorf("%s: got %+v, want %+v", row.line, got, row.want)
		}
		for _, d := range diags.Sorted() {
			t.Errorf("%s: %s", row.line, d.Text(""))
		}
	}
}

// TestMistakes has one mistake a line. What is said starts at the column of the
// first rune of at.
func TestMistakes(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ line, at, want, fix string }{
		{"//mcp:tol", "tol", "unknown directive //mcp:tol", "write //mcp:tool"},
		{"//mcp:Tool x", "//", "a directive is written in lower case", "write //mcp:tool"},
		{"//mcp:qwertz", "qwertz", "unknown directive //mcp:qwertz", "valid are tool, resource, prompt, param, complete, provide, deps, oneof, types, server, skip"},
		{"//mcp: tool", "//", "//mcp: names no directive", "valid are tool, resource, prompt, param, complete, provide, deps, oneof, types, server, skip"},
		{"// mcp:tool", "//", "a directive has no space after the //", "write //mcp:tool without the space"},
		{"// mcp:tool task=true", "//", "a directive has no space after the //", "write //mcp:tool without the space"},
		{"//MCP:tool", "//", "a directive is written in lower case", "write //mcp:tool"},
		{"//mcp:tool tsk", "tsk", `unknown key "tsk" of //mcp:tool`, "write task"},
		{"//mcp:prompt qqqqqq=1", "qqqqqq", `unknown key "qqqqqq" of //mcp:prompt`, "valid are name, title, icon"},
		{"//mcp:deps x=1", "x", `unknown key "x" of //mcp:deps`, "//mcp:deps takes no keys"},
		{"//mcp:tool name=a title=b name=c", "name=c", `key "name" is given twice`, "keep one of them"},
		{"//mcp:tool name=\"\"", "\"", `bad value "" of name`, `name is a text, as in name="..."`},
		{"//mcp:tool readonly=flase", "flase", `bad value "flase" of readonly`, "write readonly=false"},
		{"//mcp:tool task=tru", "tru", `bad value "tru" of task`, "write task=true"},
		{"//mcp:tool task=xxxxxxx", "xxxxxxx", `bad value "xxxxxxx" of task`, "task is one of false, true, optional, required"},
		{"//mcp:tool readonly=yes", "yes", `bad value "yes" of readonly`, "readonly is true or false"},
		{"//mcp:tool strict=1", "1", `bad value "1" of strict`, "strict is true or false"},
		{`//mcp:tool ttl="1 hour"`, "1 hour", `bad value "1 hour" of ttl`, "ttl is a duration above zero, such as 90s or 1h30m"},
		{"//mcp:tool poll=-1s", "-1s", `bad value "-1s" of poll`, "poll is a duration above zero, such as 90s or 1h30m"},
		{"//mcp:tool timeout=0", "0", `bad value "0" of timeout`, "timeout is a duration above zero, such as 90s or 1h30m"},
		{"//mcp:tool retries=-1", "-1", `bad value "-1" of retries`, "retries is a whole number from 0 on"},
		{"//mcp:tool name", "name", "name needs a value", `name is a text, as in name="..."`},
		{"//mcp:tool name=", "", "name= has no value", "write name=value, without spaces around the ="},
		{"//mcp:tool scopes=a,,b", "a,,b", `bad value "a,,b" of scopes`, "scopes is a list such as first,second"},
		{`//mcp:tool title="open // x`, `"open`, "the quote is not closed", `end the value with "`},
		{"//mcp:tool title=`open", "`open", "the quote is not closed", "end the value with `"},
		{`//mcp:tool title="\q"`, `"\q"`, `"\q" is no Go string`, "write \\\\ for a backslash, or quote with `"},
		{`//mcp:tool title="a"b`, "b", "text right after the closing quote", `write \" for a quote inside the value, or a space after it`},
		{`//mcp:tool "title=Two words"`, `"title`, "a quote that belongs to no key", `write key="value", with the quote right after the =`},
		{"//mcp:tool =x", "=x", "a value without a key", "write key=value, without spaces around the ="},
		{"//mcp:resource name=a", "//", "//mcp:resource needs uri=", "add uri=...: plain, or an RFC 6570 template whose variables are parameters"},
		{"//mcp:resource uri=a:b audience=me", "me", `bad value "me" of audience`, "audience is one or more of user, assistant, comma-separated"},
		{"//mcp:resource uri=a:b priority=NaN", "NaN", `bad value "NaN" of priority`, "priority is a number from 0 to 1"},
		{"//mcp:resource uri=a:b mime=text", "text", `bad value "text" of mime`, "mime is a media type, such as application/json"},
		{"//mcp:oneof A discriminator", "discriminator", "discriminator needs a value", `discriminator is a text, as in discriminator="..."`},
		{"//mcp:oneof A B=", "", "B= has no value", "write B=value, without spaces around the ="},
		{"//mcp:oneof A discriminator=a discriminator=b", "discriminator=b", `key "discriminator" is given twice`, "keep one of them"},
		{"// mcp:oneof *A B", "//", "a directive has no space after the //", "write //mcp:oneof without the space"},
		{"//mcp:provide scope=process", "process", `bad value "process" of scope`, "scope is one of call, server"},
		{"//mcp:param", "", "//mcp:param without the name of a parameter", `write //mcp:param NAME description="..."`},
		{"//mcp:param minimum=1", "minimum", "//mcp:param without the name of a parameter", `write //mcp:param NAME description="..."`},
		{"//mcp:param n minimun=1", "minimun", `unknown keyword "minimun" of //mcp:param`, "write minimum"},
		{"//mcp:skip", "", "//mcp:skip without a reason", "write //mcp:skip and why the method is not exposed"},
		{"//mcp:skip // later", "// later", "//mcp:skip without a reason", "write //mcp:skip and why the method is not exposed"},
	} {
		_, diags := parse(row.line)
		column := len(row.line)
		if row.at != "" {
			column = strings.LastIndex(row.line, row.at)
		}
		found := false
		for _, d := range diags.Sorted() {
			if d.Message == row.want {
				found = true
				if got, want := d.Pos, (token.Position{Filename: "app.go", Offset: 100 + column, Line: 7, Column: 3 + column}); got != want {
					t.Errorf("%s: %s at %v, want %v", row.line, d.Message, got, want)
				}
				if d.Fix != row.fix {
					t.Errorf("%s: got fix %q, want %q", row.line, d.Fix, row.fix)
				}
			}
		}
		if !found {
			t.Errorf("%s: nothing says %q", row.line, row.want)
			for _, d := range diags.Sorted() {
				t.Errorf("\tgot %s", d.Text(""))
			}
		}
	}
}

// TestPositions points at every key and at every byte of a value.
func TestPositions(t *testing.T) {
	t.Parallel()
	const line = `//mcp:resource name=a  uri="é\x2f\u00e9{b}"`
	d, _ := parse(line)
	name, _ := d.Origin().Arg("name")
	if got, want := name.Pos.Column, 3+strings.Index(line, "name"); got != want {
		t.Errorf("key name is at %d, want %d", got, want)
	}
	if got, want := name.ValuePos.Column, 3+strings.Index(line, "a  "); got != want {
		t.Errorf("value of name is at %d, want %d", got, want)
	}
	uri, _ := d.Origin().Arg("uri")
	for i, part := range map[int]string{0: "é", 2: `\x2f`, 3: `\u00e9`, 4: `\u00e9`, 5: "{", 6: "b", 8: `"`} {
		want := 3 + strings.LastIndex(line, part)
		if i == 0 {
			want = 3 + strings.Index(line, part)
		}
		if got := uri.Byte(i).Column; got != want {
			t.Errorf("byte %d of %q is at %d, want %d", i, uri.Value, got, want)
		}
	}
}

func TestWord(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"//mcp:tool":           "tool",
		"//mcp:tol x":          "tol",
		"// mcp:tool":          "tool",
		"// mcp:tool readonly": "tool",
		"// mcp:tool is":       "",
		"//MCP:Tool":           "tool",
		"// text":              "",
	} {
		if got := directive.Word(line); got != want {
			t.Errorf("Word(%q) = %q, want %q", line, got, want)
		}
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	var help strings.Builder
	directive.Help(&help)
	got := help.String() + "\n" + directive.Markdown()
	if *update {
		if err := os.WriteFile("testdata/help.txt", []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/help.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func FuzzParse(f *testing.F) {
	for _, line := range []string{
		"//mcp:tool task=true title=\"a \\\"b\\\"\" // c", "//mcp:param n minimum=1 pattern=`a`", "//mcp:skip why // c",
		"//mcp:resource uri=\"\\u00e9{x}\"", "// mcp:tool readonly", "//MCP:TOOL", "//mcp:", "//mcp:oneof *A B=b discriminator=\"x\"", "//mcp:tool =\"", "//mcp:tool a=\"\\",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		inside := func(pos token.Position) {
			if pos.Column < start.Column || pos.Column > start.Column+len(line) || pos.Line != start.Line ||
				pos.Offset-start.Offset != pos.Column-start.Column {
				t.Errorf("%q: position %+v is not in the line", line, pos)
			}
		}
		d, diags := parse(line)
		for _, found := range diags.Sorted() {
			inside(found.Pos)
		}
		if (d != nil) != (directive.Parse(line, start, diags) != nil) || d != nil && directive.Word(line) == "" {
			t.Errorf("%q: Parse and Word disagree", line)
		}
		if d == nil {
			return
		}
		args := d.Origin().Args
		if o, ok := d.(*directive.OneOf); ok {
			args = append(args, o.Variants...)
		}
		for _, a := range args {
			inside(a.Pos)
			for i := range len(a.Value) + 1 {
				inside(a.Byte(i))
			}
		}
	})
}
