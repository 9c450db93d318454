package schema

import (
	"encoding/json"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

const home = "example.com/sales"

// world is a package in the making.
type world struct{ *model.Package }

// newWorld is a package that knows the types of the language and some of libraries.
func newWorld(types ...*model.Type) world {
	w := world{&model.Package{Path: home, Name: "sales", Types: model.Types{}}}
	for kind, names := range map[model.Kind]string{
		model.Bool: "bool", model.String: "string", model.Any: "any",
		model.Int:   "int int8 int16 int32 int64",
		model.Uint:  "uint uint8 uint16 uint32 uint64",
		model.Float: "float32 float64",
	} {
		for name := range strings.FieldsSeq(names) {
			bits, _ := strconv.Atoi(strings.TrimLeft(name, "uintfloa"))
			w.add(&model.Type{ID: model.TypeID(name), Kind: kind, Bits: bits, Comparable: true})
		}
	}
	w.add(&model.Type{ID: "[]uint8", Kind: model.Bytes})
	w.add(&model.Type{ID: "chan bool", Kind: model.Unsupported, Reason: "a channel has no JSON form"})
	w.add(named("time.Time", model.Time))
	w.add(named("time.Duration", model.Duration))
	w.add(named("net/url.URL", model.URL))
	w.add(named("math/big.Int", model.Big))
	w.add(named("encoding/json.RawMessage", model.Raw))
	w.add(named("encoding/json.Number", model.Number))
	w.add(named("context.Context", model.Context))
	w.add(named("io.Reader", model.Interface))
	uuid := named("github.com/google/uuid.UUID", model.Text)
	uuid.Marshals, uuid.Unmarshals, uuid.Format, uuid.Comparable = true, true, "uuid", true
	w.add(uuid)
	for _, name := range []string{"Text", "Image", "Content", "Result", "File", "Message", "PromptResult", "Progress"} {
		w.add(named("github.com/mcpgen/mcpgen/runtime."+name, model.Runtime))
	}
	for _, t := range types {
		w.add(fresh(t))
	}
	return w
}

// fresh copies t, since the stage writes to fields and tests run side by side.
func fresh(t *model.Type) *model.Type {
	c := *t
	c.Fields = nil
	for _, f := range t.Fields {
		field := *f
		c.Fields = append(c.Fields, &field)
	}
	return &c
}

func (w world) add(t *model.Type) { w.Types[t.ID] = t }

var shortPaths = strings.NewReplacer(
	"sales.", home+".",
	"json.", "encoding/json.",
	"url.", "net/url.",
	"big.", "math/big.",
	"uuid.", "github.com/google/uuid.",
	"runtime.", "github.com/mcpgen/mcpgen/runtime.",
)

// full spells out the packages of a type written as in Go.
func full(typ string) model.TypeID { return model.TypeID(shortPaths.Replace(typ)) }

// use makes the types that id is composed of and returns id.
func (w world) use(id model.TypeID) model.TypeID {
	if w.Types[id] != nil {
		return id
	}
	text := string(id)
	t := &model.Type{ID: id}
	switch {
	case strings.HasPrefix(text, "*"):
		t.Kind, t.Elem = model.Pointer, w.use(id[1:])
	case strings.HasPrefix(text, "[]"):
		t.Kind, t.Elem = model.Slice, w.use(id[2:])
	case strings.HasPrefix(text, "["):
		n, elem, _ := strings.Cut(text[1:], "]")
		t.Kind, t.Elem = model.Array, w.use(model.TypeID(elem))
		t.Len, _ = strconv.ParseInt(n, 10, 64)
	case strings.HasPrefix(text, "map["):
		key, elem, _ := strings.Cut(text[4:], "]")
		t.Kind, t.Key, t.Elem = model.Map, w.use(model.TypeID(key)), w.use(model.TypeID(elem))
	default:
		panic("no type " + text)
	}
	w.add(t)
	return id
}

// named is a type of that path and name; one without a path is at home.
func named(id string, kind model.Kind) *model.Type {
	if !strings.Contains(id, ".") {
		id = home + "." + id
	}
	dot := strings.LastIndexByte(id, '.')
	path := id[:dot]
	return &model.Type{
		ID: model.TypeID(id), Kind: kind, PkgPath: path, Name: id[dot+1:], Visible: true,
		PkgName: path[strings.LastIndexByte(path, '/')+1:],
	}
}

func object(name string, fields ...*model.Field) *model.Type {
	t := named(name, model.Struct)
	t.Fields = fields
	return t
}

// enum is a named string or, with values in digits, a named int. A value is
// followed by its comment, if any, after a colon.
func enum(name string, values ...string) *model.Type {
	t := named(name, model.String)
	for i, v := range values {
		value, doc, _ := strings.Cut(v, ":")
		e := &model.EnumValue{GoName: t.Name + strconv.Itoa(i), Value: quote(value), Doc: doc}
		if _, err := strconv.Atoi(value); err == nil {
			t.Kind, e.Value = model.Int, json.RawMessage(value)
		}
		t.Enum = append(t.Enum, e)
	}
	return t
}

// field is a member whose Go name is its name with a capital. Options are
// omitempty, omitzero, string and inject.
func field(name, typ, tag string, options ...string) *model.Field {
	return &model.Field{
		Name: name, GoName: strings.ToUpper(name[:1]) + name[1:], Type: full(typ),
		Keywords:  keywordsAt(tag, 100),
		OmitEmpty: slices.Contains(options, "omitempty"),
		OmitZero:  slices.Contains(options, "omitzero"),
		Quoted:    slices.Contains(options, "string"),
		Inject:    slices.Contains(options, "inject"),
		Pos:       at(1), TypePos: at(50),
	}
}

func at(column int) token.Position { return token.Position{Filename: "in.go", Line: 7, Column: column} }

// keywordsAt splits a tag whose text starts at that column. A comma in a value
// is written as \,.
func keywordsAt(tag string, column int) []model.Keyword {
	var all []model.Keyword
	for part := range strings.SplitSeq(strings.ReplaceAll(tag, `\,`, "\x00"), ",") {
		if part == "" {
			continue
		}
		key, value, has := strings.Cut(part, "=")
		k := model.Keyword{Key: key, Value: strings.ReplaceAll(value, "\x00", ","), HasValue: has, Pos: at(column)}
		if has {
			k.ValuePos = at(column + len(key) + 1)
		}
		all = append(all, k)
		column += len(part) + 1
	}
	return all
}

// tool adds a tool that takes one struct, or nothing, and returns result.
func (w world) tool(in, out string) *model.Tool {
	t := &model.Tool{ToolName: "do", Plan: &model.Plan{}}
	t.Pos = token.Position{Filename: "tool.go", Line: 3, Column: 6}
	if in != "" {
		t.Params = []*model.Param{{Name: "in", Type: full(in)}}
		t.Plan.Input.Struct = full(in)
	}
	if out != "" {
		t.Result = w.use(full(out))
	}
	w.Tools = append(w.Tools, t)
	return t
}

// complete makes the composed types that fields ask for.
func (w world) complete() {
	for _, t := range w.Types {
		for _, f := range t.Fields {
			w.use(f.Type)
		}
		for _, id := range []model.TypeID{t.Elem, t.Key} {
			if id != "" {
				w.use(id)
			}
		}
	}
}

// problems runs the stage and returns what it reports, as line:column: text.
func (w world) problems() []string {
	w.complete()
	var l diag.List
	Package(w.Package, &l)
	var all []string
	for _, d := range l.Sorted() {
		text := d.Text("")
		_, text, _ = strings.Cut(text, ":")
		all = append(all, strings.ReplaceAll(text, "\n\t", "; "))
	}
	return all
}

// run runs the stage, which must find nothing wrong, and checks every schema.
func (w world) run(t *testing.T) {
	t.Helper()
	for _, p := range w.problems() {
		t.Errorf("unexpected diagnostic: %s", p)
	}
	for _, tool := range w.Tools {
		compile(t, tool.InputSchema)
		if tool.OutputSchema != "" {
			compile(t, tool.OutputSchema)
		}
	}
}

// compile holds a schema against the meta-schema of its dialect.
func compile(t *testing.T, text string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatalf("the schema is no JSON: %v\n%s", err, text)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return s
}

// same compares two JSON texts byte for byte but for white space.
func same(t *testing.T, what, got, want string) {
	t.Helper()
	if g, w := string(compact(got)), string(compact(want)); g != w {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

// property is one member's schema out of a document.
func property(t *testing.T, document, name string) string {
	t.Helper()
	var d struct{ Properties map[string]json.RawMessage }
	if err := json.Unmarshal([]byte(document), &d); err != nil {
		t.Fatal(err)
	}
	return string(d.Properties[name])
}

// allowsItsOwnValues holds the default and the examples of a schema against it.
func allowsItsOwnValues(t *testing.T, text string) {
	t.Helper()
	var own struct {
		Default  any
		Examples []any
	}
	if err := json.Unmarshal([]byte(text), &own); err != nil {
		t.Fatal(err)
	}
	s := compile(t, text)
	if own.Default != nil {
		own.Examples = append(own.Examples, own.Default)
	}
	for _, v := range own.Examples {
		if err := s.Validate(v); err != nil {
			t.Errorf("the schema forbids what it names: %v", err)
		}
	}
}
