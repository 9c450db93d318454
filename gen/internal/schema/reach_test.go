package schema

import (
	"slices"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

func TestTypesThatCannotTravel(t *testing.T) {
	t.Parallel()
	hidden := named("example.com/lib.config", model.Struct)
	hidden.Visible = false
	internal := named("example.com/lib/internal/deep.Config", model.String)
	internal.Visible = false
	oneWay := named("example.com/lib.Stamp", model.Text)
	oneWay.Marshals = true
	money := named("example.com/lib.Money", model.Custom)
	money.Unmarshals = true
	box := named("Box[chan bool]", model.Struct)
	instance := named("Of", model.Struct)
	instance.ID, instance.Args, instance.Visible = full("sales.Of[example.com/lib.config]"), []model.TypeID{hidden.ID}, false
	unnamed := &model.Type{ID: "struct{ n int }", Kind: model.Struct}
	box.Fields = []*model.Field{field("value", "chan bool", "")}

	const noField = "; taken by tool do (tool.go:3:6); give the field a type with a JSON form, or leave it out with `json:\"-\"`"
	const depend = "; taken by tool do (tool.go:3:6); make it a parameter of the function or tag the field `mcp:\"inject\"`"
	tests := []struct{ typ, want string }{
		{"chan bool", "7:50: in.V: chan bool cannot be an argument: a channel has no JSON form" + noField},
		{"[]chan bool", "7:50: in.V[]: chan bool cannot be an argument: a channel has no JSON form" + noField},
		{"*[2]chan bool", "7:50: in.V[]: chan bool cannot be an argument: a channel has no JSON form" + noField},
		{"map[string]chan bool", "7:50: in.V[key]: chan bool cannot be an argument: a channel has no JSON form" + noField},
		{"map[example.com/lib.Stamp]int", "7:50: in.V (key): lib.Stamp cannot be an argument: it has no method UnmarshalText(text []byte) error; taken by tool do (tool.go:3:6); add one to Stamp, use a type that has both directions, or convert it in a row of a //mcp:types table"},
		{"sales.Box[chan bool]", "7:50: in.V.Value: chan bool cannot be an argument: a channel has no JSON form" + noField},
		{"[]example.com/lib.config", "7:50: in.V[]: lib.config cannot be an argument: generated code cannot name unexported type config of package example.com/lib; taken by tool do (tool.go:3:6); export it, or declare a type for it in package sales"},
		{"example.com/lib/internal/deep.Config", "7:50: in.V: deep.Config cannot be an argument: generated code cannot name internal type Config of package example.com/lib/internal/deep; taken by tool do (tool.go:3:6); move it out of internal, or declare a type for it in package sales"},
		{"example.com/lib.Stamp", "7:50: in.V: lib.Stamp cannot be an argument: it has no method UnmarshalText(text []byte) error; taken by tool do (tool.go:3:6); add one to Stamp, use a type that has both directions, or convert it in a row of a //mcp:types table"},
		{"sales.Of[example.com/lib.config]", "7:50: in.V: Of[lib.config] cannot be an argument: generated code cannot name unexported type config of package example.com/lib; taken by tool do (tool.go:3:6); export it, or declare a type for it in package sales"},
		{"struct{ n int }", "7:50: in.V: struct{ n int } cannot be an argument: generated code cannot write a struct with another package's unexported fields; taken by tool do (tool.go:3:6); declare a type for it in package sales"},
		{"io.Reader", "7:50: in.V: io.Reader cannot be an argument: a caller cannot send an interface with methods; taken by tool do (tool.go:3:6); have it injected: tag the field `mcp:\"inject\"` or make it a parameter of the function"},
		{"context.Context", "7:50: in.V: context.Context cannot be an argument: the server provides it, not the caller" + depend},
		{"runtime.Progress", "7:50: in.V: runtime.Progress cannot be an argument: the server provides it, not the caller" + depend},
		{"example.com/nowhere.T", "7:50: in.V: nowhere.T cannot be an argument: nothing is known of it" + noField},
	}
	for _, tt := range tests {
		t.Run(tt.typ, func(t *testing.T) {
			t.Parallel()
			w := newWorld(hidden, internal, oneWay, money, box, instance, unnamed, object("In", field("v", tt.typ, "")))
			if tt.typ == "example.com/nowhere.T" {
				w.add(&model.Type{ID: full(tt.typ), Kind: model.Unsupported, Reason: "nothing is known of it"})
			}
			w.tool("sales.In", "")
			if got := w.problems(); !slices.Equal(got, []string{tt.want}) {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestResultsThatCannotTravel(t *testing.T) {
	t.Parallel()
	inOnly := named("example.com/lib.Money", model.Custom)
	inOnly.Unmarshals = true
	tests := []struct{ result, want string }{
		{"chan bool", "3:6: result: chan bool cannot be a result: a channel has no JSON form; return a type with a JSON form"},
		{"io.Reader", "3:6: result: io.Reader cannot be a result: JSON cannot tell what is behind an interface with methods; return a struct, or any"},
		{"[]runtime.Image", "3:6: result[]: runtime.Image cannot be a result: it has no JSON form of its own; a tool may return content such as runtime.Image alone, or several as []runtime.Content; a resource runtime.File or []runtime.File"},
		{"runtime.Result", "3:6: result: runtime.Result cannot be a result: it has no JSON form of its own; return *runtime.Result"},
		{"context.Context", "3:6: result: context.Context cannot be a result: it belongs to the call and not to its result; return a type with a JSON form"},
		{"example.com/lib.Money", "3:6: result: lib.Money cannot be a result: it has no method MarshalJSON() ([]byte, error); add one to Money, use a type that has both directions, or convert it in a row of a //mcp:types table"},
		{"sales.Out", "7:50: result.V[]: chan bool cannot be a result: a channel has no JSON form; returned by tool do (tool.go:3:6); give the field a type with a JSON form, or leave it out with `json:\"-\"`"},
	}
	for _, tt := range tests {
		t.Run(tt.result, func(t *testing.T) {
			t.Parallel()
			w := newWorld(inOnly, object("Out", field("v", "[]chan bool", "")))
			w.tool("", tt.result)
			if got := w.problems(); !slices.Equal(got, []string{tt.want}) {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
		})
	}
}

// A field is blamed once, whoever reaches it first; each field of a bad type is.
func TestFieldsAreReportedOnce(t *testing.T) {
	t.Parallel()
	first, second := field("a", "[]chan bool", ""), field("b", "[]chan bool", "")
	second.TypePos.Line = 8
	w := newWorld(object("Filter", first, second), object("In", field("f", "sales.Filter", "")))
	w.tool("sales.In", "sales.In")
	w.tool("sales.In", "")
	const rest = "[]: chan bool cannot be an argument: a channel has no JSON form; taken by tool do (tool.go:3:6); give the field a type with a JSON form, or leave it out with `json:\"-\"`"
	want := []string{"7:50: in.F.A" + rest, "8:50: in.F.B" + rest}
	if got := w.problems(); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// What a keyword would say of a value that cannot travel is not worth a word.
func TestNoKeywordsForWhatCannotTravel(t *testing.T) {
	t.Parallel()
	w := newWorld(object("In", field("v", "chan bool", "minimum=1,foo")))
	w.tool("sales.In", "")
	if got := w.problems(); len(got) != 1 {
		t.Errorf("got %q, want only the diagnostic about the type", got)
	}
}

func TestResourceAndPromptResults(t *testing.T) {
	t.Parallel()
	w := newWorld(object("Out", field("n", "int", "minimun=1")))
	resource := func(name, result string) {
		r := &model.Resource{ResourceName: name, Plan: &model.Plan{}}
		r.Pos = at(10)
		if result != "" {
			r.Result = w.use(full(result))
		}
		w.Resources = append(w.Resources, r)
	}
	prompt := func(name, result string) {
		p := &model.Prompt{PromptName: name, Plan: &model.Plan{}}
		p.Pos = at(20)
		if result != "" {
			p.Result = w.use(full(result))
		}
		w.Prompts = append(w.Prompts, p)
	}
	resource("text", "string")
	resource("blob", "[]uint8")
	resource("files", "[]runtime.File")
	resource("json", "[]sales.Out")
	resource("channel", "chan bool")
	prompt("text", "string")
	prompt("message", "runtime.Message")
	prompt("native", "*runtime.PromptResult")
	prompt("number", "int")
	const instead = ", which is no message; return a string, runtime.Message, []runtime.Message, runtime.Content or *runtime.PromptResult"
	want := []string{
		"7:10: result: chan bool cannot be a result: a channel has no JSON form; return a type with a JSON form",
		"7:20: prompt number returns int" + instead,
		`7:100: unknown keyword "minimun"; did you mean minimum?`,
	}
	if got := w.problems(); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// The tags of a library are not the user's to mend.
func TestForeignTagsAreNotReported(t *testing.T) {
	t.Parallel()
	f := field("n", "int", "the number of things,minimum=1,minLength=2")
	f.Foreign = true
	w := newWorld(object("In", f))
	tool := w.tool("sales.In", "")
	w.run(t)
	same(t, "schema", property(t, tool.InputSchema, "n"), `{"type":"integer","minimum":1}`)
}
