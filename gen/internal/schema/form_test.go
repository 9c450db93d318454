package schema

import (
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// asking adds a tool that asks for the struct type form.
func (w world) asking(form string) {
	ask := named("github.com/mcpgen/mcpgen/runtime.Ask", model.Runtime)
	ask.ID += model.TypeID("[" + full(form) + "]")
	ask.Args = []model.TypeID{full(form)}
	w.add(ask)
	t := w.tool("", "")
	t.Params = []*model.Param{{Name: "ask", Type: ask.ID, Pos: at(90)}}
}

func TestFormFields(t *testing.T) {
	t.Parallel()
	blank := enum("Blank", ":Nothing.", "some:Something.")
	tests := []struct{ typ, tag, want string }{
		{"bool", "title=Sure,default=false", `{"type":"boolean","title":"Sure","default":false}`},
		{"int", "", `{"type":"integer"}`},
		{"int8", "minimum=1,default=2", `{"type":"integer","maximum":127,"minimum":1,"default":2}`},
		{"*uint", "maximum=9", `{"type":"integer","maximum":9,"minimum":0}`},
		{"float64", "minimum=0.5", `{"type":"number","minimum":0.5}`},
		{"string", "minLength=1,maxLength=80,format=email,description=Where to.", `{"type":"string","maxLength":80,"minLength":1,"format":"email","description":"Where to."}`},
		{"string", "enum=a,enum=b,default=b", `{"type":"string","enum":["a","b"],"default":"b"}`},
		{"time.Time", "", `{"type":"string","format":"date-time"}`},
		{"time.Duration", "", `{"type":"string","description":"A duration such as 1m30s."}`},
		{"url.URL", "", `{"type":"string","format":"uri"}`},
		{"uuid.UUID", "", `{"type":"string"}`},
		{"sales.Color", "default=red", `{"oneOf":[{"const":"red","title":"Warm"},{"const":"green","title":"green"},{"const":"blue","title":"Cold and clear"}],"type":"string","default":"red"}`},
		{"sales.Color", "enum=green,enum=red", `{"oneOf":[{"const":"red","title":"Warm"},{"const":"green","title":"green"}],"type":"string"}`},
		{"sales.Color", "enum=green", `{"type":"string","enum":["green"]}`},
		{"sales.Unit", "", `{"type":"string","enum":["kg","lb"]}`},
		{"sales.Blank", "", `{"type":"string","enum":["","some"]}`},
		{"[]sales.Color", "minItems=1,maxItems=2,default=red,default=blue", `{"items":{"anyOf":[{"const":"red","title":"Warm"},{"const":"green","title":"green"},{"const":"blue","title":"Cold and clear"}]},"type":"array","maxItems":2,"minItems":1,"default":["red","blue"]}`},
		{"[]sales.Unit", "", `{"items":{"type":"string","enum":["kg","lb"]},"type":"array"}`},
		{"[]string", "enum=a,enum=b", `{"items":{"type":"string","enum":["a","b"]},"type":"array"}`},
	}
	for _, tt := range tests {
		t.Run(tt.typ+" "+tt.tag, func(t *testing.T) {
			t.Parallel()
			w := newWorld(color, plain, blank, object("Form", field("v", tt.typ, tt.tag)))
			w.asking("sales.Form")
			w.run(t)
			got := property(t, w.Forms[full("sales.Form")], "v")
			same(t, "form", got, tt.want)
			allowsItsOwnValues(t, got)
		})
	}
}

func TestNoFormFields(t *testing.T) {
	t.Parallel()
	tests := []struct{ typ, tag, option, want string }{
		{"sales.Item", "", "", "forms are flat"},
		{"*sales.Item", "", "", "forms are flat"},
		{"map[string]string", "", "", "forms are flat"},
		{"[]int", "", "", "a list in a form is a choice of several texts"},
		{"[]*sales.Unit", "", "", "a list in a form is a choice of several texts"},
		{"[2]sales.Unit", "", "", "a form has texts, numbers, booleans and choices"},
		{"sales.Level", "", "", "a choice in a form is one of texts"},
		{"float64", "enum=0.5", "", "a choice in a form is one of texts"},
		{"big.Int", "", "", "a form has texts, numbers, booleans and choices"},
		{"int", "", "string", "what is filled in is no JSON in a string"},
		{"io.Reader", "", "inject", "a person fills it in, and it is injected"},
		{"float64", "exclusiveMinimum=0", "", "exclusiveMinimum has no place in a form"},
		{"string", "extras:x-a=1", "", "x-a has no place in a form"},
		{"uuid.UUID", "format=uuid", "", "a form has no format uuid"},
		{"chan bool", "", "", "a channel has no JSON form"},
	}
	for _, tt := range tests {
		t.Run(tt.typ+" "+tt.tag, func(t *testing.T) {
			t.Parallel()
			w := newWorld(level, plain, item, object("Form", field("v", tt.typ, tt.tag, tt.option)))
			w.asking("sales.Form")
			if got := w.problems(); len(got) != 1 || !strings.Contains(got[0], tt.want) {
				t.Errorf("problems = %q, want one with %q", got, tt.want)
			}
		})
	}
}

func TestFormIsAStruct(t *testing.T) {
	t.Parallel()
	for _, typ := range []string{"string", "sales.Unit"} {
		w := newWorld(plain)
		w.asking(typ)
		if got := w.problems(); len(got) != 1 || !strings.Contains(got[0], "a form is a struct") {
			t.Errorf("%s: problems = %q, want one about the struct", typ, got)
		}
	}
}
