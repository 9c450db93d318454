package schema

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/token"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// dialect is the one that clients expect where a schema names none.
const dialect = "https://json-schema.org/draft/2020-12/schema"

// ownSchema is the schema of t from the user's file, checked: it has to be one, and
// to agree with the Go function about the names of arguments and about which of
// them are required, because that is what the decoder goes by. What else it says is
// for clients, and for the function.
func (b *builder) ownSchema(t *model.Tool) string {
	f := &schemaFile{file: t.SchemaFile, at: offsets(t.SchemaFile.Text), diags: b.diags}
	failed := b.diags.Len()
	if f.sound(); b.diags.Len() > failed {
		return ""
	}
	var top struct {
		Schema     string                     `json:"$schema"`
		Type       any                        `json:"type"`
		Properties map[string]json.RawMessage `json:"properties"`
		Required   []string                   `json:"required"`
	}
	if err := json.Unmarshal(t.SchemaFile.Text, &top); err != nil {
		b.diags.Addf(f.pos(""), "%v", err).Suggest("write an object, as JSON Schema is one")
		return ""
	}
	if top.Type != "object" {
		b.diags.Addf(f.pos("/type"), "the schema of a tool has to be of type object").Suggest(`write "type": "object"`)
	}
	arguments := b.named(t.Plan.Input)
	names := slices.Sorted(maps.Keys(arguments))
	for _, name := range names {
		required := arguments[name]
		_, known := top.Properties[name]
		switch {
		case !known:
			b.diags.Addf(f.pos("/properties"), "property %s is missing: tool %s takes it", name, t.ToolName).
				Needs(t.Pos, "%s is declared here", t.Name).
				Suggest("add it, or remove it from the Go function")
		case required && !slices.Contains(top.Required, name):
			b.diags.Addf(f.pos("/properties/"+name), "property %s is not required, and without it tool %s refuses a call", name, t.ToolName).
				Needs(t.Pos, "%s is declared here", t.Name).
				Suggest(`add it to "required", or make it optional in Go with omitempty or a pointer`)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(top.Properties)) {
		if _, known := arguments[name]; known {
			continue
		}
		d := b.diags.Addf(f.pos("/properties/"+escapeKey(name)), "tool %s has no argument %s", t.ToolName, name).
			Needs(t.Pos, "%s is declared here", t.Name)
		if near := diag.Nearest(name, names); near != "" {
			d.Suggest("write %s", near)
		} else {
			d.Suggest("add it to the Go function: unknown arguments are refused")
		}
	}
	return strings.TrimSpace(string(t.SchemaFile.Text))
}

// named are the arguments, and whether they are required.
func (b *builder) named(in model.Input) map[string]bool {
	all := map[string]bool{}
	if in.Struct != "" {
		for _, f := range members(b.typ(in.Struct)) {
			all[f.Name] = b.fieldRules(f).Required
		}
	}
	for _, p := range in.Params {
		all[p.Name] = p.Rules.Required
	}
	return all
}

// schemaFile is a file with a schema while it is checked.
type schemaFile struct {
	file  *model.SchemaFile
	at    map[string]int // offset of the member or element, by its pointer
	diags *diag.List
}

// pos is the place that a pointer leads to, or the nearest one around it.
func (f *schemaFile) pos(pointer string) token.Position {
	for {
		if at, ok := f.at[pointer]; ok {
			return f.offset(at)
		}
		i := strings.LastIndexByte(pointer, '/')
		if i < 0 {
			return f.offset(0)
		}
		pointer = pointer[:i]
	}
}

func (f *schemaFile) offset(at int) token.Position {
	before := f.file.Text[:min(at, len(f.file.Text))]
	return token.Position{
		Filename: f.file.Path, Offset: len(before),
		Line:   1 + bytes.Count(before, []byte("\n")),
		Column: len(before) - bytes.LastIndexByte(before, '\n'),
	}
}

// sound reports what is no schema of the dialect.
func (f *schemaFile) sound() {
	var syntax *json.SyntaxError
	if err := json.Unmarshal(f.file.Text, new(any)); errors.As(err, &syntax) {
		f.diags.Addf(f.offset(max(0, int(syntax.Offset)-1)), "%v", syntax).Suggest("write JSON")
		return
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(f.file.Text))
	if err != nil {
		f.diags.Addf(f.pos(""), "%v", err).Suggest("write JSON")
		return
	}
	if object, ok := document.(map[string]any); ok && object["$schema"] != nil && object["$schema"] != dialect {
		f.diags.Addf(f.pos("/$schema"), "the schema is not of the dialect 2020-12, which clients expect").
			Suggest("write %q", dialect)
		return
	}
	const url = "mem:///schema.json"
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.UseLoader(jsonschema.SchemeURLLoader{})
	err = compiler.AddResource(url, document)
	if err == nil {
		_, err = compiler.Compile(url)
	}
	var unsound *jsonschema.SchemaValidationError
	var invalid *jsonschema.ValidationError
	switch {
	case err == nil:
	case errors.As(err, &unsound) && errors.As(unsound.Err, &invalid):
		for _, leaf := range leaves(invalid) {
			f.diags.Addf(f.pos(pointer(leaf.InstanceLocation)), "no JSON Schema: %s", reason(leaf)).
				Suggest("see https://json-schema.org/draft/2020-12")
		}
	default:
		f.diags.Addf(f.pos(""), "no JSON Schema: %s", strings.ReplaceAll(err.Error(), url, "")).
			Suggest("see https://json-schema.org/draft/2020-12")
	}
}

// leaves are the mistakes behind a mistake.
func leaves(e *jsonschema.ValidationError) (all []*jsonschema.ValidationError) {
	if len(e.Causes) == 0 {
		return []*jsonschema.ValidationError{e}
	}
	for _, cause := range e.Causes {
		all = append(all, leaves(cause)...)
	}
	return all
}

func reason(e *jsonschema.ValidationError) string {
	switch k := e.ErrorKind.(type) {
	case *kind.Type:
		return fmt.Sprintf("it is of type %s, and has to be %s", k.Got, strings.Join(k.Want, " or "))
	case *kind.Enum:
		return fmt.Sprintf("%v is none of %v", k.Got, k.Want)
	}
	_, text, _ := strings.Cut(e.Error(), "\n- at ")
	if _, after, ok := strings.Cut(text, "': "); ok {
		return after
	}
	return "it does not fit"
}

func pointer(path []string) string {
	var b strings.Builder
	for _, key := range path {
		b.WriteString("/" + escapeKey(key))
	}
	return b.String()
}

func escapeKey(key string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
}

// offsets finds every member and element of a JSON text, by its pointer.
func offsets(text []byte) map[string]int {
	at := map[string]int{}
	d := json.NewDecoder(bytes.NewReader(text))
	start := func() int { // of the next token
		i := int(d.InputOffset())
		for i < len(text) && strings.IndexByte(" \t\r\n,:", text[i]) >= 0 {
			i++
		}
		return i
	}
	var value func(path string) error
	value = func(path string) error {
		token, err := d.Token()
		if err != nil {
			return err
		}
		for i := 0; token == json.Delim('{') || token == json.Delim('['); i++ {
			if !d.More() {
				_, err := d.Token()
				return err
			}
			key, from := strconv.Itoa(i), start()
			if token == json.Delim('{') {
				name, err := d.Token()
				if err != nil {
					return err
				}
				key = escapeKey(fmt.Sprint(name))
			}
			at[path+"/"+key] = from
			if err := value(path + "/" + key); err != nil {
				return err
			}
		}
		return nil
	}
	at[""] = start()
	if err := value(""); err != nil && !errors.Is(err, io.EOF) {
		return at // what follows the mistake, which is reported, has no place
	}
	return at
}
